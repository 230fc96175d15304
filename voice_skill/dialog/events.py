"""What can happen to a conversation: the input of `step`. Plain data, so that it can be kept."""

from dataclasses import dataclass, field
from typing import Literal

from voice_skill.dialog.history import NO_PAST, Past
from voice_skill.dialog.interpretation import Interpretation, Value


@dataclass(frozen=True)
class Started:
    """The session begins.

    profile: what an earlier session learnt (empty on the first). past: what the diary says.
    asks: fields to ask first, since a check that was cut off had a grave answer to them.
    """

    profile: dict[str, Value] = field(default_factory=dict)
    past: Past = NO_PAST
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answered:
    """Something was heard and understood (or not).

    said: the words as heard, for the report. confidence: 0..1, weak evidence.
    certain: False when the recogniser's evidence is too thin for a safety answer.
    findings: positive findings drawn from free speech, by field.
    """

    interpretation: Interpretation
    said: str = ""
    confidence: float = 1.0
    certain: bool = True
    findings: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class NoInput:
    """Nothing was said in the time given."""


@dataclass(frozen=True)
class NoMatch:
    """A sound that is no speech, or speech that the recogniser could not place.

    alarm: the gravest answer to the question, if it stands among words that make no answer.
    mentioned: the field of a danger phrase among them.
    """

    said: str = ""
    alarm: Value | None = None
    mentioned: str | None = None


@dataclass(frozen=True)
class Device:
    """A sound device went away or came back."""

    direction: Literal["input", "output"]
    present: bool


@dataclass(frozen=True)
class Resumed:
    """A session that was cut off goes on: say where it was and ask again."""


Event = Started | Answered | NoInput | NoMatch | Device | Resumed
