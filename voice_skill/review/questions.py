"""The questions of a dialog for its reviewer: every wording, and what each answer counts as."""

from collections.abc import Iterator

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import AnyField, ChoiceField, DurationField, NumberField, YesNoField
from voice_skill.dialog.model import Stage
from voice_skill.review.blocks import Block, Heading, Paragraph, Table, facts, lines
from voice_skill.review.doubts import doubt, hedged_no, not_asked, refusal, safe_answer, silence
from voice_skill.review.words import condition

_KINDS = {
    "yes_no": "yes or no",
    "choice": "one of several",
    "number": "a number",
    "duration": "how long, kept as days",
    "free": "anything; only positive findings are drawn from it",
}
_ROLES = {
    "question": "",
    "gate": "stands for the emergency questions when nothing troubles",
    "opening": "a free account at the beginning of a stage",
    "readback": "reads the safety answers back; only a clear yes leads to a warm-up",
    "wrong_part": "asks which part of the read-back is wrong",
    "health_changed": "asks whether what is remembered still holds",
    "confirm": "asks whether an answer was heard rightly",
}


def questions(dialog: Dialog) -> Iterator[Block]:
    """Every stage with every question, in the order asked."""
    yield Heading(2, "Questions, in the order asked")
    yield Paragraph(
        "A question is left out when no answer to it could raise the care any more; only what "
        "counts as grave while it is not asked is asked where its answer would lower the care. An "
        "EMERGENCY ends the questions at once. The name above each question stands for it in rules "
        "and conditions."
    )
    for stage in dialog.stages:
        yield Heading(3, f"Stage: {stage.title}")
        yield _stage(stage)
        for name, field in dialog.fields.items():
            if dialog.stage_of[name] is stage:
                yield Heading(4, name)
                yield _question(dialog, name, field)
                answers = tuple(_answers(field))
                if answers:
                    yield Table(f"Answers to {name}", ("Answer", "Words that count as it"), answers)


def _stage(stage: Stage) -> Table:
    return facts(f"The stage {stage.title}", (
        ("Said when it begins", stage.say or ""),
        ("Each question is asked at most", f"{stage.attempts} times"),
    ))  # fmt: skip


def _question(dialog: Dialog, name: str, field: AnyField) -> Table:
    rules = [rule.id for rule, _ in dialog.rules if name in dialog.readers[rule.id]]
    again = f", or if {condition(field.again_when)}" if field.again_when else ""
    kept = f"yes; asked again when the health has changed{again}" if field.profile else ""
    return facts(f"The question {name}", (
        ("Asked", field.ask),
        ("Asked instead", lines(f"if {condition(w.when)}: {w.ask}" for w in field.ask_when)),
        ("Asked again", lines(field.reask)),
        *_more_wordings(field),
        ("Help", field.help or ""),
        ("Why it is asked", field.why),
        ("Source", field.source),
        ("Asked when", condition(field.when)),
        ("Kind of answer", _KINDS[field.kind]),
        ("Its part", _ROLES[field.role]),
        ("Clear answer", safe_answer(field)),
        ("Doubt", doubt(field)),
        ('A hedged no ("not really")', hedged_no(field, dialog.stage_of[name])),
        ("Silence or noise", silence(dialog, name)),
        ("Refusal (skip)", refusal(field)),
        ("While not asked", not_asked(field)),
        ("Words asked about", lines(f"{' ; '.join(r.phrases)}: {r.ask}" for r in field.reask_on)),
        ("By ear", "read back before it counts" if field.read_back else ""),
        *_more_words(field),
        ("Remembered between sessions", kept),
        ("Rules that read it", ", ".join(rules)),
    ))  # fmt: skip


def _more_words(field: AnyField) -> Iterator[tuple[str, str]]:
    if isinstance(field, ChoiceField) and field.spoken:
        yield "Read back as", lines(f"{value}: {name}" for value, name in field.spoken.items())


def _more_wordings(field: AnyField) -> Iterator[tuple[str, str]]:
    if isinstance(field, NumberField) and field.ask_number:
        yield "Asked after words for a number", field.ask_number
    if isinstance(field, YesNoField) and field.settles:
        settles = field.settles
        yield (
            "Settles",
            f'{settles.field}: yes makes it "{settles.yes}", else "{settles.otherwise}"',
        )


def _answers(field: AnyField) -> Iterator[tuple[str, str]]:
    if isinstance(field, YesNoField):
        yield "yes", lines((*field.yes, "and every yes of the common words"))
        yield "no", lines((*field.no, "and every no of the common words"))
    elif isinstance(field, ChoiceField):
        yield from ((value, lines(words)) for value, words in field.values.items())
    elif isinstance(field, NumberField):
        yield f"{field.minimum} to {field.maximum}", lines(("the number itself",))
        yield from ((value, lines(words)) for value, words in field.words.items())
    elif isinstance(field, DurationField):
        yield from ((f"{days} days", lines(words)) for days, words in field.words.items())
