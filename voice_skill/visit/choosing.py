"""From a check that ends in a warm-up to that warm-up: which routine, and its coach."""

from dataclasses import replace

from voice_skill.coaching.library import Library
from voice_skill.coaching.state import Coach
from voice_skill.dialog.decision import complete
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import YesNoField
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.state import State, situation


def routine_for(dialog: Dialog, state: State) -> str | None:
    """The routine that the disposition names or offers, for a dialog that has warm-ups."""
    end = state.finished
    if end is None or end.care is None:
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
