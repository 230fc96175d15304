"""Stopping in mid-drill and going on without losing the place, the count or the time."""

from dataclasses import replace

from voice_skill.coaching.choosing import exercise_of
from voice_skill.coaching.effects import Say
from voice_skill.coaching.pace import PAUSE_SECONDS, speech_seconds
from voice_skill.coaching.progress import ask_again, enter, open_routine, turn
from voice_skill.coaching.state import Coach, State, Step


def hold(state: State, at: float) -> State:
    """Keep what was left until the next beat. Held twice it stays as it was."""
    if not state.moving or state.due_seconds is None:
        return state
    return replace(state, left_seconds=max(0.0, state.due_seconds - at))


def go_on(coach: Coach, state: State, at: float, before: tuple[str, ...] = ()) -> Step:
    """Take up what was interrupted: the question put off, the sentence cut short, or the count."""
    state = replace(state, paused=False)
    under = state.question.under if state.question else None
    if under:
        return ask_again(coach, replace(state, question=under), at, before)
    state, before = _explained(coach, replace(state, question=None), before)
    place = state.place
    if place.phase == "opening":
        return open_routine(coach, state, at, before)
    if place.phase == "setup":
        return enter(coach, state, place.exercise, at, before)
    if place.phase == "turn":
        back = replace(state, place=replace(place, side=1 - place.side))
        return turn(coach, back, at, before)
    due = at + speech_seconds(before) + state.left_seconds
    return replace(state, due_seconds=due), (Say(before),) if before else ()


def _explained(
    coach: Coach, state: State, before: tuple[str, ...]
) -> tuple[State, tuple[str, ...]]:
    """After a cut-off: the drill again, and the side, before its count goes on."""
    place = state.place
    if not state.set_up_again:
        return state, before
    state = replace(state, set_up_again=False)
    if place.phase not in ("work", "hold", "turn"):
        return state, before
    exercise = exercise_of(coach, state)
    lines = exercise.lines(state.forms.get(place.exercise))
    if exercise.drill.sides == "each" and place.phase != "turn":
        lines = (*lines, coach.message("right" if place.side else "back_left"))
    return state, (*before, *lines)


def tell(coach: Coach, state: State, lines: tuple[str, ...], at: float) -> Step:
    """Say something in between, then go on as before: the beat waits for the end of it."""
    if state.question:
        return ask_again(coach, state, at, lines)
    if state.paused:
        return replace(state, due_seconds=at + PAUSE_SECONDS), (Say(lines),)
    return go_on(coach, hold(state, at), at, lines)
