"""All that the coach knows: drills, routines and wording, read together or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from voice_skill.coaching.checking import check
from voice_skill.coaching.drill import Drill, DrillsFile
from voice_skill.coaching.exercise import Exercise
from voice_skill.coaching.listening import CoachEar
from voice_skill.coaching.routine import GateQuestion, RoutineFile
from voice_skill.coaching.state import Coach
from voice_skill.coaching.wording import Wording
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.reader import read_as
from voice_skill.errors import UsageError
from voice_skill.near import did_you_mean
from voice_skill.understanding.language import Language
from voice_skill.understanding.understander import Understander

FILE = "drills.yaml"


@dataclass(frozen=True)
class Library:
    """The drills and routines of one language. ear: understands what the runner says."""

    drills: Mapping[str, Drill]
    routines: Mapping[str, RoutineFile]
    wording: Wording
    ear: CoachEar

    @classmethod
    def from_folder(cls, folder: Path, dialog: Dialog, understander: Understander) -> "Library":
        """Read `drills.yaml`, `coaching.yaml` and every file of `routines/`, and check them.

        Raises DialogError that names every mistake with file, line and column.
        """
        drills = read_as(folder / FILE, DrillsFile)
        wording, wording_document = read_as(folder / "coaching.yaml", Wording)
        files = sorted((folder / "routines").glob("*.yaml"))
        routines = [read_as(file, RoutineFile) for file in files]
        ear = CoachEar.from_parts(wording, drills[0].drills, understander, dialog.roles)
        check(drills, routines, (wording, wording_document), ear, dialog)
        return cls(drills[0].drills, {r.id: r for r, _ in routines}, wording, ear)

    @property
    def language(self) -> Language:
        """The words of the language."""
        return self.ear.language

    def routine(self, name: str) -> RoutineFile:
        """A routine by its name or by the variant of the disposition that leads to it."""
        for routine in self.routines.values():
            if name in (routine.id, routine.variant):
                return routine
        known, near = ", ".join(self.routines), did_you_mean(name, self.routines)
        raise UsageError(f"there is no routine '{name}'; the routines: {known}{near}")

    def coach(
        self,
        dialog: Dialog,
        name: str,
        values: Mapping[str, Value] | None = None,
        early: bool = False,
        gate: tuple[GateQuestion, ...] = (),
    ) -> Coach:
        """The coach of a routine. values: what a triage found; its pain is the start."""
        routine = self.routine(name)
        known = dict(values or {})
        pain = dialog.roles.pain_of(known)
        return Coach(
            routine,
            self.exercises(routine),
            self.wording,
            {**dialog.safe_values, **known},
            dialog.text(dialog.safety_net),
            dialog.limits.stop_rule,
            dialog.roles,
            int(pain) if pain is not None else None,
            early,
            gate,
        )

    def exercises(self, routine: RoutineFile) -> tuple[Exercise, ...]:
        """The steps of a routine joined with their drills."""
        return tuple(Exercise.from_step(step, self.drills, self.wording) for step in routine.steps)
