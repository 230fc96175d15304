"""What the runner's words mean to the coach: all that the machine learns of what was said."""

from dataclasses import dataclass
from typing import Literal

from voice_skill.dialog.interpretation import Value

Kind = Literal[
    "command", "danger", "travels", "hurts", "moved_up", "drill", "number", "pain_words",
    "fine", "not_fine", "doubt", "painless", "complaint", "unknown", "rest", "finish", "reach",
    "unclear",
]  # fmt: skip

WARNINGS: tuple[Kind, ...] = ("danger", "travels", "hurts", "drill", "not_fine", "doubt")
"""What speaks against going on: acted on at once, whatever is being said."""


@dataclass(frozen=True)
class Meaning:
    """The meaning of one utterance.

    value: the command, the number, how far pain reaches; for a danger the value that was said
    outright (None: it was only mentioned); for travelling pain whether it was said, perhaps denied,
    or heard in part; for `drill` what the drill's own words lead to; of painless that it may have
    been something else.
    field: the field of the dialog that a danger, or a drill's own words, belong to.
    A complaint may be pain; so may what is unknown, a whole sentence that was not understood.
    Unclear are pieces that somebody else may have said.
    """

    kind: Kind
    value: Value | None = None
    field: str | None = None


UNCLEAR = Meaning("unclear")
