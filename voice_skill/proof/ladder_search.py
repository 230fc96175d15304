"""The way back's step from day to day, searched: all that may happen, from every place it leads to.

A place is told apart by all that matters for what comes; so few there are that all are looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from voice_skill.ladder.programme import Ladder
from voice_skill.ladder.progression import Climb, Outcome, Plan, Session, after, planned
from voice_skill.proof.finding import Finding
from voice_skill.proof.table import Table

RULE, REACHED = "the_way_back_never_hurries", "every_step_of_the_way_back_is_reached"
DAY = date(2026, 6, 1)
"""Any day: what counts are the days between."""


def searched(table: Table) -> Iterator[Finding]:
    """Each thing that is wrong once, with the days that lead to it."""
    ladder = table.coach.way_back if table.coach else None
    if ladder is None:
        return
    told: set[str] = set()
    steps: set[int] = set()
    kinds: set[str] = set()
    for move in _moves(ladder):
        plan, climb, days = move.plan, move.climb, move.days
        steps, kinds = steps | {climb.step}, kinds | {plan.kind}
        what = unsafe(ladder, move)
        if what is not None and what not in told:
            told.add(what)
            yield _finding(RULE, what, days)
    for number in range(len(ladder.programme.steps) + 1):
        if number not in steps:
            yield _finding(REACHED, f"step {number} is never reached", ())
    for kind in {"gate", "session", "rest_day"} - kinds:
        yield _finding(REACHED, f"'{kind}' never comes up", ())


def _finding(rule: str, what: str, days: tuple[str, ...]) -> Finding:
    way = ("# the way back, a session a line", *days) if days else ()
    about = ("coach", "ladder")
    return Finding(rule, "error", f"the way back: {what}", about=about, counterexample=way)


@dataclass(frozen=True)
class Move:
    """One day of the way back. before, climb: where somebody stands before and after it.

    days: the way to it, in words.
    """

    before: Climb
    today: date
    plan: Plan
    outcome: Outcome
    climb: Climb
    days: tuple[str, ...] = ()


def _moves(ladder: Ladder) -> Iterator[Move]:
    """Every session from every place, after every number of days that makes a difference."""
    todo: list[tuple[Climb, tuple[str, ...]]] = [(Climb(), ())]
    seen = {_mark(ladder, Climb())}
    for before, days in todo:
        for gap in _gaps(ladder):
            today = (before.last.day if before.last else DAY) + timedelta(days=gap)
            plan = planned(ladder, before, today)
            for outcome in (Outcome(ran=False),) if plan.kind == "rest_day" else _outcomes(ladder):
                rests = plan.kind == "rest_day"
                climb = before if rests else after(ladder, before, plan, outcome, today)
                way = (*days, f"{gap} days later: {plan.kind}, {outcome}")
                yield Move(before, today, plan, outcome, climb, way)
                mark = _mark(ladder, climb)
                if mark not in seen:
                    seen.add(mark)
                    todo.append((climb, way))


def _mark(ladder: Ladder, climb: Climb) -> Climb:
    """The same for places that go on alike: days are told from the last session."""
    if climb.last is None:
        return replace(climb, since=None)
    since = None
    if climb.since is not None:
        gone = min((climb.last.day - climb.since).days, ladder.limits.step_days.value)
        since = DAY - timedelta(days=gone)
    tops = min(climb.tops, ladder.limits.top_sessions.value)
    return replace(climb, since=since, tops=tops, last=Session(DAY, climb.last.morning))


def _gaps(ladder: Ladder) -> list[int]:
    """Both sides of every limit of days."""
    limits = ladder.limits
    at = {limits.rest_days.value, limits.step_days.value, limits.gate_days.value}
    return sorted({1, *at, *(days + 1 for days in at), *(days - 1 for days in at)} - {0})


def _outcomes(ladder: Ladder) -> Iterator[Outcome]:
    """Both sides of every limit of pain, and each way in which a session may end."""
    limits = ladder.limits
    for pain in (None, limits.good_pain.value, limits.good_pain.value + 1, limits.hold_pain.value,
                 limits.hold_pain.value + 1):  # fmt: skip
        yield from (Outcome(pain=pain, whole=whole) for whole in (True, False))
    yield Outcome(pain=0, end="rest")
    yield Outcome(pain=0, end="care")
    yield Outcome(pain=0, ran=False, end="care")
    yield Outcome(pain=0, ran=False, whole=False)
    yield Outcome(closed_at="morning", ran=False, whole=False)
    yield Outcome(closed_at=ladder.programme.gate[0].id, ran=False, whole=False)


def unsafe(ladder: Ladder, move: Move) -> str | None:
    """What must not have happened on a day; None where all is well."""
    return _hurried(ladder, move) or _not_eased(ladder, move)


def _hurried(ladder: Ladder, move: Move) -> str | None:
    """Of what is planned for the day."""
    before, plan, limits = move.before, move.plan, ladder.limits
    if plan.kind == "session" and (before.step == 0 or before.last is None):
        return "somebody runs before the ready-to-run questions"
    rested = before.last is None or (move.today - before.last.day).days > limits.rest_days.value
    if plan.kind != "rest_day" and not rested:
        return "somebody runs on a day of rest"
    if plan.climb.step <= max(1, before.step):
        return None
    days = (move.today - before.since).days if before.since else 0
    enough = before.tops >= limits.top_sessions.value and days >= limits.step_days.value
    if not enough or plan.climb.step > before.step + 1:
        return "a step up that was not earned"
    return None


def _not_eased(ladder: Ladder, move: Move) -> str | None:
    """Of what comes of the session."""
    before, plan, outcome, climb = move.before, move.plan, move.outcome, move.climb
    ran = outcome.ran and outcome.closed_at is None
    if climb.step > plan.climb.step:
        return "a step up within a session"
    if outcome.end == "care" and climb.step != 0:
        return "after a warning sign the ready-to-run questions do not come again"
    if ran and _hurt(ladder, outcome) and climb.step >= plan.climb.step:
        return "pain above the limit does not go a step back"
    untold = before.last is not None and before.last.morning is None
    if outcome.closed_at == "morning" and untold and climb.step >= max(1, before.step):
        return "a bad next morning does not go a step back"
    more = climb.repeats > plan.climb.repeats or climb.tops > plan.climb.tops
    if ran and more and climb.step == plan.climb.step and not _good(ladder, outcome):
        return "more after a session that was not good"
    return None


def _hurt(ladder: Ladder, outcome: Outcome) -> bool:
    limit = ladder.limits.hold_pain.value
    return outcome.end == "rest" or (outcome.pain is not None and outcome.pain > limit)


def _good(ladder: Ladder, outcome: Outcome) -> bool:
    limit = ladder.limits.good_pain.value
    told = outcome.pain is not None and outcome.pain <= limit
    return told and outcome.whole and outcome.end == "well"
