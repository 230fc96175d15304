"""What must never go wrong, from `safety.yaml`, for the reviewer of a dialog."""

from collections.abc import Iterator

from voice_skill.dialog.safety import Safety
from voice_skill.review.blocks import Block, Heading, Paragraph, Table, facts, lines, named
from voice_skill.review.words import condition


def floors(safety: Safety) -> Iterator[Block]:
    """Signs with their least care, limits, and the exceptions with their reasons."""
    yield Heading(2, "Safety floors")
    yield Paragraph(
        "Written apart from the rules. `voice-skill check` proves over all answers that the rules "
        "never come to less."
    )
    yield Table("The least care of each sign", ("Sign", "At least", "Source"), tuple(
        (condition(floor.when), floor.at_least, floor.source) for floor in safety.floors
    ))  # fmt: skip
    yield Table("Which warm-ups are allowed", ("If", "Only", "Source"), tuple(
        (condition(limit.when), ", ".join(limit.only), limit.source) for limit in safety.warm_ups
    ))  # fmt: skip
    yield Table("Warm-ups beside a graver advice, nowhere else", ("If", "Only", "Source"), tuple(
        (condition(offer.when), ", ".join(offer.only), offer.source) for offer in safety.offers
    ))  # fmt: skip
    heads = ("Disposition", "Activities at most", "Words it must hold", "Warning signs follow")
    yield Table("What each disposition may allow and must say", heads, tuple(
        (care, ", ".join(end.activities), lines(" or ".join(w.split("|")) for w in end.words),
         "yes" if end.safety_net else "not required")
        for care, end in safety.ends.items()
    ))  # fmt: skip
    yield Table("What each clinical number may be", ("Number", "May be", "Source"), tuple(
        (name.replace("_", " ").replace(".", ": "), bound.in_words(), bound.source)
        for name, bound in (safety.limits or {}).items()
    ))  # fmt: skip
    yield facts("How questions must be answered", (
        ("Silence, noise, doubt and refusal are never the safe answer to",
         ", ".join(safety.must_be_heard)),
        ("A hedged no is asked again in", ", ".join(safety.must_be_clear)),
        ("May be skipped without raising the care", ", ".join(safety.may_be_skipped)),
    ))  # fmt: skip
    yield from _exceptions(safety)
    yield from _words(safety)


def _exceptions(safety: Safety) -> Iterator[Block]:
    yield Heading(3, "Exceptions, with their reasons")
    heads = ("Question", "By rules", "Why")
    yield Table("Where a worse answer may come to less care", heads, tuple(
        (item.field, ", ".join(item.rules) or "any", item.why) for item in safety.not_ordered
    ))  # fmt: skip
    yield named("Rules that never decide alone", "Rule", "Why it stays", safety.never_decide)
    yield Table("Warnings that are known and stay", ("Kind", "About", "What", "Why"), tuple(
        (item.rule.replace("_", " "), ", ".join(item.about), item.holds, item.why)
        for item in safety.declared
    ))  # fmt: skip
    yield Table("Mishearings that were met", ("Question", "Said", "Heard", "Source"), tuple(
        (item.field, item.said, item.heard, item.source) for item in safety.misheard
    ))  # fmt: skip


def _words(safety: Safety) -> Iterator[Block]:
    yield Heading(3, "Words that must be understood so")
    yield Table("Answers", ("Question", "Answer", "Words"), tuple(
        (name, value, lines(words))
        for name, values in safety.must_mean.items() for value, words in values.items()
    ))  # fmt: skip
    said = {name: lines(words) for name, words in safety.said_anywhere.items()}
    yield named("Said in any turn, leads to its question", "Question", "Words", said)
    freely = {name.replace("_", " "): lines(texts) for name, texts in safety.in_mid_drill}
    yield named("Said freely in mid-drill", "Comes to", "Words", freely)
