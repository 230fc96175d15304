"""From a triage that ends in a warm-up to that warm-up: which one, and its coach."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from voice_skill.coaching.library import Library
from voice_skill.coaching.state import Coach
from voice_skill.dialog.decision import complete
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import YesNoField
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.state import State, situation
from voice_skill.runtime.virtual.person import Person
from voice_skill.runtime.virtual.warm_up import VirtualWarmUp
from voice_skill.visit.outcome import Result
from voice_skill.visit.warm_up import Row, WarmUp


def routine_for(dialog: Dialog, folder: Path, state: State) -> str | None:
    """The routine that the disposition names or offers, if the folder has any."""
    end = state.finished
    if end is None or end.care is None or not (folder / "drills.yaml").is_file():
        return None
    if end.care == "WARMUP":
        return end.variant
    variants = dialog.dispositions[end.care].variants
    return next((v.warm_up for v in variants if v.id == end.variant), None)


def coach_for(
    dialog: Dialog, library: Library, name: str, state: State, early: bool = False
) -> Coach:
    """The coach of a routine, knowing what the triage found; a doubt counts as a yes."""
    here = situation(dialog, state)
    known: dict[str, Value] = {
        n: v for n, v in complete(dialog, here.answers, here.flags).items() if n in dialog.fields
    }
    for field_name, field in dialog.fields.items():
        if isinstance(field, YesNoField) and field_name not in known:
            known[field_name] = "yes"
    coach = library.coach(dialog, name, known, early)
    is_due = state.finished is None or state.finished.care == "WARMUP"
    return coach if is_due else offered(coach)


def offered(coach: Coach) -> Coach:
    """A warm-up that is not the advice itself: only after a clear yes, and no run after it."""
    offer, routine = coach.wording.offer, coach.routine
    walk_only = routine.branches.get("walk_only", routine.branches["walk"])
    branches = {**routine.branches}
    branches["walk"] = walk_only
    opening = f"{offer.before} {routine.opening}"
    changed = {"opening": opening, "best": "walk", "branches": branches}
    return replace(coach, gate=(offer,), routine=routine.model_copy(update=changed))


def virtual_warm_up(
    dialog: Dialog,
    folder: Path,
    name: str,
    state: State,
    person: Callable[[Coach], Person],
    screen: TextIO | None,
) -> Result:
    """The warm-up of a persona or a script, in virtual time."""
    library = Library.from_folder(folder, dialog)
    coach = coach_for(dialog, library, name, state)
    warm_up = WarmUp(dialog, coach, library)
    held = VirtualWarmUp(warm_up, person(coach), triage=state)
    result = held.run()
    for row in warm_up.rows:
        _show(row, screen)
    return result


def _show(row: Row, screen: TextIO | None) -> None:
    if screen is None or row.kind == "earcon":
        return
    mark = {"heard": "> ", "count": "  ", "end": "[", "say": ""}[row.kind]
    print(f"{mark}{row.text}{']' if row.kind == 'end' else ''}", file=screen)
