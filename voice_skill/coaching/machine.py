"""The warm-up as a function: `step(coach, state, event) -> (state, effects)`.

No clock, no sound, no file: times come with the events. The same events give the same warm-up.
"""

from dataclasses import replace

from voice_skill.coaching.answering import answered
from voice_skill.coaching.commands import obey
from voice_skill.coaching.effects import Earcon, Say
from voice_skill.coaching.events import Began, DeviceChanged, Event, Heard, Resumed, Tick
from voice_skill.coaching.interrupting import go_on, hold
from voice_skill.coaching.meaning import Meaning
from voice_skill.coaching.pace import PAUSE_SECONDS
from voice_skill.coaching.progress import ask, ask_again, beat, open_routine
from voice_skill.coaching.state import Coach, State, Step
from voice_skill.coaching.stop_rule import nobody, told_pain, unanswered, warned
from voice_skill.coaching.wording import MessageName

LATE_SECONDS = 0.3
"""A beat up to this late keeps its own time, so that counting does not drift."""


def step(coach: Coach, state: State, event: Event) -> Step:
    """One event in, the new state and what is to be done out."""
    if isinstance(event, Began):
        return open_routine(coach, State(), event.at_seconds)
    if state.ended:
        return state, ()
    if isinstance(event, Resumed):
        return _resumed(coach, state, event.at_seconds)
    if isinstance(event, DeviceChanged):
        return _device(coach, state, event)
    if isinstance(event, Heard):
        state, effects = _heard(coach, state, event)
        if state.reach_doubt and state.moving:  # whatever was said meanwhile
            state, more = ask(coach, hold(state, event.at_seconds), "reach", event.at_seconds)
            return state, (*effects, *more)
        return state, effects
    return _tick(coach, state, event)


def _resumed(coach: Coach, state: State, at: float) -> Step:
    """After a crash nothing goes on before it was asked how it is now."""
    state = replace(hold(state, at), deaf=False, mute=False, paused=False, set_up_again=True)
    lines = (coach.message("cut_off"),)
    if state.question and state.question.name not in ("stopped", "floor"):
        return ask_again(coach, state, at, lines)
    return ask(coach, state, "check_in", at, lines)


def _tick(coach: Coach, state: State, event: Tick) -> Step:
    at, due = event.at_seconds, state.due_seconds
    if due is None or state.away or at < due:
        return state, ()
    if state.paused:
        return _still_paused(coach, state, at)
    if state.question:
        return unanswered(coach, state, at, silent=True)
    return beat(coach, state, due if at - due <= LATE_SECONDS else at)


def _still_paused(coach: Coach, state: State, at: float) -> Step:
    if state.silences:
        return nobody(coach, state)
    state = replace(state, silences=state.silences + 1, due_seconds=at + PAUSE_SECONDS)
    return state, (Say((coach.message("still_paused"),)), Earcon("listening"))


def _heard(coach: Coach, state: State, event: Heard) -> Step:
    at, meaning = event.at_seconds, event.meaning
    warning = warned(coach, state, meaning, event.said, at)
    if warning:
        return warning
    if meaning.kind == "command":
        return obey(coach, state, str(meaning.value), at)
    if meaning.kind == "rest" and (state.question is None or state.question.name == "stopped"):
        return _rest(coach, state, at)
    if meaning.kind == "finish" and state.question is None:
        return obey(coach, state, "stop", at)
    if state.question and not state.paused:
        return answered(coach, state, meaning, at)
    return _in_mid_drill(coach, state, meaning, at)


def _rest(coach: Coach, state: State, at: float) -> Step:
    state = hold(state, at)
    under = state.question.under if state.question else None
    state = replace(state, paused=True, question=under, due_seconds=at + PAUSE_SECONDS)
    return state, (Earcon("heard"), Say((coach.message("rested"),)))


def _in_mid_drill(coach: Coach, state: State, meaning: Meaning, at: float) -> Step:
    """Words without a question: only what speaks against going on changes anything."""
    state = hold(state, at)
    if meaning.kind == "hurts" and meaning.value is not None:
        return told_pain(coach, replace(state, paused=False), int(meaning.value), at)
    if meaning.kind in ("hurts", "not_fine"):
        return ask(coach, state, "pain", at)
    if meaning.kind == "doubt":
        return ask(coach, state, "check_in", at)
    if meaning.kind == "complaint" or (meaning.kind == "unknown" and not state.paused):
        return ask(coach, state, "hurting", at)
    return state, (Earcon("not_heard"),) if meaning.kind in ("unknown", "unclear") else ()


def _device(coach: Coach, state: State, event: DeviceChanged) -> Step:
    """Without ears the stop rule is deaf, without a voice nobody is led: so nothing goes on."""
    at, is_input = event.at_seconds, event.device == "input"
    state = hold(state, at)
    was_away = state.deaf if is_input else state.mute
    state = (
        replace(state, deaf=not event.present)
        if is_input
        else replace(state, mute=not event.present)
    )
    if not event.present:
        lost: MessageName = "microphone_lost" if is_input else "loudspeaker_lost"
        return state, (Earcon("error"), Say((coach.message(lost),)))
    if not was_away:
        return state, ()
    lines = (coach.message("microphone_back" if is_input else "loudspeaker_back"),)
    if state.away:
        return state, (Say(lines),)
    if state.paused:
        return replace(state, due_seconds=at + PAUSE_SECONDS), (Say(lines),)
    if state.question:
        return ask_again(coach, state, at, lines)
    return go_on(coach, state, at, lines)
