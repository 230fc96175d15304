"""What an answer to one of the coach's questions does."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from voice_skill.coaching.choosing import exercise_at
from voice_skill.coaching.interrupting import go_on
from voice_skill.coaching.meaning import Meaning
from voice_skill.coaching.progress import ask, enter
from voice_skill.coaching.state import Coach, Question, State, Step
from voice_skill.coaching.stop_rule import (
    close_gate,
    end_urgent,
    end_with,
    noted,
    risen,
    told_pain,
    travels,
    unanswered,
)

Answer = Callable[[Coach, State, Question, Meaning, float], Step]


def answered(coach: Coach, state: State, meaning: Meaning, at: float) -> Step:
    """An answer to the open question, clear or not."""
    question = state.question
    assert question is not None
    return _ANSWERS[question.name](coach, state, question, meaning, at)


def _check_in(coach: Coach, state: State, question: Question, meaning: Meaning, at: float) -> Step:
    if meaning.kind == "fine":
        return go_on(coach, state, at)
    if meaning.kind in ("number", "hurts") and meaning.value is not None:
        pain = int(meaning.value)
        usual = (
            coach.start_pain is not None and pain <= coach.start_pain < coach.limits.rest_pain.value
        )
        if meaning.kind == "number" and (
            usual or (pain <= coach.limits.easy_pain.value and not risen(coach, pain))
        ):
            return go_on(coach, noted(coach, state, pain), at)
        return told_pain(coach, replace(state, question=None), pain, at)
    if meaning.kind in ("not_fine", "hurts", "doubt", "complaint"):
        return ask(coach, replace(state, question=None), "pain", at)
    return unanswered(coach, state, at, silent=False)


def _hurting(coach: Coach, state: State, question: Question, meaning: Meaning, at: float) -> Step:
    """Only a clear no goes on; the question that it put off comes again."""
    if meaning.kind == "painless" and meaning.value is not None:
        return ask(coach, replace(state, question=question.under), "check_in", at)
    if meaning.kind == "painless":
        return go_on(coach, state, at)
    if meaning.kind in ("number", "hurts") and meaning.value is not None:
        return told_pain(coach, replace(state, question=None), int(meaning.value), at)
    if meaning.kind in ("hurts", "not_fine", "doubt", "complaint"):
        return ask(coach, replace(state, question=question.under), "pain", at)
    return unanswered(coach, state, at, silent=False)


def _number(question: Question, meaning: Meaning) -> tuple[int | None, Question]:
    """The pain in figures; words count once figures were asked for."""
    if meaning.kind in ("number", "hurts") and meaning.value is not None:
        return int(meaning.value), question
    if meaning.kind == "pain_words" and meaning.value is not None:
        words = max(int(meaning.value), question.words or 0)
        if question.words is not None or question.failures:
            return words, question
        return None, replace(question, words=words)
    return None, question


def _pain(coach: Coach, state: State, question: Question, meaning: Meaning, at: float) -> Step:
    pain, question = _number(question, meaning)
    if pain is None:
        return unanswered(coach, replace(state, question=question), at, silent=False)
    return told_pain(coach, replace(state, question=None), pain, at)


def _end(coach: Coach, state: State, question: Question, meaning: Meaning, at: float) -> Step:
    pain, question = _number(question, meaning)
    if pain is None:
        if meaning.kind == "fine" and question.failures:
            return end_with(coach, replace(state, limited=True), "walk")
        return unanswered(coach, replace(state, question=question), at, silent=False)
    state = noted(coach, state, pain)
    if pain >= coach.limits.urgent_pain.value:
        return end_urgent(coach, state)
    return end_with(coach, *_leads_to(coach, state, pain))


def _leads_to(
    coach: Coach, state: State, pain: int
) -> tuple[State, Literal["run", "walk", "rest"]]:
    """The brief's 4.4: easy and not up, moderate or up, strong.

    Who left out too many of the drills is not warm, so there is no run either.
    """
    limits = coach.limits
    if pain >= limits.rest_pain.value:
        return state, "rest"
    up = coach.start_pain is not None and pain >= coach.start_pain + limits.end_rise.value
    cold = _percent_left_out(state) >= limits.left_out_percent.value
    if pain > limits.easy_pain.value or up or cold or state.limited:
        return replace(state, limited=True), "walk"
    return state, coach.routine.best


def _percent_left_out(state: State) -> float:
    """Of all that was done or left out; where nothing was done, all."""
    drills = len(state.done) + len(state.skipped)
    return 100 * len(state.skipped) / drills if drills else 100.0


def _stopped(coach: Coach, state: State, question: Question, meaning: Meaning, at: float) -> Step:
    if meaning.kind == "finish":
        return finish_early(coach, state, at)
    if meaning.kind == "fine":
        return unanswered(coach, state, at, silent=False)
    if meaning.kind in ("hurts", "not_fine", "complaint"):
        return ask(coach, replace(state, question=None), "pain", at)
    return unanswered(coach, state, at, silent=False)


def finish_early(coach: Coach, state: State, at: float) -> Step:
    """Not all was done: at most a walk, after the last number; none is due before the gate."""
    if state.gated < len(coach.gate):
        return close_gate(coach, state)
    index = len(coach.exercises)
    rest = tuple(exercise_at(coach, state, i).id for i in range(state.place.exercise, index))
    state = replace(state, limited=True, skipped=(*state.skipped, *rest), question=None)
    return enter(coach, state, index, at)


def _reach(coach: Coach, state: State, question: Question, meaning: Meaning, at: float) -> Step:
    if meaning.kind != "reach":
        return unanswered(coach, state, at, silent=False)
    reach = coach.roles.reach
    assert reach is not None  # else nothing asks for it
    if meaning.value == reach.nowhere and question.name == "reach_check":
        return go_on(coach, replace(state, reach_doubt=False), at)
    return travels(coach, state, "", meaning.value)


def _floor(coach: Coach, state: State, question: Question, meaning: Meaning, at: float) -> Step:
    if meaning.kind == "hurts":
        return ask(coach, state, "pain", at)
    lying = meaning.kind == "fine"
    return enter(coach, replace(state, lying=lying), state.place.exercise, at)


def _gate(coach: Coach, state: State, question: Question, meaning: Meaning, at: float) -> Step:
    """Only a clear yes goes on; what is unclear is asked again once."""
    if meaning.kind == "fine":
        return enter(coach, replace(state, gated=state.gated + 1), 0, at)
    again = (
        meaning.kind not in ("not_fine", "hurts")
        and question.failures + 1 < coach.limits.unclear_answers.value
    )
    if again:
        return unanswered(coach, state, at, silent=False)
    return close_gate(coach, state)


_ANSWERS: dict[str, Answer] = {
    "check_in": _check_in,
    "hurting": _hurting,
    "end": _end,
    "pain": _pain,
    "stopped": _stopped,
    "reach": _reach,
    "reach_check": _reach,
    "floor": _floor,
    "gate": _gate,
}
