"""What an answer does to a conversation, clear or not.

The asymmetry of the brief (2.1): a safe value needs a clear answer; what is none, `doubting` takes.
"""

from dataclasses import replace

from voice_skill.dialog.accepting import HEARD, accept, confirm, correct, read_back, with_findings
from voice_skill.dialog.asking import Step, ask
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.doubt import doubted, failed, refused
from voice_skill.dialog.effects import Say
from voice_skill.dialog.events import Answered
from voice_skill.dialog.fields import (
    ChoiceField,
    DurationField,
    FreeField,
    NumberField,
    reassuring,
)
from voice_skill.dialog.interpretation import SOFT, Interpretation, Value
from voice_skill.dialog.state import How, State


def understood(dialog: Dialog, state: State, event: Answered) -> Step:
    """An answer to the current question, clear or not."""
    meaning = event.interpretation
    if meaning.reason == "correction" and meaning.field and meaning.outcome == "match":
        if not event.certain and meaning.value == reassuring(dialog.fields[meaning.field]):
            return failed(dialog, state, "nomatch")
        return correct(dialog, state, meaning.field, meaning.value)
    if meaning.reason == "out_of_scope":
        said = Say((dialog.message("not_covered"),))
        return failed(dialog, replace(state, not_covered=True), None, said)
    if meaning.outcome == "match" and _fits(dialog, state, meaning.value):
        return _matched(dialog, state, event)
    if meaning.outcome == "unsure":
        return _unsure(dialog, state, meaning)
    if meaning.reason == "refusal":
        return refused(dialog, state)
    return failed(dialog, state, "nomatch")


def _fits(dialog: Dialog, state: State, value: Value | None) -> bool:
    """Whether the open field can have this value at all; anything else was not understood."""
    field = dialog.fields[state.current or ""]
    if isinstance(field, NumberField | DurationField):
        return isinstance(value, int)
    if isinstance(field, ChoiceField):
        return value in field.values
    return isinstance(field, FreeField) or value in ("yes", "no", "unsure", "skip")


def _matched(dialog: Dialog, state: State, event: Answered) -> Step:
    name, value = state.current or "", event.interpretation.value
    state = with_findings(dialog, state, event.findings)
    soft = event.interpretation.reason in SOFT and dialog.stage_of[name].hedged_no == "reask"
    if (soft or not event.certain) and not isinstance(dialog.fields[name], FreeField):
        return confirm(dialog, state, value)
    doubtful = event.interpretation.reason in ("hedged_yes", "contradiction")
    how: How = "unsure" if doubtful else "heard"
    return accept(dialog, state, value, how)


def _unsure(dialog: Dialog, state: State, meaning: Interpretation) -> Step:
    field = dialog.fields[state.current or ""]
    if field.role == "readback":
        return read_back(dialog, state, "no")
    if meaning.reason == "reask_on":
        return _reask_on(dialog, state, meaning)
    if meaning.reason == "needs_number":
        return _in_figures(dialog, state, meaning)
    fits = _fits(dialog, state, meaning.value)
    accepted = fits and dialog.stage_of[state.current or ""].hedged_no == "accept"
    if meaning.reason == "hedged_no" and accepted:
        return accept(dialog, state, meaning.value, "heard")
    if meaning.reason == "named" and field.topic:
        return doubted(dialog, state, dialog.message("named", topic=field.topic))
    if meaning.reason == "unclear":
        return failed(dialog, state, "nomatch")
    return doubted(dialog, state)


def _reask_on(dialog: Dialog, state: State, meaning: Interpretation) -> Step:
    if state.reask == meaning.reask:
        return doubted(dialog, state)
    return ask(dialog, replace(state, reask=meaning.reask), HEARD)


def _in_figures(dialog: Dialog, state: State, meaning: Interpretation) -> Step:
    if state.tries.words is not None:
        high = max(int(state.tries.words), int(meaning.value or 0))
        return accept(dialog, state, high, "heard")
    tries = replace(state.tries, words=meaning.value)
    return ask(dialog, replace(state, tries=tries), HEARD)
