"""How a warm-up goes on by itself: from beat to beat, from drill to drill."""

from dataclasses import replace

from voice_skill.coaching.choosing import exercise_at, exercise_of, left_out, other_at
from voice_skill.coaching.effects import Ask, Count, Earcon, Effect, Say
from voice_skill.coaching.exercise import CHUNK_SECONDS, Exercise
from voice_skill.coaching.pace import ANSWER_SECONDS, speech_seconds
from voice_skill.coaching.routine import Asked, GateQuestion
from voice_skill.coaching.state import Coach, Place, Question, State, Step
from voice_skill.coaching.wording import QuestionName

ANNOUNCED_FROM_CHUNKS = 3
"""A shorter timed drill is over before "halfway" would help."""


def open_routine(coach: Coach, state: State, at: float, before: tuple[str, ...] = ()) -> Step:
    """Say how it goes."""
    early = (coach.routine.opening_early,) if coach.early else ()
    lines = (*before, coach.routine.opening, *early)
    state = replace(state, place=Place(), due_seconds=at + speech_seconds(lines))
    return state, (Say(lines),)


def enter(coach: Coach, state: State, index: int, at: float, before: tuple[str, ...] = ()) -> Step:
    """Begin an exercise, leaving out those that are not for today. The gate comes before any."""
    if state.gated < len(coach.gate) and index < len(coach.exercises):
        return ask(coach, replace(state, place=Place(), question=None), "gate", at, before)
    while index < len(coach.exercises):
        exercise = exercise_at(coach, state, index)
        if not left_out(coach, state, exercise):
            break
        before = (*before, coach.message("left_out", name=exercise.drill.name))
        state = replace(state, skipped=(*state.skipped, exercise.id))
        index += 1
    state = replace(
        state, place=Place(index, "setup"), question=None, paused=False, set_up_again=False
    )
    if index >= len(coach.exercises):
        return ask(coach, state, "end", at, before)
    if exercise.drill.floor and state.lying is None and state.forms.get(index) != "standing":
        return ask(coach, state, "floor", at, before)
    if exercise.drill.floor and not state.lying and index not in state.forms:
        state = replace(state, forms={**state.forms, index: "standing"})
    return _set_up(coach, state, exercise, at, before)


def _set_up(
    coach: Coach, state: State, exercise: Exercise, at: float, before: tuple[str, ...]
) -> Step:
    """Explain the drill. The offer is said by itself: only then is the ear closed to its words."""
    index = state.place.exercise
    lines = (*before, *exercise.lines(state.forms.get(index)))
    offer = exercise.offer if other_at(coach, state, index) else ()
    side = (coach.message("left"),) if exercise.drill.sides == "each" else ()
    due = at + speech_seconds((*lines, *offer, *side))
    said = (Say(lines), Say(offer), Say(side)) if offer else (Say((*lines, *side)),)
    return replace(state, due_seconds=due), tuple(say for say in said if say.lines)


def beat(coach: Coach, state: State, at: float) -> Step:
    """What is due happens."""
    place = state.place
    if place.phase == "opening":
        return enter(coach, state, 0, at)
    if place.phase == "hold":
        seconds = exercise_of(coach, state).drill.rep_seconds * state.factor
        state = replace(state, place=replace(place, phase="work"), due_seconds=at + seconds)
        return state, (Earcon("tick"),)
    if place.phase == "breath":
        return leave(coach, state, at, done=True)
    return _rep(coach, replace(state, place=replace(place, phase="work")), at)


def _rep(coach: Coach, state: State, at: float) -> Step:
    """The next rep of this side, or the other side, or the end of the drill."""
    exercise, place = exercise_of(coach, state), state.place
    side = place.side
    if exercise.drill.sides == "alternating":
        side = 0 if place.done[0] <= place.done[1] else 1
    if place.done[side] >= exercise.reps:
        if exercise.drill.sides == "each" and place.done[1 - side] < exercise.reps:
            return turn(coach, state, at)
        return _breathe(coach, state, exercise, at)
    done = (place.done[0] + (side == 0), place.done[1] + (side == 1))
    state = replace(state, place=replace(place, side=side, done=done))
    if exercise.timed:
        return _chunk(coach, state, exercise, at)
    number = sum(done) if exercise.drill.sides == "alternating" else done[side]
    sound: Effect = Count(number) if state.counting else Earcon("tick")
    if exercise.drill.hold_seconds:
        place = replace(state.place, phase="hold")
        due = at + exercise.drill.hold_seconds
        return replace(state, place=place, due_seconds=due), (sound,)
    return replace(state, due_seconds=at + exercise.rep_seconds * state.factor), (sound,)


def _chunk(coach: Coach, state: State, exercise: Exercise, at: float) -> Step:
    """A piece of a timed drill; the first one is the shorter."""
    now, chunks = state.place.done[0], exercise.reps
    first = exercise.work_seconds - CHUNK_SECONDS * (chunks - 1)
    due = at + (first if now == 1 else CHUNK_SECONDS)
    effects: tuple[Effect, ...] = ()
    if chunks >= ANNOUNCED_FROM_CHUNKS and now == chunks:
        effects = (Say((coach.message("ten_seconds"),)),)
    elif chunks >= ANNOUNCED_FROM_CHUNKS and now == chunks // 2 + 1:
        effects = (Say((coach.message("halfway"),)),)
    return replace(state, due_seconds=due), effects


def turn(coach: Coach, state: State, at: float, before: tuple[str, ...] = ()) -> Step:
    """The other side."""
    side = 1 - state.place.side
    started = state.place.done[side] > 0
    name = coach.message("right") if side else coach.message("back_left" if started else "left")
    lines = (*before, name)
    place = replace(state.place, side=side, phase="turn")
    return replace(state, place=place, due_seconds=at + speech_seconds(lines)), (Say(lines),)


def _breathe(coach: Coach, state: State, exercise: Exercise, at: float) -> Step:
    place = replace(state.place, phase="breath")
    state = replace(state, place=place, due_seconds=at + exercise.breath_seconds)
    praise = coach.message("drill_done")
    fits = exercise.breath_seconds >= speech_seconds((praise,))
    return state, (Say((praise,)),) if fits else ()


def leave(coach: Coach, state: State, at: float, done: bool, before: tuple[str, ...] = ()) -> Step:
    """A drill is over, done or skipped: the next one, perhaps after a check-in."""
    index = state.place.exercise
    if index < len(coach.exercises):
        name = exercise_at(coach, state, index).id
        if done:
            state = replace(state, done=(*state.done, name))
        else:
            state = replace(state, skipped=(*state.skipped, name))
    state = replace(state, since_check=state.since_check + 1, question=None, paused=False)
    last = index + 1 >= len(coach.exercises)
    if state.since_check >= coach.routine.check_in.every and not last:
        state = replace(state, place=Place(index + 1, "setup"), since_check=0)
        return ask(coach, state, "check_in", at, before)
    return enter(coach, state, index + 1, at, before)


def asked(coach: Coach, state: State, name: QuestionName) -> Asked:
    """The wording of a question."""
    if name == "gate":
        return coach.gate[state.gated]
    if name == "check_in":
        return coach.routine.check_in
    if name == "end":
        return coach.routine.end
    return coach.wording.questions[name]


def ask(
    coach: Coach, state: State, name: QuestionName, at: float, before: tuple[str, ...] = ()
) -> Step:
    """Stop moving and ask. A question that was open before is asked again later."""
    under = state.question
    if under and under.name == name:
        under = under.under
    return ask_again(coach, replace(state, question=Question(name, under=under)), at, before)


def ask_again(coach: Coach, state: State, at: float, before: tuple[str, ...] = ()) -> Step:
    """Say the open question in the wording that is its turn."""
    question = state.question
    assert question is not None
    wording = asked(coach, state, question.name)
    lines = (*before, wording.reask if question.failures else wording.ask)
    due = at + speech_seconds(lines) + ANSWER_SECONDS
    if isinstance(wording, GateQuestion):
        due += wording.wait_seconds
    state = replace(state, due_seconds=due, paused=False)
    return state, (Say(lines), Earcon("listening"), Ask(question.name))
