"""What the machine wants done: the output of `step`. The session carries it out."""

from dataclasses import dataclass
from typing import Literal

from voice_skill.dialog.model import CareLevel

EarconName = Literal["listening", "heard", "not_heard", "error", "finished", "tick"]


@dataclass(frozen=True)
class Say:
    """Speak these sentences, one after the other."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Listen:
    """Open the floor for an answer to this field. `previous` may still be corrected."""

    field: str
    previous: str | None = None


@dataclass(frozen=True)
class Earcon:
    """Play a short sound with a meaning."""

    name: EarconName


@dataclass(frozen=True)
class Adjust:
    """Change how the skill speaks, for good: one step up or down."""

    setting: Literal["rate", "volume"]
    step: Literal[-1, 1]


@dataclass(frozen=True)
class Finish:
    """The conversation is over."""

    care: CareLevel | None
    variant: str | None
    rules: tuple[str, ...]


Effect = Say | Listen | Earcon | Adjust | Finish
