"""A drill as it stands in a routine: what is said, how often, and how long it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from voice_skill.coaching.drill import Drill, Form
from voice_skill.coaching.pace import speech_seconds
from voice_skill.coaching.routine import RoutineStep
from voice_skill.coaching.wording import Wording
from voice_skill.dialog.expressions import ALWAYS, Expression, Not, parse
from voice_skill.dialog.filling import fill

CHUNK_SECONDS = 10.0
"""A timed drill is followed in pieces of this length."""


@dataclass(frozen=True)
class Exercise:
    """One step of a routine joined with its drill. swap: what may be done instead."""

    id: str
    drill: Drill
    step: RoutineStep
    wording: Wording
    swap: "Exercise | None" = None

    @classmethod
    def from_step(
        cls, step: RoutineStep, drills: Mapping[str, Drill], wording: Wording
    ) -> "Exercise":
        """Look the drill up, and its swap, which has the same time."""
        swap = None
        if step.swap:
            instead = RoutineStep(drill=step.swap, seconds=step.seconds)
            swap = cls(step.swap, drills[step.swap], instead, wording)
        return cls(step.drill, drills[step.drill], step, wording, swap)

    @property
    def timed(self) -> bool:
        """Whether it goes by time, not by reps."""
        return self.drill.reps is None

    @property
    def sides(self) -> int:
        """How many sides it has to do."""
        return 1 if self.drill.sides == "none" else 2

    @property
    def reps(self) -> int:
        """Reps of one side. For a timed drill: its pieces of ten seconds, the last one shorter."""
        if not self.timed:
            return self.step.reps or self.drill.reps or 1
        return max(1, int(-(-self.work_seconds // CHUNK_SECONDS)))

    @property
    def rep_seconds(self) -> float:
        """One rep with its hold at the usual tempo."""
        return CHUNK_SECONDS if self.timed else self.drill.hold_seconds + self.drill.rep_seconds

    @cached_property
    def setup(self) -> tuple[str, ...]:
        """What is said before the first rep."""
        extra = (self.step.cue,) if self.step.cue else ()
        return (self.drill.name, self.step.say or self.drill.say, *self.drill.cues, *extra)

    @cached_property
    def offer(self) -> tuple[str, ...]:
        """What tells of the swap, where there is one."""
        if self.swap is None:
            return ()
        return (fill(self.wording.messages["swap_offer"], {"name": self.swap.drill.name}),)

    @cached_property
    def skip_when(self) -> Expression:
        """When it is left out."""
        return parse(self.drill.skip_when) if self.drill.skip_when else Not(ALWAYS)

    @cached_property
    def said_seconds(self) -> float:
        """Time of all that is said, beside the counts."""
        lines = [*self.setup, *self.offer]
        if self.drill.sides == "each":
            lines += [self.wording.messages["left"], self.wording.messages["right"]]
        return speech_seconds(lines)

    @cached_property
    def work_seconds(self) -> float:
        """Time of the moving itself."""
        if self.timed:
            return self.step.seconds - self.said_seconds
        return self.reps * self.sides * self.rep_seconds

    @property
    def breath_seconds(self) -> float:
        """What is left of its time when all is done."""
        return self.step.seconds - self.said_seconds - self.work_seconds

    def form(self, name: str | None) -> Form | None:
        """The easier or the standing form."""
        return {"easier": self.drill.easier, "standing": self.drill.standing}.get(name or "")

    def lines(self, form: str | None) -> tuple[str, ...]:
        """The setup in the form that is done."""
        other = self.form(form)
        if other is None:
            return self.setup
        if form == "easier":
            return (*self.setup[:2], other.say, *self.setup[2:])
        return (self.drill.name, other.say)
