"""How much is left of a drill and of the routine, in words; of a state that is held."""

from voice_skill.coaching.choosing import exercise_of
from voice_skill.coaching.exercise import CHUNK_SECONDS
from voice_skill.coaching.state import Coach, State

ALMOST_A_MINUTE_SECONDS = 90.0


def reps_left(coach: Coach, state: State) -> str:
    """How many repetitions are left on this side; of a drill by time, how many seconds."""
    exercise, place = exercise_of(coach, state), state.place
    if exercise.timed:
        return coach.message("seconds_left", count=max(1, round(_drill_seconds(coach, state))))
    if exercise.drill.sides == "alternating":
        count = 2 * exercise.reps - sum(place.done)
        return coach.message("reps_left_plain", count=count)
    count = exercise.reps - place.done[place.side]
    if exercise.drill.sides == "none":
        return coach.message("reps_left_plain", count=count)
    other = place.done[1 - place.side] < exercise.reps
    return coach.message("reps_left_then" if other else "reps_left", count=count)


def time_left(coach: Coach, state: State) -> str:
    """How many minutes are left of the routine."""
    later = coach.exercises[state.place.exercise + 1 :]
    seconds = _drill_seconds(coach, state) + sum(e.step.seconds for e in later)
    if seconds < ALMOST_A_MINUTE_SECONDS:
        return coach.message("minute_left")
    return coach.message("minutes_left", count=round(seconds / 60))


def _drill_seconds(coach: Coach, state: State) -> float:
    exercise, place = exercise_of(coach, state), state.place
    if state.place.phase in ("opening", "setup"):
        return exercise.step.seconds
    if place.phase == "breath":
        return state.left_seconds
    both = exercise.drill.sides == "alternating" or exercise.sides == 2
    reps = exercise.reps * (2 if both else 1) - sum(place.done)
    each = CHUNK_SECONDS if exercise.timed else exercise.rep_seconds * state.factor
    return state.left_seconds + max(0, reps) * each + exercise.breath_seconds
