"""What the runner may say at any moment, whatever goes on."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from voice_skill.coaching.answering import finish_early
from voice_skill.coaching.choosing import exercise_of, other_at
from voice_skill.coaching.effects import Adjust, Earcon, Say
from voice_skill.coaching.interrupting import go_on, hold, tell
from voice_skill.coaching.pace import PAUSE_SECONDS, TEMPOS, speech_seconds
from voice_skill.coaching.progress import ask, ask_again, enter, leave, turn
from voice_skill.coaching.remaining import reps_left, time_left
from voice_skill.coaching.state import Coach, State, Step
from voice_skill.coaching.stop_rule import easier as do_easier
from voice_skill.coaching.stop_rule import standing
from voice_skill.coaching.wording import MessageName

Command = Callable[[Coach, State, float], Step]


def obey(coach: Coach, state: State, name: str, at: float) -> Step:
    """Carry out a command."""
    state, effects = _COMMANDS[name](coach, state, at)
    return state, (Earcon("heard"), *effects)


def _pause(coach: Coach, state: State, at: float) -> Step:
    lines = (coach.message("paused"),)
    state = replace(hold(state, at), paused=True)
    state = replace(state, due_seconds=at + speech_seconds(lines) + PAUSE_SECONDS)
    return state, (Say(lines),)


def _resume(coach: Coach, state: State, at: float) -> Step:
    lines = (coach.message("resumed"),)
    if state.question and state.question.name != "stopped":
        return ask_again(coach, state, at)
    return go_on(coach, hold(state, at), at, lines)


def _stop(coach: Coach, state: State, at: float) -> Step:
    if state.question and state.question.name == "stopped":
        return finish_early(coach, state, at)
    if state.question and state.question.name == "end":
        return ask_again(coach, state, at)  # all is done: only the number is missing
    return ask(coach, hold(state, at), "stopped", at)


def _repeat(coach: Coach, state: State, at: float) -> Step:
    begun = state.paused or state.place.phase not in ("opening", "setup")
    if state.question or not begun:
        return tell(coach, state, (), at)  # the question or the whole setup is said again
    lines = exercise_of(coach, state).lines(state.forms.get(state.place.exercise))
    return tell(coach, state, lines, at)


def _next(coach: Coach, state: State, at: float) -> Step:
    if _must_answer(state):
        return _ask_first(coach, state, at)
    if state.place.phase == "opening":
        return enter(coach, state, 0, at)
    return leave(coach, state, at, done=False)


def _back(coach: Coach, state: State, at: float) -> Step:
    if _must_answer(state):
        return _ask_first(coach, state, at)
    index = state.place.exercise - 1
    name: MessageName = "back" if index >= 0 else "first_drill"
    return enter(coach, state, max(0, index), at, (coach.message(name),))


def _must_answer(state: State) -> bool:
    """Questions that no command gets around: a check-in, a number, where pain goes."""
    question = state.question
    if question is None:
        return False
    return question.under is not None or question.name not in ("stopped", "floor")


def _ask_first(coach: Coach, state: State, at: float) -> Step:
    """The question that is open; behind "stopped", the one that it put off."""
    if state.question and state.question.name == "stopped":
        return go_on(coach, state, at)
    return ask_again(coach, state, at)


def _easier(coach: Coach, state: State, at: float) -> Step:
    if state.question and state.question.name == "check_in":
        state = replace(state, question=None)  # brief 4.4: an answer to a check-in
    if state.question:
        return ask_again(coach, state, at)
    return do_easier(coach, replace(hold(state, at), paused=False), at)


def _another(coach: Coach, state: State, at: float) -> Step:
    """A floor drill standing; else the other drill of the step, from its beginning.

    What was made easier stays so.
    """
    if _must_answer(state):
        return _ask_first(coach, state, at)
    index, exercise = state.place.exercise, exercise_of(coach, state)
    other = other_at(coach, state, index)
    begun = state.place.phase != "opening"
    if begun and exercise.drill.standing and state.forms.get(index) != "standing":
        return standing(coach, state, at)
    if not begun or other is None:
        return tell(coach, state, (coach.message("no_swap"),), at)
    forms = {i: form for i, form in state.forms.items() if i != index or form == "easier"}
    state = replace(state, swapped=state.swapped ^ {index}, forms=forms)
    return enter(coach, state, index, at, (coach.message("swap"),))


def _tempo(step: Literal[-1, 1], name: MessageName) -> Command:
    def command(coach: Coach, state: State, at: float) -> Step:
        tempo = state.tempo + step
        if not 0 <= tempo < len(TEMPOS):
            return tell(coach, state, (coach.message("at_limit"),), at)
        return tell(coach, replace(state, tempo=tempo), (coach.message(name),), at)

    return command


def _volume(step: Literal[-1, 1], name: MessageName) -> Command:
    def command(coach: Coach, state: State, at: float) -> Step:
        state, effects = tell(coach, state, (coach.message(name),), at)
        return state, (Adjust("volume", step), *effects)

    return command


def _counting(counting: bool, name: MessageName) -> Command:
    def command(coach: Coach, state: State, at: float) -> Step:
        return tell(coach, replace(state, counting=counting), (coach.message(name),), at)

    return command


def _switch(coach: Coach, state: State, at: float) -> Step:
    exercise, place = exercise_of(coach, state), state.place
    if state.question or place.phase == "opening":
        return tell(coach, state, (), at)
    if state.paused:
        return tell(coach, state, (coach.message("still_paused"),), at)
    if exercise.drill.sides != "each":
        return tell(coach, state, (coach.message("one_side"),), at)
    if place.done[1 - place.side] >= exercise.reps:
        return tell(coach, state, (reps_left(coach, hold(state, at)),), at)
    return turn(coach, state, at, (coach.message("switched"),))


def _how(coach: Coach, state: State, at: float) -> Step:
    return tell(coach, state, (exercise_of(coach, state).drill.how,), at)


def _why(coach: Coach, state: State, at: float) -> Step:
    return tell(coach, state, (exercise_of(coach, state).drill.why,), at)


def _how_many_left(coach: Coach, state: State, at: float) -> Step:
    return tell(coach, state, (reps_left(coach, hold(state, at)),), at)


def _how_long_left(coach: Coach, state: State, at: float) -> Step:
    return tell(coach, state, (time_left(coach, hold(state, at)),), at)


_COMMANDS: dict[str, Command] = {
    "pause": _pause,
    "resume": _resume,
    "repeat": _repeat,
    "next": _next,
    "back": _back,
    "easier": _easier,
    "another": _another,
    "slower": _tempo(1, "slower"),
    "faster": _tempo(-1, "faster"),
    "how_many_left": _how_many_left,
    "how_long_left": _how_long_left,
    "switch_sides": _switch,
    "how": _how,
    "why": _why,
    "louder": _volume(1, "louder"),
    "quieter": _volume(-1, "quieter"),
    "count": _counting(True, "counting"),
    "quiet": _counting(False, "not_counting"),
    "stop": _stop,
}
