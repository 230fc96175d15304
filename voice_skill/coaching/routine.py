"""A routine as written in `routines/*.yaml`: drills in order, check-ins, and where it leads."""

from typing import Literal

from pydantic import Field, model_validator

from voice_skill.dialog.node import Node


class RoutineStep(Node):
    """One drill of a routine with its time, and what differs from the library."""

    drill: str
    seconds: float = Field(gt=0, le=600)
    """All of it: saying, doing, and the breath before the next."""
    reps: int | None = Field(default=None, ge=1, le=20)
    say: str | None = None
    cue: str | None = None
    swap: str | None = None
    """Another drill of the library, done in the same time by whoever asks for it."""


class Asked(Node):
    """A question with its second wording."""

    ask: str
    reask: str


class GateQuestion(Asked):
    """A question before the first drill that only a clear yes gets past."""

    id: str
    wait_seconds: float = Field(default=0.0, ge=0, le=120)
    """So much longer is waited for the answer: something must be tried out first."""
    closed: tuple[str, ...] = Field(min_length=1)
    """Said where the yes does not come; the end."""


class Offer(GateQuestion):
    """The question whether a warm-up is wanted that is not the advice itself."""

    before: str
    """Said before the opening of the routine."""


class CheckIn(Asked):
    """The question after every so many drills."""

    every: int = Field(ge=1, le=4)


class RoutineFile(Node):
    """One routine."""

    id: str
    variant: str
    """The variant of the WARMUP disposition that leads here."""
    title: str
    total_seconds: float
    opening: str
    opening_early: str
    """Said too within the first hours of the day."""
    steps: tuple[RoutineStep, ...] = Field(min_length=1)
    check_in: CheckIn
    end: Asked
    best: Literal["run", "walk"]
    """The most that this routine leads to."""
    branches: dict[Literal["run", "walk", "walk_only", "rest"], tuple[str, ...]]
    forbidden: tuple[str, ...] = ()
    """Drills that must not be met here in any form."""

    @model_validator(mode="after")
    def _leads_somewhere(self) -> "RoutineFile":
        needed = {"walk", "rest", self.best} | ({"walk_only"} if self.best == "walk" else set())
        missing = sorted(needed - set(self.branches))
        if missing:
            raise ValueError(f"'branches' lacks {', '.join(missing)}")
        return self
