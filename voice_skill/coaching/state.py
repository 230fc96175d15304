"""Where a warm-up stands: one immutable value, changed only by `machine.step`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from voice_skill.coaching.effects import Effect, End
from voice_skill.coaching.exercise import Exercise
from voice_skill.coaching.pace import TEMPOS, USUAL
from voice_skill.coaching.routine import GateQuestion, RoutineFile
from voice_skill.coaching.wording import MessageName, QuestionName, Wording
from voice_skill.dialog.filling import fill
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.limits import StopLimits
from voice_skill.dialog.roles import Roles

Phase = Literal["opening", "setup", "work", "hold", "turn", "breath"]
FormName = Literal["easier", "standing"]


@dataclass(frozen=True)
class Coach:
    """A warm-up to be held. values: what a triage found, else the safe values of the dialog.

    start_pain: None where nobody asked before. safety_net: read out when nobody answers.
    gate: asked one at a time before the first drill; each needs a clear yes.
    """

    routine: RoutineFile
    exercises: tuple[Exercise, ...]
    wording: Wording
    values: Mapping[str, Value]
    safety_net: str
    limits: StopLimits
    roles: Roles
    start_pain: int | None = None
    early: bool = False
    gate: tuple[GateQuestion, ...] = ()

    def message(self, name: MessageName, /, **more: object) -> str:
        """A sentence with its braces filled."""
        return fill(self.wording.messages[name], more)


@dataclass(frozen=True)
class Place:
    """The drill, what is going on in it, and the reps done on each side."""

    exercise: int = 0
    phase: Phase = "opening"
    side: int = 0
    done: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Question:
    """A question that is open. under: the one that it put off, which will be asked again."""

    name: QuestionName
    failures: int = 0
    words: int | None = None
    under: "Question | None" = None


def _none() -> Mapping[int, FormName]:
    return MappingProxyType({})


@dataclass(frozen=True)
class State:
    """A warm-up between two events.

    due_seconds: when the next beat falls, or an answer is waited for no longer. None: nothing is.
    left_seconds: while interrupted, what was left until the next beat.
    swapped: the steps in which their swap is done, by their place.
    lying: whether there is a place to lie down; None before it was asked.
    moderate: how often pain of three to five was told. silences: questions without any answer.
    reach_doubt: pain that travels was spoken of and not yet settled: nothing goes on or ends well.
    since_check: drills since the last check-in. limited: at most a walk today.
    deaf, mute: without a microphone, without a loudspeaker nothing goes on.
    gated: how many questions of the gate were passed.
    set_up_again: after a cut-off the drill is explained before it goes on.
    """

    place: Place = Place()
    due_seconds: float | None = None
    left_seconds: float = 0.0
    question: Question | None = None
    paused: bool = False
    deaf: bool = False
    mute: bool = False
    tempo: int = USUAL
    counting: bool = True
    forms: Mapping[int, FormName] = field(default_factory=_none)
    swapped: frozenset[int] = frozenset()
    lying: bool | None = None
    pain: int | None = None
    pain_up: bool = False
    moderate: int = 0
    silences: int = 0
    since_check: int = 0
    reach_doubt: bool = False
    no_impact: bool = False
    limited: bool = False
    gated: int = 0
    set_up_again: bool = False
    done: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    ended: End | None = None

    @property
    def factor(self) -> float:
        """What the time of a rep is multiplied with."""
        return TEMPOS[self.tempo]

    @property
    def away(self) -> bool:
        """Whether the coach cannot hear or cannot be heard."""
        return self.deaf or self.mute

    @property
    def moving(self) -> bool:
        """Whether a drill is going on, with nothing open."""
        return not (self.question or self.paused or self.away or self.ended)


Step = tuple[State, tuple[Effect, ...]]
