"""Choosing the next question and wording it."""

from collections.abc import Mapping
from dataclasses import replace

from voice_skill.dialog.decision import complete, holds_for
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Earcon, Effect, Finish, Listen, Say
from voice_skill.dialog.expressions import parse
from voice_skill.dialog.fields import NumberField, YesNoField
from voice_skill.dialog.filling import names_in
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.state import State, Tries, decision, situation
from voice_skill.dialog.worth_asking import Outlook

Step = tuple[State, tuple[Effect, ...]]
UNHEARD_LIMIT = 3
"""Fields in a row without any answer after which the skill stops asking: nobody is there."""


def next_field(outlook: Outlook, state: State) -> str | None:
    """The first question in the dialog's order that is due and still matters."""
    dialog, here = outlook.dialog, outlook.situation
    due = frozenset(outlook.due())
    for name in sorted(due | set(state.forced), key=dialog.order.__getitem__):
        if name in here.answers or name in state.answers:
            continue
        if name in state.forced or _is_worth_asking(outlook, state, name):
            return name
    return None


def _is_worth_asking(outlook: Outlook, state: State, name: str) -> bool:
    """Whether a question that is due matters, by what part it plays."""
    dialog, field = outlook.dialog, outlook.dialog.fields[name]
    stage = dialog.stage_of[name]
    if isinstance(field, YesNoField) and field.settles:
        return True
    if field.role in ("question", "gate"):
        return outlook.matters(name) or outlook.eases(name)
    if field.role == "opening":
        return any(outlook.matters(n) for n in dialog.names if dialog.stage_of[n] is stage)
    return field.role == "health_changed" and any(map(outlook.matters, state.profile))


def advance(dialog: Dialog, state: State, *before: Effect) -> Step:
    """Go on: the next question, the read-back, or the end."""
    outlook = Outlook.of(dialog, situation(dialog, state))
    now = outlook.now
    if now.care == "EMERGENCY":
        return finish(dialog, state, *before)
    name = None if state.unheard >= UNHEARD_LIMIT else next_field(outlook, state)
    readback = dialog.by_role("readback")
    if name is None and now.care == "WARMUP" and readback not in state.answers:
        name = readback
    if name is None:
        return finish(dialog, state, *before)
    return ask(dialog, replace(state, current=name, tries=Tries(), reask=None), *before)


def begin(dialog: Dialog, state: State, *before: Effect) -> Step:
    """The first question: one that must be asked whatever else is said, if there is any."""
    if not state.forced:
        return advance(dialog, state, *before)
    about = Say((dialog.message("asked_again"),))
    return ask(dialog, replace(state, current=state.forced[0]), *before, about)


def ask(dialog: Dialog, state: State, *before: Effect) -> Step:
    """Say the current question (as often as it was asked, so worded) and listen."""
    if state.current is None:
        return advance(dialog, state, *before)
    lines = [prompt(dialog, state)]
    stage = dialog.stage_of[state.current]
    if stage.say and stage.id not in state.opened:
        lines.insert(0, dialog.text(stage.say))
    tries = replace(state.tries, asked=state.tries.asked + 1)
    state = replace(state, tries=tries, opened=(*state.opened, stage.id))
    return state, (*before, Say(tuple(lines)), listen(state))


def listen(state: State) -> Listen:
    """Open the floor for the current question."""
    previous = state.history[-1] if state.history else None
    return Listen(state.current or "", previous)


def prompt(dialog: Dialog, state: State) -> str:
    """The current question in the wording that is its turn."""
    field = dialog.fields[state.current or ""]
    if state.reask:
        text = state.reask
    elif isinstance(field, NumberField) and state.tries.words is not None and field.ask_number:
        text = field.ask_number
    elif state.tries.asked and field.reask:
        text = field.reask[min(state.tries.asked, len(field.reask)) - 1]
    else:
        values = _values(dialog, state) if field.ask_when else {}
        fitting = (wording.ask for wording in field.ask_when
                   if holds_for(dialog, parse(wording.when), values)[1])  # fmt: skip
        text = next(fitting, field.ask)
    named = [name for name in names_in(text) if name in dialog.fields]
    values = _values(dialog, state) if named else {}
    return dialog.text(text, **{name: values.get(name, "not known") for name in named})


def _values(dialog: Dialog, state: State) -> Mapping[str, Value]:
    here = situation(dialog, state)
    return complete(dialog, here.answers, here.flags)


def again(dialog: Dialog, state: State, why: str) -> Step:
    """Ask the current question again, with a word on why."""
    return ask(dialog, state, Say((why,)))


def finish(dialog: Dialog, state: State, *before: Effect) -> Step:
    """Say where to go and how soon. Nothing that follows can lower it."""
    now = decision(dialog, state)
    end = Finish(now.care, now.variant, now.rules)
    lines = now.spoken
    if now.care == "EMERGENCY":
        lines = (*lines, dialog.message("emergency_repeat"))
    state = replace(state, finished=end, current=None, pending=None, paused=False)
    return state, (*before, Earcon("finished"), Say(lines), end)
