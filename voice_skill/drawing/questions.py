"""The questions of a dialog for its reviewer: every wording, and what each answer counts as."""

from collections.abc import Iterator

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.model import (
    AnyField,
    ChoiceField,
    DurationField,
    FreeField,
    NumberField,
    Stage,
    YesNoField,
)
from voice_skill.drawing.blocks import Block, Heading, Paragraph, Table, facts, lines
from voice_skill.drawing.words import condition

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
    yield Paragraph("A question is left out when no answer to it could change the advice any more.")
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
    unheard = {
        "incomplete": "the answer is never taken as safe: the check counts as incomplete",
        "unknown": "the answer stays unknown, and the advice is the more careful one",
    }
    hedged = {"reask": "asked again; a second one counts as yes", "accept": "taken as no"}
    return facts(f"How the stage {stage.title} is held", (
        ("Said when it begins", stage.say or ""),
        ("Asked at most", f"{stage.attempts} times"),
        ("Silence or noise each time", unheard[stage.not_heard]),
        ('A hedged no ("not really")', hedged[stage.hedged_no]),
    ))  # fmt: skip


def _question(dialog: Dialog, name: str, field: AnyField) -> Table:
    rules = [rule.id for rule, _ in dialog.rules if name in dialog.readers[rule.id]]
    again = f"if {condition(field.again_when)}" if field.again_when else ""
    kept = f"yes; asked again {again or 'when the health has changed'}" if field.profile else ""
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
        ("Doubt", _doubt(field)),
        ("Refusal (skip)", "accepted, and counts as no" if field.skippable
         else "asked once more, then as silence"),
        ("Words asked about", lines(f"{' ; '.join(r.phrases)}: {r.ask}" for r in field.reask_on)),
        ("Remembered between sessions", kept),
        ("Rules that read it", ", ".join(rules)),
    ))  # fmt: skip


def _more_wordings(field: AnyField) -> Iterator[tuple[str, str]]:
    if isinstance(field, NumberField) and field.ask_number:
        yield "Asked after words for a number", field.ask_number
    if isinstance(field, YesNoField) and field.settles:
        settles = field.settles
        yield (
            "Settles",
            f'{settles.field}: yes makes it "{settles.yes}", else "{settles.otherwise}"',
        )


def _doubt(field: AnyField) -> str:
    """What is taken when doubt remains, and what while the question is not asked."""
    if isinstance(field, FreeField):
        return "nothing is drawn from it"
    safe = f'while it is not asked it counts as "{field.safe}"'
    if isinstance(field, NumberField | DurationField):
        return f"asked about once more; without a figure it then stays unknown; {safe}"
    strict = ""
    if isinstance(field, ChoiceField) and field.strict:
        strict = "; the mildest answer counts only if every word is understood"
    return f'asked about once more, then it counts as "{field.unsure}"{strict}; {safe}'


def _answers(field: AnyField) -> Iterator[tuple[str, str]]:
    if isinstance(field, YesNoField):
        yield "yes", lines((*field.yes, "and every yes of the common words"))
        yield "no", lines((*field.no, "and every no of the common words"))
    elif isinstance(field, ChoiceField):
        yield from ((value, lines(words)) for value, words in field.values.items())
    elif isinstance(field, NumberField):
        yield f"{field.minimum} to {field.maximum}", lines(("the number itself", *field.unit_words))
        yield from ((value, lines(words)) for value, words in field.words.items())
    elif isinstance(field, DurationField):
        yield from ((f"{days} days", lines(words)) for days, words in field.words.items())
