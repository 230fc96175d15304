"""The conversation as a function: `step(dialog, state, event) -> (state, effects)`.

No clock, no file, no thread, no sound. The same events give the same state, so a kept list of
events is a session: it resumes after a crash, and it can be tested, simulated and searched.
"""

from collections.abc import Iterable
from dataclasses import replace

from voice_skill.dialog.accepting import accept, alarmed, with_findings
from voice_skill.dialog.answering import understood
from voice_skill.dialog.asking import Step, advance, ask, begin, listen
from voice_skill.dialog.commands import obey, question
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.doubt import doubtful, failed
from voice_skill.dialog.effects import Adjust, Earcon, Effect, Say
from voice_skill.dialog.events import (
    Answered,
    Device,
    Event,
    NoMatch,
    Resumed,
    Started,
)
from voice_skill.dialog.fields import could_be_graver, mildest
from voice_skill.dialog.graveness import grave
from voice_skill.dialog.interpretation import Interpretation, Value
from voice_skill.dialog.state import Pending, State, Tries, decision

CONFIRM_ATTEMPTS = 2
"""So often "did you say...?" is asked before its silence counts."""
DANGERS = 2
"""A danger phrase that comes again when its question was asked so often contradicts the answers,
which is doubt; else a word that is misheard each time would be asked about without end."""
COMMANDS = 4
"""So often a command may leave one question open. An answer that is misheard each time ("the same"
as "repeat") would else be asked for without end; found by `voice-skill simulate`."""


def step(dialog: Dialog, state: State, event: Event) -> Step:
    """One event in, the new state and what is to be done out."""
    if isinstance(event, Started):
        fresh = State(profile=dict(event.profile), past=event.past, forced=event.asks)
        return begin(dialog, fresh, Say((dialog.text(dialog.intro),)))
    if isinstance(event, Device):
        return _device(dialog, state, event)
    if isinstance(event, Resumed):
        return _resumed(dialog, state)
    if isinstance(event, Answered):
        return _answered(dialog, state, event)
    if state.finished:
        return state, ()
    if state.paused:
        return state, (listen(state),)
    if isinstance(event, NoMatch):
        return _pieces(dialog, state, event)
    return _unconfirmed(dialog, state) if state.pending else failed(dialog, state, "noinput")


def replay(dialog: Dialog, events: Iterable[Event]) -> State:
    """The state after these events: what a session cut off by a crash goes on from."""
    state = State()
    for event in events:
        state, _ = step(dialog, state, event)
    return state


def _answered(dialog: Dialog, state: State, event: Answered) -> Step:
    meaning = event.interpretation
    if meaning.outcome == "universal":
        return _commanded(dialog, state, str(meaning.value))
    if state.finished:
        return state, (Say(decision(dialog, state).spoken),) if state.finished.care else ()
    if meaning.outcome == "danger" and meaning.field:
        return _danger(dialog, replace(state, paused=False), event, meaning)
    if state.paused:
        return state, (listen(state),)
    if state.pending:
        return _confirmed(dialog, state, event)
    return understood(dialog, state, event)


def _commanded(dialog: Dialog, state: State, name: str) -> Step:
    """Obey. What leaves a question open beyond its limit counts as nothing understood as well."""
    after, effects = obey(dialog, state, name)
    counted = replace(after.tries, commands=state.tries.commands)
    if state.paused or state.current is None or replace(after, tries=counted) != state:
        return after, effects
    state = replace(after, tries=replace(counted, commands=counted.commands + 1))
    if state.tries.commands <= COMMANDS:
        return state, effects
    state, told = step(dialog, state, NoMatch())
    return state, (*(e for e in effects if isinstance(e, Adjust)), *told)


def _danger(dialog: Dialog, state: State, event: Answered, meaning: Interpretation) -> Step:
    """A danger phrase said in any turn: take it, or ask its question now."""
    name = meaning.field or ""
    state = _opened(dialog, state, event)
    if meaning.value is not None and event.certain:
        state = state.with_answer(name, meaning.value, "danger")
        state = replace(state, pending=None)
        if state.current == dialog.by_role("readback"):
            state = state.without(dialog.by_role("readback"))
        return advance(dialog, state, Earcon("heard"))
    if state.dangers.count(name) >= DANGERS:
        state = replace(state, current=name, tries=Tries(), reask=None, pending=None)
        return accept(dialog, state, *doubtful(dialog, state))
    return _ask_of_danger(dialog, state, name)


def _opened(dialog: Dialog, state: State, event: Answered) -> State:
    """After the opening sentence named a sign: it was heard, and is not asked for again."""
    name = state.current
    if name is None or state.pending or dialog.fields[name].role != "opening":
        return state
    state = with_findings(dialog, state, event.findings)
    state = state.with_answer(name, event.said, "heard")
    return replace(state, history=(*(h for h in state.history if h != name), name))


def _ask_of_danger(dialog: Dialog, state: State, name: str) -> Step:
    """Ask the question of a danger phrase now, whether it was answered before or not."""
    state = replace(state, current=name, tries=Tries(), reask=None, pending=None)
    dangers, forced = (*state.dangers, name), (*state.forced, name)
    return ask(
        dialog, replace(state.without(name), forced=forced, dangers=dangers), Earcon("heard")
    )


def _confirmed(dialog: Dialog, state: State, event: Answered) -> Step:
    meaning, pending = event.interpretation, state.pending
    alarm = pending is not None and pending.alarm and meaning.value == "yes"
    clear = alarm or (meaning.reason != "weak" and event.certain)
    if pending is None or meaning.outcome != "match" or not clear:
        return _unconfirmed(dialog, state)
    state = replace(state, pending=None)
    if pending.kind == "resume":
        if meaning.value == "yes":
            return state, (Say((question(dialog, state),)), listen(state))
        return obey(dialog, replace(state, forced=grave(dialog, state)), "start_over")
    if meaning.value == "yes":
        return accept(dialog, state, pending.value, "heard")
    return failed(dialog, state, None)


def _pieces(dialog: Dialog, state: State, event: NoMatch) -> Step:
    """Words that make no answer. A danger phrase among them has its question asked, within limits;
    a grave answer is asked about, and a second time it stands.

    Others' talk comes out as such pieces too: of themselves they never settle anything.
    """
    pending, alarm, name = state.pending, event.alarm, event.mentioned
    if name is not None and _may_be_graver(dialog, state, name):
        return _ask_of_danger(dialog, state, name)
    if pending is None:
        return failed(dialog, state, "nomatch") if alarm is None else alarmed(dialog, state, alarm)
    if alarm == "yes" and pending.alarm:
        return accept(dialog, replace(state, pending=None), pending.value, "unsure")
    return _unconfirmed(dialog, state)


def _may_be_graver(dialog: Dialog, state: State, name: str) -> bool:
    """Whether a question, asked because of pieces, could still bring out something graver."""
    given = state.answers.get(name)
    known = given is not None and given.value is not None
    graver = given is None or could_be_graver(dialog.fields[name], given.value)
    return state.dangers.count(name) < DANGERS and (graver or not known)


def _unconfirmed(dialog: Dialog, state: State) -> Step:
    """No clear word on whether the answer was right: the unsafe value stands, the safe does not."""
    pending = state.pending or Pending("value")
    if pending.kind == "resume":
        return ask(dialog, replace(state, pending=None))
    if pending.failures + 1 < CONFIRM_ATTEMPTS:
        state = replace(state, pending=replace(pending, failures=pending.failures + 1))
        effects: tuple[Effect, ...] = (
            Earcon("not_heard"),
            Say((question(dialog, state),)),
            replace(listen(state), field=dialog.by_role("confirm")),
        )
        return state, effects
    state = replace(state, pending=None)
    if pending.alarm or _is_safe(dialog, state.current or "", pending.value):
        return failed(dialog, state, "nomatch")
    return accept(dialog, state, pending.value, "unsure")


def _is_safe(dialog: Dialog, name: str, value: Value | None) -> bool:
    field = dialog.fields[name]
    if field.role == "readback":
        return value == "yes"
    return value in (dialog.safe_values.get(name), mildest(field)) or isinstance(value, int)


def _device(dialog: Dialog, state: State, event: Device) -> Step:
    """Without ears or a voice nothing goes on; then what may not have been heard comes again."""
    about, end = f"device_{event.direction}", state.finished
    told = end is not None and (end.care is None or event.direction == "input")
    if told or (state.current is None and end is None):
        return state, ()
    if not event.present:
        return state, (Earcon("error"), Say((dialog.message(f"{about}_lost"),)))
    back = dialog.message(f"{about}_back")
    if end is not None:
        return state, (Say((back, *decision(dialog, state).spoken)), end)
    return state, (Say((back, question(dialog, state))), listen(state))


def _resumed(dialog: Dialog, state: State) -> Step:
    if state.finished and state.finished.care:
        return state, (Say(decision(dialog, state).spoken), state.finished)
    if state.finished or state.current is None:
        return step(dialog, State(), Started(dict(state.profile), state.past))
    state = replace(state, paused=False, pending=Pending("resume"))
    line = dialog.message("resume_offer", where=question(dialog, replace(state, pending=None)))
    return state, (Say((line,)), replace(listen(state), field=dialog.by_role("confirm")))
