"""Where somebody stands on the ladder, and how it goes on from day to day. Pure.

Up only after two good sessions in a row at the top repeats, each with a good next morning, and at
most one step a week; a day of rest between; 3 to 5 holds; more, a leg sign or a bad morning goes a
step back (brief 5.4). What is not known never moves anybody up.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from voice_skill.ladder.programme import LadderStep, Programme

GOOD_PAIN = 2
"""Pain up to here during a session is good (brief 5.4)."""
HOLD_PAIN = 5
"""Pain up to here holds the step; above it goes a step back (brief 5.4)."""
TOPS = 2
WEEK_DAYS = 7
"""So many sessions at the top repeats, and at most one step a week (brief 5.4)."""
REST_DAYS = 1
"""Days without running between two sessions (brief 5.4)."""
LONG_DAYS = 14
"""After so long without a session the gate is asked again (judgement)."""
MORE = 2
"""A good session adds so many repeats (judgement: a step then takes four sessions)."""

Kind = Literal["gate", "session", "rest_day"]
Course = Literal["good", "held", "back", "none"]


@dataclass(frozen=True)
class Session:
    """The last session. morning: None until the next morning is known."""

    day: date
    morning: Literal["yes", "no"] | None = None


@dataclass(frozen=True)
class Climb:
    """step: 0 before the gate was passed, else from 1. repeats: of the next session.

    tops: good sessions in a row at the top repeats of this step. since: when this step began.
    """

    step: int = 0
    repeats: int = 0
    tops: int = 0
    since: date | None = None
    last: Session | None = None


@dataclass(frozen=True)
class Plan:
    """What there is today. climb: where somebody stands if all that is asked gets a clear yes."""

    kind: Kind
    climb: Climb
    asks_morning: bool = False


@dataclass(frozen=True)
class Outcome:
    """How a session went.

    closed_at: the question of the gate that did not get its yes. ran: whether any run was done.
    pain: the highest that was told, None where none was. whole: all runs done, none made easier.
    end: well (run or walk), rest, or care where it came to a care level of its own.
    """

    closed_at: str | None = None
    ran: bool = True
    pain: int | None = None
    whole: bool = True
    end: Literal["well", "rest", "care"] = "well"


def planned(programme: Programme, climb: Climb, day: date) -> Plan:
    """What there is on this day. A clock that was set back asks the gate again."""
    climb = replace(climb, step=min(climb.step, len(programme.steps)))
    since_last = (day - climb.last.day).days if climb.last else None
    if since_last is not None and 0 <= since_last <= REST_DAYS:
        return Plan("rest_day", climb)
    asks_morning = climb.last is not None and climb.last.morning is None
    if climb.step == 0 or since_last is None or not 0 <= since_last <= LONG_DAYS:
        at = max(1, climb.step)
        fresh = _on(programme, climb, at, day if climb.step == 0 else climb.since or day)
        return Plan("gate", fresh, asks_morning)
    return Plan("session", _risen(programme, climb, day), asks_morning)


def with_morning(programme: Programme, climb: Climb, morning: Literal["yes", "no"]) -> Climb:
    """The morning after the last session becomes known. Known already, it changes nothing."""
    if climb.last is None or climb.last.morning is not None:
        return climb
    known = replace(climb, last=replace(climb.last, morning=morning))
    return stepped_back(programme, known) if morning == "no" else known


def _on(programme: Programme, climb: Climb, step: int, since: date) -> Climb:
    """The beginning of a step."""
    low, _ = programme.steps[step - 1].repeats
    return replace(climb, step=step, repeats=low, tops=0, since=since)


def _risen(programme: Programme, climb: Climb, day: date) -> Climb:
    """A step up, where it is earned and a week has passed."""
    weeks_on = climb.since is not None and (day - climb.since).days >= WEEK_DAYS
    if climb.tops >= TOPS and weeks_on and climb.step < len(programme.steps):
        return _on(programme, climb, climb.step + 1, day)
    return climb


def stepped_back(programme: Programme, climb: Climb) -> Climb:
    """A step lower, from its fewest repeats; from the first step back before the gate."""
    since = climb.last.day if climb.last else climb.since
    if climb.step <= 1 or since is None:
        return replace(climb, step=0, repeats=0, tops=0, since=None)
    return _on(programme, climb, climb.step - 1, since)


def course_of(outcome: Outcome) -> Course:
    """What a session comes to. Without a number it is never good."""
    strong = outcome.pain is not None and outcome.pain > HOLD_PAIN
    if outcome.end != "well" or strong:
        return "back"
    if not outcome.ran:
        return "none"
    good = outcome.whole and outcome.pain is not None and outcome.pain <= GOOD_PAIN
    return "good" if good else "held"


def after(programme: Programme, before: Climb, plan: Plan, outcome: Outcome, day: date) -> Climb:
    """Where somebody stands after a session. before: as it was before the plan."""
    if outcome.end == "care":
        last = Session(day) if outcome.ran else before.last
        return replace(before, step=0, repeats=0, tops=0, since=None, last=last)
    if outcome.closed_at == "morning":
        return with_morning(programme, before, "no")
    if outcome.closed_at == "offer":
        return before
    known = with_morning(programme, before, "yes") if plan.asks_morning else before
    course = course_of(outcome)
    if outcome.closed_at is not None or course == "none":
        return known
    now = replace(plan.climb, last=Session(day))
    if course == "back":
        return stepped_back(programme, now)
    if course == "held":
        return replace(now, tops=0)
    _, top = current(programme, now).repeats
    if now.repeats >= top:
        return replace(now, tops=now.tops + 1)
    return replace(now, repeats=min(top, now.repeats + MORE))


def current(programme: Programme, climb: Climb) -> LadderStep:
    """The step that somebody is on; the first one before the gate."""
    return programme.steps[max(1, climb.step) - 1]
