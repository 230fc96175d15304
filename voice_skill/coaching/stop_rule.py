"""The stop rule (brief, 4.5): what pain, a danger sign or silence does to a warm-up.

Its numbers are content: `limits.yaml`.
"""

from dataclasses import replace
from typing import Literal

from voice_skill.coaching.choosing import exercise_of
from voice_skill.coaching.effects import Earcon, End, Reopening, Say
from voice_skill.coaching.interrupting import go_on, hold
from voice_skill.coaching.meaning import Meaning
from voice_skill.coaching.progress import ask, ask_again, enter, leave
from voice_skill.coaching.state import Coach, State, Step
from voice_skill.coaching.wording import QuestionName
from voice_skill.dialog.interpretation import Value


def warned(coach: Coach, state: State, meaning: Meaning, said: str, at: float) -> Step | None:
    """What is obeyed before all else, whatever goes on or was asked. None: nothing of that."""
    if meaning.kind == "danger":
        named = Reopening(said, meaning.field, meaning.value, pain=state.pain)
        return reopen(coach, state, named)
    if meaning.kind == "travels":
        question: QuestionName = "reach" if meaning.value == "said" else "reach_check"
        if state.question and state.question.name in ("reach", "reach_check"):
            return travels(coach, state, said)
        return ask(coach, replace(hold(state, at), reach_doubt=True), question, at)
    if meaning.kind == "drill":
        return own_warning(coach, state, meaning, said, at)
    if meaning.kind == "moved_up":
        return moved_up(coach, state, at)
    return None


def reopen(coach: Coach, state: State, why: Reopening) -> Step:
    """End here: the safety questions come again."""
    end = End(None, why)
    lines = (coach.message("end_care"),)
    return closed(state, end), (Say(lines), end)


def closed(state: State, end: End) -> State:
    """The state after the end."""
    return replace(state, ended=end, due_seconds=None, question=None, paused=False)


def travels(coach: Coach, state: State, said: str, told: Value | None = None) -> Step:
    """Pain that goes further: no easier drill, only the safety questions. told: how far."""
    reach = coach.roles.reach
    assert reach is not None  # else no word stands for it
    to = reach.furthest if told == reach.furthest else reach.further
    end = End(None, Reopening(said, reach=to, pain=state.pain))
    return closed(state, end), (Say((coach.message("travels_rule"),)), end)


def own_warning(coach: Coach, state: State, meaning: Meaning, said: str, at: float) -> Step:
    """Words that only matter in this drill."""
    if meaning.value == "ask":
        return reopen(coach, state, Reopening(said, meaning.field, pain=state.pain))
    if state.question:  # between drills the words are about the one before
        return ask(coach, replace(state, question=None), "pain", at)
    if meaning.value == "standing":
        return standing(coach, state, at)
    if meaning.value == "easier":
        return easier(coach, hold(state, at), at)
    return leave(coach, state, at, done=False, before=(coach.message("skipped"),))


def standing(coach: Coach, state: State, at: float) -> Step:
    """The standing swap, from its beginning."""
    index = state.place.exercise
    if state.forms.get(index) == "standing":
        return leave(coach, state, at, done=False, before=(coach.message("skipped"),))
    state = replace(state, forms={**state.forms, index: "standing"})
    return enter(coach, state, index, at, (coach.message("standing"),))


def easier(coach: Coach, state: State, at: float) -> Step:
    """The easier form of the drill, at the same count; skipped if it is easy already."""
    index, exercise = state.place.exercise, exercise_of(coach, state)
    if state.place.phase == "opening":
        return go_on(coach, state, at)
    if state.forms.get(index) == "easier":
        return leave(coach, state, at, done=False, before=(coach.message("easiest"),))
    state = replace(state, forms={**state.forms, index: "easier"}, question=None)
    if state.place.phase == "setup":
        return enter(coach, state, index, at)
    return go_on(coach, state, at, (exercise.drill.easier.say,))


def moved_up(coach: Coach, state: State, at: float) -> Step:
    """A good sign; still, no more impact and no run today."""
    state = replace(hold(state, at), no_impact=True, limited=True)
    lines = (coach.message("moved_up"),)
    if state.question:
        return ask_again(coach, state, at, lines)
    if state.place.phase != "opening" and exercise_of(coach, state).drill.impact:
        return leave(coach, state, at, done=False, before=lines)
    return go_on(coach, state, at, lines)


def told_pain(coach: Coach, state: State, pain: int, at: float) -> Step:
    """A number after "it hurts"."""
    state = noted(coach, state, pain)
    if pain >= coach.limits.urgent_pain.value:
        return end_urgent(coach, state)
    if pain >= coach.limits.rest_pain.value or risen(coach, pain):
        return end_with(coach, state, "rest")
    if pain <= coach.limits.easy_pain.value:
        return easier(coach, replace(state, question=None), at)
    if state.gated < len(coach.gate):  # more than the gate allows: nothing is left out for it
        return close_gate(coach, state)
    state = replace(state, moderate=state.moderate + 1)
    if state.moderate >= coach.limits.moderate_times.value:
        return end_with(coach, replace(state, limited=True), "walk")
    return leave(coach, state, at, done=False, before=(coach.message("skipped"),))


def noted(coach: Coach, state: State, pain: int) -> State:
    """The highest pain so far, and whether it is more than at the start."""
    highest = max(pain, state.pain or 0)
    return replace(state, pain=highest, pain_up=state.pain_up or pain > (coach.start_pain or 0))


def risen(coach: Coach, pain: int) -> bool:
    """Whether it is a marked rise above the start, where that is known."""
    return (
        coach.start_pain is not None and pain >= coach.start_pain + coach.limits.marked_rise.value
    )


def end_urgent(coach: Coach, state: State) -> Step:
    """Severe pain: the triage's own words follow."""
    if state.reach_doubt:
        return travels(coach, state, "")
    end = End("URGENT", Reopening(pain=state.pain))
    return closed(state, end), (Earcon("finished"), Say((coach.message("end_care"),)), end)


def end_with(coach: Coach, state: State, outcome: Literal["run", "walk", "rest"]) -> Step:
    """The end, with where it leads."""
    if state.reach_doubt:
        return travels(coach, state, "")
    end = End(outcome)
    lines = coach.routine.branches.get(outcome, ())
    if outcome == "walk" and state.limited:
        lines = coach.routine.branches.get("walk_only", lines)
    lines = (*lines, coach.message("goodbye")) if outcome == "run" else lines
    net = (coach.safety_net,) if outcome == "rest" else ()
    return closed(state, end), (Earcon("finished"), Say((*lines, *net)), end)


def close_gate(coach: Coach, state: State) -> Step:
    """The yes that was needed did not come: no drill today."""
    if state.reach_doubt:
        return travels(coach, state, "")
    end = End("walk")
    lines = (*coach.gate[state.gated].closed, coach.safety_net)
    return closed(state, end), (Earcon("finished"), Say(lines), end)


def unanswered(coach: Coach, state: State, at: float, silent: bool) -> Step:
    """No answer, or none that is clear. It never counts as fine."""
    question = state.question
    assert question is not None
    state = replace(state, silences=state.silences + silent)
    question = replace(question, failures=question.failures + 1)
    state = replace(state, question=question)
    if question.name == "floor":  # nothing is lost by standing
        return enter(coach, replace(state, lying=False), state.place.exercise, at)
    if question.failures < coach.limits.unclear_answers.value and (
        state.silences < coach.limits.silences.value or question.name == "reach"
    ):
        missed = () if silent else (coach.message("not_understood"),)
        return ask_again(coach, state, at, missed)
    if question.name in ("reach", "reach_check"):
        return travels(coach, state, "")
    return nobody(coach, state)


def nobody(coach: Coach, state: State) -> Step:
    """Twice no answer: stop, and leave the warning signs."""
    if state.reach_doubt:
        return travels(coach, state, "")
    end = End("rest")
    lines = (coach.message("are_you_okay"), coach.safety_net)
    return closed(state, end), (Earcon("finished"), Say(lines), end)
