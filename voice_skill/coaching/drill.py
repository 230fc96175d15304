"""A drill as written in `drills.yaml`."""

from typing import Literal

from pydantic import Field, model_validator

from voice_skill.dialog.node import Node, Templates

Sides = Literal["none", "each", "alternating"]


class Form(Node):
    """Another way of doing a drill: easier, or standing instead of lying."""

    say: str
    drill: str | None = None
    """The drill of the library that this form amounts to, where there is one."""
    no_impact: bool = False


class SkipSaid(Node):
    """Words during the drill that change it.

    then: skip it, do it easier or standing, or ask: end the routine with a safety question.
    """

    phrases: Templates
    then: Literal["skip", "easier", "standing", "ask"]
    field: str | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> "SkipSaid":
        if (self.then == "ask") != (self.field is not None):
            raise ValueError("'field' goes with 'then: ask', and only with it")
        return self


class Drill(Node):
    """One drill. Timed if it has no reps: then the routine says for how long."""

    name: str
    say: str
    cues: tuple[str, ...] = Field(min_length=1)
    reps: int | None = Field(default=None, ge=1, le=20)
    hold_seconds: float = Field(default=0.0, ge=0, le=10)
    """Held so long in each rep: ten seconds at most spare a sore back."""
    rep_seconds: float = Field(default=0.0, ge=0, le=10)
    """From the end of the hold, or without one from the count, to the next count."""
    sides: Sides
    impact: bool = False
    floor: bool = False
    standing: Form | None = None
    easier: Form
    skip_when: str | None = None
    """Expression over fields of the dialog and `pain_up`, `early`: left out if it holds."""
    skip_said: tuple[SkipSaid, ...] = ()
    how: str
    why: str

    @model_validator(mode="after")
    def _whole(self) -> "Drill":
        if (self.reps is None) != (self.rep_seconds == 0):
            raise ValueError("'reps' and 'rep_seconds' go together; leave out both for a timed one")
        if self.reps is None and self.sides != "none":
            raise ValueError("a timed drill has no sides; write 'sides: none'")
        if self.floor and self.standing is None:
            raise ValueError("a floor drill needs its 'standing' swap")
        if self.impact and not self.easier.no_impact:
            raise ValueError("the easier form of an impact drill must be 'no_impact: true'")
        return self


class DrillsFile(Node):
    """The library of drills."""

    drills: dict[str, Drill]
