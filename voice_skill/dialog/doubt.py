"""What doubt, refusal and silence do to a conversation.

The asymmetry of the brief (2.1) lives here: doubt is asked again and then counts as the unsafe
value; what is never heard is never taken as safe.
"""

from dataclasses import replace

from voice_skill.dialog.accepting import accept
from voice_skill.dialog.asking import Step, advance, again, ask
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Earcon, Effect, Say
from voice_skill.dialog.fields import (
    ChoiceField,
    FreeField,
    NumberField,
    YesNoField,
    grave_unasked,
)
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.state import How, State

DOUBTS = 2
"""The second doubt about a question settles it on the unsafe side (brief 2.1)."""
REFUSALS = 2
"""A refusal is asked again once (brief 2.6.9)."""


def doubted(dialog: Dialog, state: State, why: str | None = None) -> Step:
    """ "I don't know", "not really", or a sign that was named and not clearly denied: ask again
    once, then take the unsafe side. why: what is said before the question."""
    tries = replace(state.tries, doubts=state.tries.doubts + 1)
    state = replace(state, tries=tries)
    if tries.doubts >= DOUBTS:
        return accept(dialog, state, *doubtful(dialog, state))
    return again(dialog, state, why or dialog.message("dont_know_1"))


def doubtful(dialog: Dialog, state: State) -> tuple[Value | None, How]:
    """What doubt about the current field counts as."""
    field = dialog.fields[state.current or ""]
    if isinstance(field, YesNoField):
        return (field.unsure if field.unsure == "no" else "unsure"), "unsure"
    if isinstance(field, ChoiceField):
        return field.unsure, "unsure"
    if isinstance(field, NumberField) and state.tries.words is not None:
        return state.tries.words, "unsure"
    return None, "unsure"


def refused(dialog: Dialog, state: State) -> Step:
    """ "I'd rather not say": ask again once, then it is as if nothing had been heard."""
    tries = replace(state.tries, refusals=state.tries.refusals + 1)
    state = replace(state, tries=tries)
    if tries.refusals >= REFUSALS:
        return not_heard(dialog, state)
    return again(dialog, state, dialog.message("refused"))


def failed(dialog: Dialog, state: State, opener: str | None, *before: Effect) -> Step:
    """Silence, noise or nothing understood: ask again in other words, within limits."""
    tries = replace(state.tries, failures=state.tries.failures + 1)
    state = replace(state, tries=tries)
    field = dialog.fields[state.current or ""]
    if isinstance(field, FreeField):
        return accept(dialog, state, "", "unknown" if opener == "noinput" else "heard")
    if tries.failures >= dialog.stage_of[state.current or ""].attempts:
        return not_heard(dialog, state)
    if opener:
        message = f"{opener}_{min(tries.failures, 2)}"
        before = (*before, Earcon("not_heard"), Say((dialog.message(message),)))
    return ask(dialog, state, *before)


def not_heard(dialog: Dialog, state: State) -> Step:
    """A question that stays without an answer. It is never taken as safe."""
    name = state.current or ""
    field = dialog.fields[name]
    if state.tries.doubts:
        return accept(dialog, state, *doubtful(dialog, state))
    if field.role in ("readback", "wrong_part"):
        readback = dialog.by_role("readback")
        return advance(dialog, state.with_answer(readback, None, "incomplete"))
    if isinstance(field, NumberField) and state.tries.words is not None:
        return accept(dialog, state, state.tries.words, "unsure")
    return accept(dialog, state, *unheard(dialog, name))


def unheard(dialog: Dialog, name: str) -> tuple[Value | None, How]:
    """What a question counts as that was asked and never heard."""
    field, stage = dialog.fields[name], dialog.stage_of[name]
    if field.role in ("gate", "health_changed") or stage.not_heard == "unsure":
        return "unsure", "unsure"  # the long way round, not the short one
    if stage.not_heard == "incomplete":
        return None, "incomplete"
    if grave_unasked(field):  # a clearance that is not heard is none
        return dialog.safe_values[name], "unknown"
    return None, "unknown"
