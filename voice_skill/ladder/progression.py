"""Where somebody stands on the ladder, and how it goes on from day to day. Pure.

Up only after good sessions in a row at the top repeats, each with a good next morning, and no
faster than the days of a step; rest between; moderate pain holds; more, a leg sign or a bad morning
goes a step back (brief 5.4). What is not known never moves anybody up. The numbers: `limits.yaml`.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from voice_skill.dialog.limits import LadderLimits
from voice_skill.ladder.programme import Ladder, LadderStep

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


def planned(ladder: Ladder, climb: Climb, day: date) -> Plan:
    """What there is on this day. A clock that was set back asks the gate again."""
    climb = replace(climb, step=min(climb.step, len(ladder.programme.steps)))
    since_last = (day - climb.last.day).days if climb.last else None
    if since_last is not None and 0 <= since_last <= ladder.limits.rest_days.value:
        return Plan("rest_day", climb)
    asks_morning = climb.last is not None and climb.last.morning is None
    if (
        climb.step == 0
        or since_last is None
        or not 0 <= since_last <= ladder.limits.gate_days.value
    ):
        at = max(1, climb.step)
        fresh = _on(ladder, climb, at, day if climb.step == 0 else climb.since or day)
        return Plan("gate", fresh, asks_morning)
    return Plan("session", _risen(ladder, climb, day), asks_morning)


def with_morning(ladder: Ladder, climb: Climb, morning: Literal["yes", "no"]) -> Climb:
    """The morning after the last session becomes known. Known already, it changes nothing."""
    if climb.last is None or climb.last.morning is not None:
        return climb
    known = replace(climb, last=replace(climb.last, morning=morning))
    return stepped_back(ladder, known) if morning == "no" else known


def _on(ladder: Ladder, climb: Climb, step: int, since: date) -> Climb:
    """The beginning of a step."""
    low, _ = ladder.programme.steps[step - 1].repeats
    return replace(climb, step=step, repeats=low, tops=0, since=since)


def _risen(ladder: Ladder, climb: Climb, day: date) -> Climb:
    """A step up, where it is earned and its days have passed."""
    long_enough = (
        climb.since is not None and (day - climb.since).days >= ladder.limits.step_days.value
    )
    if (
        climb.tops >= ladder.limits.top_sessions.value
        and long_enough
        and climb.step < len(ladder.programme.steps)
    ):
        return _on(ladder, climb, climb.step + 1, day)
    return climb


def stepped_back(ladder: Ladder, climb: Climb) -> Climb:
    """A step lower, from its fewest repeats; from the first step back before the gate."""
    since = climb.last.day if climb.last else climb.since
    if climb.step <= 1 or since is None:
        return replace(climb, step=0, repeats=0, tops=0, since=None)
    return _on(ladder, climb, climb.step - 1, since)


def course_of(limits: LadderLimits, outcome: Outcome) -> Course:
    """What a session comes to. Without a number it is never good."""
    strong = outcome.pain is not None and outcome.pain > limits.hold_pain.value
    if outcome.end != "well" or strong:
        return "back"
    if not outcome.ran:
        return "none"
    good = outcome.whole and outcome.pain is not None and outcome.pain <= limits.good_pain.value
    return "good" if good else "held"


def after(ladder: Ladder, before: Climb, plan: Plan, outcome: Outcome, day: date) -> Climb:
    """Where somebody stands after a session. before: as it was before the plan."""
    if outcome.end == "care":
        last = Session(day) if outcome.ran else before.last
        return replace(before, step=0, repeats=0, tops=0, since=None, last=last)
    if outcome.closed_at == "morning":
        return with_morning(ladder, before, "no")
    if outcome.closed_at == "offer":
        return before
    known = with_morning(ladder, before, "yes") if plan.asks_morning else before
    course = course_of(ladder.limits, outcome)
    if outcome.closed_at is not None or course == "none":
        return known
    now = replace(plan.climb, last=Session(day))
    if course == "back":
        return stepped_back(ladder, now)
    if course == "held":
        return replace(now, tops=0)
    _, top = current(ladder, now).repeats
    if now.repeats >= top:
        return replace(now, tops=now.tops + 1)
    return replace(now, repeats=min(top, now.repeats + ladder.limits.more_repeats.value))


def current(ladder: Ladder, climb: Climb) -> LadderStep:
    """The step that somebody is on; the first one before the gate."""
    return ladder.programme.steps[max(1, climb.step) - 1]
