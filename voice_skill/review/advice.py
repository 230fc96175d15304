"""Rules, dispositions, danger phrases and everything else said, for the reviewer of a dialog."""

from collections.abc import Iterator

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.model import CARE_ORDER, CareLevel, Disposition, Phrases, Variant
from voice_skill.review.blocks import Block, Heading, Paragraph, Table, facts, lines, named
from voice_skill.review.words import condition


def rules(dialog: Dialog) -> Iterator[Block]:
    """The decision table, in the order of its file."""
    yield Heading(2, "Rules")
    yield Paragraph(
        "All rules are evaluated; the most acute care wins. Of the warm-up rules the first wins. "
        "A question that was not asked counts with its safe answer. An answer that is not known "
        "counts as the worst it could be; in stages in which it may stay unknown it raises the "
        "care by one level at most, and always to REST at least."
    )
    yield Table("Every rule", ("Rule", "Care", "Holds if", "Why", "Wording"), tuple(
        (rule.id, rule.care, condition(rule.when), rule.why, rule.variant or "")
        for rule, _ in dialog.rules
    ))  # fmt: skip


def dispositions(dialog: Dialog) -> Iterator[Block]:
    """Where to go and how soon, with every wording, the most acute first."""
    yield Heading(2, "Dispositions: where to go and how soon")
    yield facts("Warning signs that follow", (
        ("Said after the advice, where named below", dialog.safety_net),
        ("In full, in every report", dialog.safety_net_full),
    ))  # fmt: skip
    for care in reversed(CARE_ORDER):
        if care in dialog.dispositions:
            yield from _disposition(care, dialog.dispositions[care])


def _disposition(care: CareLevel, end: Disposition) -> Iterator[Block]:
    yield Heading(3, care)
    days = end.no_run_days
    yield facts(f"The disposition {care}", (
        ("Time frame", end.time_frame),
        ("Activity", end.activity),
        ("Said", end.say),
        ("Said then", lines(end.then)),
        ("Warning signs follow", "yes" if end.safety_net else "no"),
        ("Days without running", "" if days is None else str(days)),
        ("At most, when an answer is not known", end.doubt_variant or ""),
    ))  # fmt: skip
    if end.variants:
        heads = ("Variant", "Given for", "Time frame", "Activity", "Said")
        rows = tuple(_variant(variant, end) for variant in end.variants)
        yield Table(f"Other wordings of {care}; the first that fits is said", heads, rows)


def _variant(variant: Variant, end: Disposition) -> tuple[str, ...]:
    which = "if only these rules hold" if variant.only else "if one of these rules holds"
    given = f"{which}: {', '.join(variant.rules)}"
    if variant.when:
        given += f"; and {condition(variant.when)}"
    return (
        variant.id,
        given,
        variant.time_frame or end.time_frame,
        variant.activity or end.activity,
        variant.say,
    )


def danger_phrases(phrases: Phrases) -> Iterator[Block]:
    """What is listened for in every turn."""
    yield Heading(2, "Danger phrases, in every turn")
    yield Table("Danger phrases", ("Question", "Answer", "What they do", "Phrases"), tuple(
        (danger.field, danger.value,
         "set the answer at once" if danger.explicit else "the question is asked at once",
         lines(danger.phrases))
        for danger in phrases.danger
    ))  # fmt: skip


def common_words(phrases: Phrases) -> Iterator[Block]:
    """What is understood whatever the question."""
    yield Heading(2, "Words understood in every question")
    yield Paragraph("Brackets: (a|b) is a or b; [a] may be left out.")
    yield facts("Common words", (
        ("Yes", lines(phrases.yes)),
        ("Weak yes (only without a no beside it; confirmed where a yes reassures)",
         lines(phrases.weak_yes)),
        ("Hedged yes", lines(phrases.hedged_yes)),
        ("No", lines(phrases.no)),
        ("Hedged no", lines(phrases.hedged_no)),
        ("Don't know", lines(phrases.dont_know)),
        ("Refusal", lines(phrases.refusal)),
        ("Complaints not covered", lines(phrases.out_of_scope)),
        ("Correction", lines(phrases.correction)),
        ("Hesitation (a sign counts all the same; a no to an emergency question is confirmed)",
         lines(phrases.hesitations)),
        ("By ear, counts at once; what else reassures is read back", lines(phrases.plain)),
        ("Courtesy before an answer (by ear a no with it is read back)",
         lines(phrases.courtesies.before)),
        ("Courtesy after an answer", lines(phrases.courtesies.after)),
        ("May stand around a clear no as well", lines(phrases.fillers)),
        ("Heard as strangers' talk", lines(phrases.decoys)),
    ))  # fmt: skip
    commands = {name: lines(words) for name, words in phrases.universals.items()}
    yield named("Commands, in every turn", "Command", "Words", commands)


def messages(dialog: Dialog) -> Iterator[Block]:
    """The opening words, the messages, and what stands for names in braces."""
    yield Heading(2, "Everything else that is said")
    yield facts("At the beginning", (("Said", dialog.intro),))
    yield named("Messages", "Name", "Text", dialog.messages)
    yield named("Names in braces", "Name", "Stands for, unless set", dialog.settings)
