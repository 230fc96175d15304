"""Universals about what is kept: how last week was, and what is remembered of a person.

What is remembered only spares questions of the later stages, so correcting or deleting it is always
the careful side: the question comes again. The emergency block asks everything in any case.
"""

from dataclasses import replace
from types import MappingProxyType

from voice_skill.dialog.asking import Step, ask
from voice_skill.dialog.decision import complete, holds_for
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Earcon
from voice_skill.dialog.state import State, Tries, situation

CHANGE = "change_"
"""A universal of this name and a field corrects what is remembered of it."""


def last_week(dialog: Dialog, state: State) -> tuple[str, ...]:
    """The last seven days of the diary in words."""
    week = state.past.week
    if not week.checks:
        return (dialog.message("week_empty"),)
    lines = [dialog.message("week", checks=week.checks, warm_ups=week.warm_ups)]
    if week.worst_pain is None:
        lines.append(dialog.message("week_no_pain"))
    else:
        pain = {"first": week.first_pain, "last": week.last_pain, "worst": week.worst_pain}
        lines.append(dialog.message("week_pain", **pain))
    if week.mornings_bad:
        lines.append(dialog.message("week_felt", count=week.mornings_bad))
    if state.past.rest_days:
        lines.append(dialog.message("week_rest", count=state.past.rest_days))
    return tuple(lines)


def profile(dialog: Dialog, state: State) -> tuple[str, ...]:
    """What is remembered, and how to change it."""
    known = [
        dialog.text(field.told, value=dialog.spoken(name, state.profile[name]))
        for name, field in dialog.fields.items()
        if field.told and name in state.profile
    ]
    if not known:
        return (dialog.message("profile_empty"),)
    return (dialog.message("profile", known="; ".join(known)), dialog.message("profile_how"))


def forgotten(state: State) -> State:
    """Nothing is remembered any more, nor will be of this session."""
    return replace(state, profile=MappingProxyType({}), remembers=False)


def without(state: State, name: str) -> State:
    """One value is remembered no more."""
    kept = {n: value for n, value in state.profile.items() if n != name}
    return replace(state.without(name), profile=MappingProxyType(kept))


def is_due(dialog: Dialog, state: State, name: str) -> bool:
    """Whether a question may come up now; a clearance may only be asked for where it counts."""
    here = situation(dialog, state)
    values = complete(dialog, here.answers, here.flags)
    return holds_for(dialog, dialog.guards[name], values)[0]


def ask_now(dialog: Dialog, state: State, name: str) -> Step:
    """Ask a question before all others."""
    state = replace(state, pending=None)
    state = replace(state, current=name, tries=Tries(), reask=None, forced=(*state.forced, name))
    return ask(dialog, state, Earcon("heard"))
