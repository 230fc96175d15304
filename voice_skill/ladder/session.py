"""A day on the ladder as a warm-up that the coach can hold: the gate, then runs and walks in time.

So everything that holds for a warm-up holds here: the commands, the check-ins, the stop rule.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import ceil

from voice_skill.coaching.exercise import Exercise
from voice_skill.coaching.library import Library
from voice_skill.coaching.routine import GateQuestion, RoutineFile, RoutineStep
from voice_skill.coaching.state import Coach, State
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.filling import fill
from voice_skill.dialog.interpretation import Value
from voice_skill.ladder.programme import Ladder, MessageName
from voice_skill.ladder.progression import Climb, Outcome, Plan, course_of, current


def coach_of(
    dialog: Dialog,
    ladder: Ladder,
    plan: Plan,
    values: Mapping[str, Value] | None = None,
    offered: bool = False,
) -> tuple[Coach, Library]:
    """Today's coach, and a library that knows its routine.

    values: what a triage found; its pain is the start. offered: it is asked first whether to begin.
    """
    programme = ladder.programme
    gate = (
        *((programme.offer,) if offered else ()),
        *((programme.morning,) if plan.asks_morning else ()),
        *(programme.gate if plan.kind == "gate" else ()),
    )
    routine = _routine(ladder, plan, gate)
    library = replace(ladder.library, routines={routine.id: routine})
    return library.coach(dialog, routine.id, values, gate=gate), library


def _routine(ladder: Ladder, plan: Plan, gate: tuple[GateQuestion, ...]) -> RoutineFile:
    programme = ladder.programme
    steps = tuple(_steps(ladder, plan.climb))
    return RoutineFile(
        id=",".join(["ladder", *(question.id for question in gate)]),
        variant="ladder",
        title="ladder",
        total_seconds=sum(step.seconds for step in steps),
        opening=programme.opening,
        opening_early=programme.opening,
        steps=steps,
        check_in=programme.check_in,
        end=programme.end,
        best="run",
        branches=dict(programme.branches),
    )


def _steps(ladder: Ladder, climb: Climb) -> Iterator[RoutineStep]:
    programme, step = ladder.programme, current(ladder, climb)
    known = {"step": climb.step, "steps": len(programme.steps), "repeats": climb.repeats}
    today = fill(programme.today, known | {"say": step.say})
    yield _interval(ladder, "walk", programme.warm_walk_seconds, today)
    for _ in range(climb.repeats):
        pieces = ceil(step.run_seconds / ladder.limits.piece_seconds.value)
        for piece in range(pieces):
            say = programme.keep_running if piece else None
            yield _interval(ladder, "run", step.run_seconds / pieces, say)
        if step.walk_seconds:
            yield _interval(ladder, "walk", step.walk_seconds)


def _interval(ladder: Ladder, name: str, seconds: float, say: str | None = None) -> RoutineStep:
    """An interval whose moving alone takes so long; what is said before comes on top."""
    library = ladder.library
    draft = RoutineStep(drill=name, seconds=seconds, say=say)
    said = Exercise.from_step(draft, library.drills, library.wording).said_seconds
    return RoutineStep(drill=name, seconds=said + seconds, say=say)


def outcome_of(coach: Coach, state: State, outcome: str) -> Outcome:
    """How a day went. outcome: run, walk, rest, or a care level."""
    closed = state.gated < len(coach.gate)
    return Outcome(
        closed_at=coach.gate[state.gated].id if closed else None,
        ran="run" in state.done,
        pain=state.pain,
        whole=not closed and not state.skipped and not state.forms,
        end="well" if outcome in ("run", "walk") else "rest" if outcome == "rest" else "care",
    )


def next_time(ladder: Ladder, climb: Climb, outcome: Outcome) -> str | None:
    """What is said of the next time, with the place after.

    Nothing where the gate or a care level has said it already.
    """
    if outcome.closed_at is not None or outcome.end == "care":
        return None
    text = ladder.programme.messages[_next_name(ladder, climb, outcome)]
    return fill(text, {"step": climb.step, "repeats": climb.repeats})


def _next_name(ladder: Ladder, climb: Climb, outcome: Outcome) -> MessageName:
    course = course_of(ladder.limits, outcome)
    if course == "back":
        return "back"
    if course in ("held", "none"):
        return "held"
    if climb.step == len(ladder.programme.steps):
        return "top"
    if climb.tops:
        return "next_up" if climb.tops >= ladder.limits.top_sessions.value else "next_same"
    return "next_more"
