"""What an utterance was taken to mean: the only thing the machine learns of what was said."""

from dataclasses import dataclass
from typing import Literal

Value = str | int
Outcome = Literal["match", "unsure", "nomatch", "danger", "universal"]
Reason = Literal[
    "clear",
    "hedged_yes",
    "hedged_no",
    "dont_know",
    "refusal",
    "explicit",
    "mentioned",
    "correction",
    "reask_on",
    "contradiction",
    "hesitant",
    "weak",
    "needs_number",
    "out_of_scope",
    "unclear",
    "named",
]
SOFT: tuple[Reason, ...] = ("hesitant", "weak")
"""Of an answer that reassures: understood, but not clear enough to build on."""


@dataclass(frozen=True)
class Interpretation:
    """The meaning of one utterance in one field.

    outcome: match (a value), unsure (doubt), nomatch (nothing understood),
        danger (a danger phrase of another field), universal (a command).
    value: the value of `field`; for a universal the command's name; None where there is none.
        A hedged no has the value "no" and the outcome unsure: the machine decides by stage.
    field: the field that the value belongs to (another one for danger and corrections).
    reason: why, for the journal and the report. "named": a sign was named, but what was said of it
        is not clear. "hesitant" ("um, no") and "weak" ("right") mark an
        answer that reassures without being clear: where that matters the machine confirms it.
    reask: for reason "reask_on", the question to ask before the words count.
    """

    outcome: Outcome
    value: Value | None = None
    field: str | None = None
    reason: Reason = "clear"
    reask: str | None = None
