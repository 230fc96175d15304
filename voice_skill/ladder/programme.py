"""The programme as written in `ladder.yaml`: the gate, the steps, and all that is said."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field, model_validator

from voice_skill.coaching.checking import check_drills
from voice_skill.coaching.drill import Drill, DrillsFile
from voice_skill.coaching.library import Library
from voice_skill.coaching.listening import CoachEar
from voice_skill.coaching.routine import Asked, CheckIn, GateQuestion
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.limits import FILE as LIMITS
from voice_skill.dialog.limits import LadderLimits
from voice_skill.dialog.node import Node
from voice_skill.dialog.reader import Path_, read_as
from voice_skill.dialog.texts import COACH_NAMES, check_texts
from voice_skill.errors import DialogError

FILE = "ladder.yaml"
MessageName = Literal[
    "next_same", "next_more", "next_up", "held", "back", "rest_day", "check_first", "clinician",
    "top",
]  # fmt: skip
BranchName = Literal["run", "walk", "walk_only", "rest"]


class ClinicianDecides(Node):
    """Rules of an earlier check after which the ladder is not offered, for so many days."""

    rules: tuple[str, ...] = Field(min_length=1)
    days: int = Field(ge=1)


class LadderStep(Node):
    """One step: times, how often (from, to), and how it is told."""

    run_seconds: float = Field(ge=5, le=3600)
    walk_seconds: float = Field(ge=0, le=600)
    repeats: tuple[int, int]
    say: str

    @model_validator(mode="after")
    def _rises(self) -> "LadderStep":
        low, high = self.repeats
        if not 1 <= low <= high <= 20:
            raise ValueError("'repeats' are two numbers from 1 to 20, the lower first")
        if high > 1 and self.walk_seconds < 5:
            raise ValueError("more than one run needs a walk between of at least 5 seconds")
        return self


class Programme(Node):
    """All of `ladder.yaml`."""

    clinician_decides: ClinicianDecides
    after_warm_up: tuple[str, ...] = Field(min_length=1)
    """Said at the end of a warm-up instead of letting somebody run, where the ladder follows."""
    opening: str
    offer: GateQuestion
    morning: GateQuestion
    gate: tuple[GateQuestion, ...] = Field(min_length=1)
    steps: tuple[LadderStep, ...] = Field(min_length=1)
    warm_walk_seconds: float = Field(ge=5, le=600)
    today: str
    drills: dict[Literal["run", "walk"], Drill]
    keep_running: str
    check_in: CheckIn
    end: Asked
    branches: dict[BranchName, tuple[str, ...]]
    messages: dict[MessageName, str]

    @model_validator(mode="after")
    def _complete(self) -> "Programme":
        for name, have, want in (
            ("messages", set(self.messages), set(get_args(MessageName))),
            ("branches", set(self.branches), set(get_args(BranchName))),
            ("drills", set(self.drills), {"run", "walk"}),
        ):
            if want - have:
                raise ValueError(f"'{name}' lacks {', '.join(sorted(want - have))}")
        ids = [question.id for question in (self.offer, self.morning, *self.gate)]
        if len(set(ids)) < len(ids):
            raise ValueError("two questions have the same 'id'")
        runs = [step.run_seconds for step in self.steps]
        if any(a >= b for a, b in pairwise(runs)):
            raise ValueError("each step must run longer than the one before")
        if not self.drills["run"].impact:
            raise ValueError("the drill 'run' must be 'impact: true'")
        return self


@dataclass(frozen=True)
class Ladder:
    """The programme with its numbers, and a library that knows its two drills."""

    programme: Programme
    library: Library
    limits: LadderLimits

    @classmethod
    def from_folder(cls, folder: Path, dialog: Dialog, library: Library) -> "Ladder":
        """Read `ladder.yaml` beside the drills. Raises DialogError with file, line and column."""
        if not (folder / FILE).is_file():
            raise DialogError(f"{folder / FILE}: this dialog has no way back to running")
        if dialog.limits.ladder is None:
            raise DialogError(f"{folder / LIMITS}: 'ladder' is missing; {FILE} goes by its numbers")
        programme, document = read_as(folder / FILE, Programme)
        own = {str(name): drill for name, drill in programme.drills.items()}
        drills = {**library.drills, **own}
        ear = CoachEar.from_parts(library.wording, drills, library.ear.understander, dialog.roles)
        problems = [*check_drills(DrillsFile(drills=own), document, ear, dialog)]
        problems += check_texts(document, COACH_NAMES)
        problems += [(document, path, text) for path, text in _unknown_rules(programme, dialog)]
        if problems:
            lines = (f"{document.where(path)}: {text}" for document, path, text in problems)
            raise DialogError("\n".join(lines))
        own_library = Library(drills, library.routines, library.wording, ear)
        return cls(programme, own_library, dialog.limits.ladder)


def _unknown_rules(programme: Programme, dialog: Dialog) -> Iterator[tuple[Path_, str]]:
    known = {rule.id for rule, _ in dialog.rules}
    for index, name in enumerate(programme.clinician_decides.rules):
        if name not in known:
            yield ("clinician_decides", "rules", index), f"there is no rule '{name}'"
