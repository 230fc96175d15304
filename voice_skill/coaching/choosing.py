"""Which drill of a step is done: its own or its swap, and never one that is not for this runner."""

from voice_skill.coaching.exercise import Exercise
from voice_skill.coaching.state import Coach, State


def exercise_of(coach: Coach, state: State) -> Exercise:
    """The exercise that is due or going on."""
    return exercise_at(coach, state, min(state.place.exercise, len(coach.exercises) - 1))


def exercise_at(coach: Coach, state: State, index: int) -> Exercise:
    """What is done in a step of the routine."""
    own = coach.exercises[index]
    return own.swap if own.swap and index in state.swapped else own


def other_at(coach: Coach, state: State, index: int) -> Exercise | None:
    """What may be done in a step instead. None: nothing that is for this runner today."""
    own = coach.exercises[index]
    other = own if index in state.swapped else own.swap
    return None if other is None or left_out(coach, state, other) else other


def left_out(coach: Coach, state: State, exercise: Exercise) -> bool:
    """Whether a drill is not for this runner today: by the worst pain of the day."""
    if state.no_impact and exercise.drill.impact:
        return True
    values = {
        **coach.values,
        "pain_up": "yes" if state.pain_up else "no",
        "early": "yes" if coach.early else "no",
    }
    told = [pain for pain in (coach.start_pain, state.pain) if pain is not None]
    if told:
        values |= coach.roles.with_pain(max(told))
    return exercise.skip_when.holds(values)
