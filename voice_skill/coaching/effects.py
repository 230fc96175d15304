"""What the coach wants done: the output of `step`."""

from dataclasses import dataclass
from typing import Literal

from voice_skill.coaching.wording import QuestionName
from voice_skill.dialog.effects import Adjust, Earcon, Say
from voice_skill.dialog.interpretation import Value

Outcome = Literal["run", "walk", "rest", "URGENT"]


@dataclass(frozen=True)
class Count:
    """Say the number of a rep, just as it begins."""

    number: int


@dataclass(frozen=True)
class Ask:
    """The floor is the runner's: a question is open."""

    question: QuestionName


@dataclass(frozen=True)
class Reopening:
    """Why the safety questions must be asked again, and what is known already.

    field: the field that was named. value: its value if it was said outright. reach: where pain
    travels to. pain: the highest pain told during the warm-up.
    """

    said: str = ""
    field: str | None = None
    value: Value | None = None
    reach: Value | None = None
    pain: int | None = None


@dataclass(frozen=True)
class End:
    """The warm-up is over. outcome: None where the safety questions come again and decide."""

    outcome: Outcome | None
    reopening: Reopening | None = None


Effect = Say | Count | Earcon | Ask | Adjust | End
__all__ = ["Adjust", "Ask", "Count", "Earcon", "Effect", "End", "Outcome", "Reopening", "Say"]
