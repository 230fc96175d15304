"""What an answer, a doubt or a silence does to a conversation.

The asymmetry of the brief (2.1) lives here: a safe value needs a clear answer; doubt is asked
again and then counts as the unsafe value; what is never heard is never taken as safe.
"""

from dataclasses import replace

from voice_skill.dialog.asking import Step, advance, again, ask, listen
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Earcon, Effect, Say
from voice_skill.dialog.events import Answered
from voice_skill.dialog.fields import (
    ChoiceField,
    DurationField,
    FreeField,
    NumberField,
    YesNoField,
    reassuring,
)
from voice_skill.dialog.interpretation import SOFT, Interpretation, Value
from voice_skill.dialog.state import How, Pending, State, Tries

DOUBTS = 2
"""The second doubt about a question settles it on the unsafe side (brief, 2.1)."""
REFUSALS = 2
"""A refusal is asked again once (brief, 2.6.9)."""
READBACKS = 4
"""A summary that is wrong so often cannot be made right by asking on: it is not confirmed."""
HEARD = Earcon("heard")


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
        return _refused(dialog, state)
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
    for field, found in event.findings.items():
        if field not in state.answers and dialog.stage_of[field].not_heard == "unknown":
            state = state.with_answer(field, found, "volunteered")
    soft = event.interpretation.reason in SOFT and dialog.stage_of[name].hedged_no == "reask"
    if (soft or not event.certain) and not isinstance(dialog.fields[name], FreeField):
        return confirm(dialog, state, value)
    doubtful = event.interpretation.reason in ("hedged_yes", "contradiction")
    how: How = "unsure" if doubtful else "heard"
    return accept(dialog, state, value, how)


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
        return _read_back(dialog, state, value if how == "heard" else "no")
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


def _read_back(dialog: Dialog, state: State, value: Value | None) -> Step:
    if value == "yes":
        return advance(dialog, state.with_answer(state.current or "", "yes", "heard"), HEARD)
    state = replace(state, readbacks=state.readbacks + 1)
    if state.readbacks >= READBACKS:
        return advance(dialog, state.with_answer(state.current or "", None, "incomplete"))
    wrong = dialog.by_role("wrong_part")
    return ask(dialog, replace(state, current=wrong, tries=Tries(), pending=None), HEARD)


def _reopen(dialog: Dialog, state: State, name: str) -> Step:
    """Ask one field again, with what followed from it."""
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


def _unsure(dialog: Dialog, state: State, meaning: Interpretation) -> Step:
    field = dialog.fields[state.current or ""]
    if field.role == "readback":
        return _read_back(dialog, state, "no")
    if meaning.reason == "reask_on":
        return _reask_on(dialog, state, meaning)
    if meaning.reason == "needs_number":
        return _in_figures(dialog, state, meaning)
    fits = _fits(dialog, state, meaning.value)
    accepted = fits and dialog.stage_of[state.current or ""].hedged_no == "accept"
    if meaning.reason == "hedged_no" and (accepted or state.tries.doubts == 0):
        if accepted:
            return accept(dialog, state, meaning.value, "heard")
    elif meaning.reason == "unclear":
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


def doubted(dialog: Dialog, state: State) -> Step:
    """ "I don't know", "not really": ask again once, then take the unsafe side."""
    tries = replace(state.tries, doubts=state.tries.doubts + 1)
    state = replace(state, tries=tries)
    if tries.doubts >= DOUBTS:
        return accept(dialog, state, *doubtful(dialog, state))
    return again(dialog, state, "dont_know_1")


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


def _refused(dialog: Dialog, state: State) -> Step:
    tries = replace(state.tries, refusals=state.tries.refusals + 1)
    state = replace(state, tries=tries)
    if tries.refusals >= REFUSALS:
        return not_heard(dialog, state)
    return again(dialog, state, "refused")


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
    if field.role in ("gate", "health_changed") or dialog.stage_of[name].id == "opening":
        return accept(dialog, state, "unsure", "unsure")  # the long way round, not the short one
    if field.role in ("readback", "wrong_part"):
        readback = dialog.by_role("readback")
        return advance(dialog, state.with_answer(readback, None, "incomplete"))
    if isinstance(field, NumberField) and state.tries.words is not None:
        return accept(dialog, state, state.tries.words, "unsure")
    if dialog.stage_of[name].not_heard == "incomplete":
        return accept(dialog, state, None, "incomplete")
    return accept(dialog, state, None, "unknown")
