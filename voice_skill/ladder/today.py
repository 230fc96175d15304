"""What the ladder holds today, and how it goes on after a session. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from voice_skill.clock import MAX_GAP_DAYS, is_possible
from voice_skill.coaching.state import Coach, State
from voice_skill.dialog.limits import LadderLimits
from voice_skill.diary.days import day_of, is_known
from voice_skill.diary.entry import Entry
from voice_skill.diary.looking_back import within
from voice_skill.ladder.programme import Ladder, MessageName
from voice_skill.ladder.progression import Climb, Plan, after, planned, with_morning
from voice_skill.ladder.session import next_time, outcome_of


@dataclass(frozen=True)
class Today:
    """before: where somebody stands. refused: why there is no session. redated: whether a day in
    what was kept could not be believed."""

    before: Climb
    plan: Plan
    refused: MessageName | None = None
    redated: bool = False


def today_of(ladder: Ladder, climb: Climb, entries: Sequence[Entry], now: datetime) -> Today:
    """Where somebody stands today, with what the diary knows of the last morning."""
    climb, redated = believed(climb, now.date())
    if climb.last is not None:
        day = climb.last.day
        told = [entry.morning for entry in entries if day_of(entry) == day]
        morning = next((m for m in reversed(told) if m is not None), None)
        climb = with_morning(ladder, climb, morning) if morning else climb
    plan = planned(ladder, climb, now.date())
    if clinician_decides(ladder, entries, now):
        return Today(climb, plan, "clinician", redated)
    return Today(climb, plan, "rest_day" if plan.kind == "rest_day" else None, redated)


def believed(climb: Climb, today: date) -> tuple[Climb, bool]:
    """The place with days that can be believed, and whether any was changed.

    A day that a clock showed wrongly counts as today: a session before today's rest, and a step
    that has only begun.
    """

    def known(day: date) -> date:
        return day if is_possible(day) and 0 <= (today - day).days <= MAX_GAP_DAYS else today

    since = known(climb.since) if climb.since else None
    last = replace(climb.last, day=known(climb.last.day)) if climb.last else None
    found = replace(climb, since=since, last=last)
    return found, found != climb


def clinician_decides(ladder: Ladder, entries: Sequence[Entry], now: datetime) -> bool:
    """Whether an earlier check found what keeps the ladder from being offered (brief, 5.3)."""
    limit = ladder.programme.clinician_decides
    recent = within(entries, now, limit.days)
    return any(rule in limit.rules for entry in recent for rule in entry.rules)


def checked_today(limits: LadderLimits, entries: Sequence[Entry], now: datetime) -> Entry | None:
    """Today's last check, if a session may follow it: a warm-up that went well."""
    last = entries[-1] if entries else None
    if last is None or not is_known(last, now) or day_of(last) != now.date():
        return None
    well = last.care == "WARMUP" and last.outcome in ("run", "walk") and not last.limited
    return last if well and last.pain is not None and last.pain <= limits.start_pain.value else None


def waits(limits: LadderLimits, climb: Climb, entries: Sequence[Entry], now: datetime) -> bool:
    """Whether running goes by the ladder: for those on it, or who come from a rest or a visit."""
    recent = within(entries, now, limits.offer_days.value)
    rested = [entry for entry in recent if entry.care != "WARMUP"]
    return bool(rested) or climb != Climb()


def gone_on(
    ladder: Ladder, today: Today, coach: Coach, state: State, outcome: str, day: date
) -> tuple[Climb, str | None]:
    """The place after a session, and what is said of the next time."""
    went = outcome_of(coach, state, outcome)
    climb = after(ladder, today.before, today.plan, went, day)
    return climb, next_time(ladder, climb, went)


def told_of(ladder: Ladder, today: Today, coach: Coach, state: State, outcome: str) -> str:
    """A session in words for the diary."""
    went = outcome_of(coach, state, outcome)
    if went.closed_at:
        return f"not begun ({went.closed_at})"
    runs = state.done.count("run")
    return f"step {today.plan.climb.step} of {len(ladder.programme.steps)}: {runs} runs, {outcome}"
