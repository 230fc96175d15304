"""Taking an answer for good, having it confirmed, and taking it back."""

from collections.abc import Mapping
from dataclasses import replace

from voice_skill.dialog.asking import Step, advance, ask, listen
from voice_skill.dialog.decision import complete, holds_for
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Earcon, Say
from voice_skill.dialog.fields import YesNoField
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.state import How, Pending, State, Tries, situation

READBACKS = 4
"""A summary that is wrong so often cannot be made right by asking on: it is not confirmed."""
HEARD = Earcon("heard")


def confirm(dialog: Dialog, state: State, value: Value | None) -> Step:
    """Ask whether a faint answer was heard rightly, or a soft one meant."""
    question = dialog.message("confirm_value", value=dialog.spoken(state.current or "", value))
    state = replace(state, pending=Pending("value", value))
    return state, (HEARD, Say((question,)), replace(listen(state), field=dialog.by_role("confirm")))


def alarmed(dialog: Dialog, state: State, value: Value) -> Step:
    """Ask whether the gravest answer was meant, of which a piece was heard among other words."""
    state, effects = confirm(dialog, state, value)
    return replace(state, pending=Pending("value", value, alarm=True)), effects


def accept(dialog: Dialog, state: State, value: Value | None, how: How) -> Step:
    """Take an answer and go on."""
    name = state.current or ""
    field = dialog.fields[name]
    if field.role == "readback":
        return read_back(dialog, state, value if how == "heard" else "no")
    if field.role == "wrong_part":
        return _reopen(dialog, state, str(value))
    state = state.with_answer(name, value, how)
    if isinstance(field, YesNoField) and field.settles:
        settled = (
            field.settles.yes if value == "yes" and how == "heard" else field.settles.otherwise
        )
        state = state.with_answer(field.settles.field, settled, how)
    history = (*(h for h in state.history if h != name), name)
    forced = tuple(f for f in state.forced if f != name)
    missed = how in ("incomplete", "unknown")
    state = replace(
        state,
        history=history,
        forced=forced,
        pending=None,
        unheard=state.unheard + 1 if missed else 0,
    )
    return advance(dialog, state, *(() if missed else (HEARD,)))


def read_back(dialog: Dialog, state: State, value: Value | None) -> Step:
    """The answer to the summary. After a no one part of it is asked again."""
    if value == "yes":
        return advance(dialog, state.with_answer(state.current or "", "yes", "heard"), HEARD)
    state = replace(state, readbacks=state.readbacks + 1)
    if state.readbacks >= READBACKS:
        return advance(dialog, state.with_answer(state.current or "", None, "incomplete"))
    wrong = dialog.by_role("wrong_part")
    return ask(dialog, replace(state, current=wrong, tries=Tries(), pending=None), HEARD)


def with_findings(dialog: Dialog, state: State, findings: Mapping[str, Value]) -> State:
    """The same with what free speech named of questions that are due and may stay unknown."""
    for name, found in findings.items():
        here = situation(dialog, state)
        values = complete(dialog, here.answers, here.flags)
        due = holds_for(dialog, dialog.guards[name], values)[0]
        if due and name not in state.answers and dialog.stage_of[name].not_heard == "unknown":
            state = state.with_answer(name, found, "volunteered")
    return state


def _reopen(dialog: Dialog, state: State, name: str) -> Step:
    """Ask one field again, with what followed from it. Where nothing was wrong the summary is read
    once more: only a clear yes to it lets anybody go on."""
    if name not in dialog.fields:
        readback = dialog.by_role("readback")
        return ask(dialog, replace(state, current=readback, tries=Tries(), pending=None), HEARD)
    followers = [n for n, f in dialog.fields.items() if isinstance(f, YesNoField) and f.settles
                 and f.settles.field == name]  # fmt: skip
    state = state.without(name, *followers, dialog.by_role("readback"))
    history = tuple(h for h in state.history if h != name)
    state = replace(state, forced=(*state.forced, name), history=history, pending=None)
    return advance(dialog, state, HEARD)


def correct(dialog: Dialog, state: State, name: str, value: Value | None) -> Step:
    """ "No, I meant one leg": replace the last answer and go on from there."""
    said = Say((dialog.message("corrected", value=dialog.spoken(name, value)),))
    current = state.current
    state = state.with_answer(name, value, "corrected")
    if current in (dialog.by_role("readback"), dialog.by_role("wrong_part")):
        state = state.without(dialog.by_role("readback"))
    return advance(dialog, replace(state, pending=None), HEARD, said)
