"""Universals: what a person may say at every turn, whatever the question."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from voice_skill.dialog import profile_commands as remembering
from voice_skill.dialog.asking import Step, ask, begin, finish, listen, prompt
from voice_skill.dialog.decision import rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Adjust, Earcon, Effect, Finish, Listen, Say
from voice_skill.dialog.fields import YesNoField
from voice_skill.dialog.state import State, Tries, decision

Command = Callable[[Dialog, State], Step]


def obey(dialog: Dialog, state: State, name: str) -> Step:
    """Carry out a universal."""
    if state.finished:
        return _after_the_end(dialog, state, name)
    if state.paused and name not in ("resume", "stop"):
        return state, (Say((dialog.message("paused"),)), listen(state))
    if name.startswith(remembering.CHANGE):
        return _change(dialog, state, name.removeprefix(remembering.CHANGE))
    return _COMMANDS[name](dialog, state)


def _after_the_end(dialog: Dialog, state: State, name: str) -> Step:
    if name in _ADJUSTMENTS:
        return state, (*_adjust(dialog, name), Say(decision(dialog, state).spoken))
    return state, (Say(decision(dialog, state).spoken),)


def _repeat(dialog: Dialog, state: State) -> Step:
    return state, (Say((question(dialog, state),)), _floor(dialog, state))


def question(dialog: Dialog, state: State) -> str:
    """What was asked last: a confirmation if one is open, else the current question."""
    if state.pending and state.pending.kind == "value":
        value = dialog.spoken(state.current or "", state.pending.value)
        return dialog.message("confirm_value", value=value)
    asked = max(0, state.tries.asked - 1)
    return prompt(dialog, replace(state, tries=replace(state.tries, asked=asked)))


def _floor(dialog: Dialog, state: State) -> Listen:
    floor = listen(state)
    return replace(floor, field=dialog.by_role("confirm")) if state.pending else floor


def _help(dialog: Dialog, state: State) -> Step:
    own = dialog.fields[state.current or ""].help
    lines = [dialog.text(own)] if own else []
    lines += [dialog.message("help_general"), question(dialog, state)]
    return state, (Say(tuple(lines)), _floor(dialog, state))


def _why(dialog: Dialog, state: State) -> Step:
    why = dialog.text(dialog.fields[state.current or ""].why)
    return state, (Say((why, question(dialog, state))), _floor(dialog, state))


_ADJUSTMENTS: dict[str, tuple[Literal["rate", "volume"], Literal[-1, 1]]] = {
    "slower": ("rate", -1),
    "faster": ("rate", 1),
    "quieter": ("volume", -1),
    "louder": ("volume", 1),
}


def _adjust(dialog: Dialog, name: str) -> tuple[Effect, ...]:
    setting, step = _ADJUSTMENTS[name]
    return Adjust(setting, step), Say((dialog.message(name),))


def _adjusted(name: str) -> Command:
    def command(dialog: Dialog, state: State) -> Step:
        asked = Say((question(dialog, state),))
        return state, (*_adjust(dialog, name), asked, _floor(dialog, state))

    return command


def _pause(dialog: Dialog, state: State) -> Step:
    return replace(state, paused=True), (Say((dialog.message("paused"),)), listen(state))


def _resume(dialog: Dialog, state: State) -> Step:
    state = replace(state, paused=False)
    lines = (dialog.message("resumed"), question(dialog, state))
    return state, (Say(lines), _floor(dialog, state))


def _go_back(dialog: Dialog, state: State) -> Step:
    if not state.history:
        lines = (dialog.message("cannot_go_back"), question(dialog, state))
        return state, (Say(lines), _floor(dialog, state))
    name = state.history[-1]
    field = dialog.fields[name]
    taken_back = [name]
    if isinstance(field, YesNoField) and field.settles:
        taken_back.append(field.settles.field)
        name = field.settles.field
    state = state.without(*taken_back)
    history = tuple(h for h in state.history if h not in taken_back)
    state = replace(state, current=name, history=history, tries=Tries(), pending=None, reask=None)
    return ask(dialog, state, Say((dialog.message("going_back"),)))


def _start_over(dialog: Dialog, state: State) -> Step:
    fresh = State(
        profile=state.profile,
        past=state.past,
        forced=state.forced,
        not_covered=state.not_covered,
        remembers=state.remembers,
    )
    return begin(dialog, fresh, Say((dialog.message("start_over"),)))


def _stop(dialog: Dialog, state: State) -> Step:
    """End at once. What is already known to need care is still said."""
    if rank(decision(dialog, state).care) >= rank("ROUTINE"):
        return finish(dialog, state)
    end = Finish(None, None, ())
    lines = (dialog.message("stopped"), dialog.text(dialog.safety_net))
    state = replace(state, finished=end, current=None, pending=None, paused=False)
    return state, (Earcon("finished"), Say(lines), end)


def _tell(lines: Callable[[Dialog, State], tuple[str, ...]]) -> Command:
    def command(dialog: Dialog, state: State) -> Step:
        said = Say((*lines(dialog, state), question(dialog, state)))
        return state, (said, _floor(dialog, state))

    return command


def _forget(dialog: Dialog, state: State) -> Step:
    state = remembering.forgotten(state)
    return _tell(lambda dialog, _: (dialog.message("profile_forgotten"),))(dialog, state)


def _change_number(dialog: Dialog, state: State) -> Step:
    """Ask for another emergency number once the check is over."""
    state = replace(state, wants_number=True)
    return _tell(lambda dialog, _: (dialog.message("number_later"),))(dialog, state)


def _change(dialog: Dialog, state: State, name: str) -> Step:
    state = remembering.without(state, name)
    if name == state.current:
        return _repeat(dialog, state)
    if remembering.is_due(dialog, state, name):
        return remembering.ask_now(dialog, state, name)
    return _tell(lambda dialog, _: (dialog.message("profile_later"),))(dialog, state)


_COMMANDS: dict[str, Command] = {
    "repeat": _repeat,
    "help": _help,
    "why": _why,
    **{name: _adjusted(name) for name in _ADJUSTMENTS},
    "pause": _pause,
    "resume": _resume,
    "go_back": _go_back,
    "start_over": _start_over,
    "stop": _stop,
    "last_week": _tell(remembering.last_week),
    "profile": _tell(remembering.profile),
    "forget_profile": _forget,
    "emergency_number": _change_number,
}
