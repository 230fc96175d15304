"""What earlier days say about today. Pure: entries and a time in.

A clock may be wrong: what `days` does not believe counts as recent, and is no week of rest.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from voice_skill.clock import is_possible
from voice_skill.dialog.history import Past, Week
from voice_skill.dialog.limits import DiaryLimits
from voice_skill.diary.days import ages, is_known
from voice_skill.diary.entry import Entry


def past_of(limits: DiaryLimits, entries: Sequence[Entry], now: datetime) -> Past:
    """What the diary says about today, for the rules that look back (`dialog/history.py`)."""
    flags = {
        "morning_due": _morning(limits, entries, now, None),
        "felt_next_morning": _morning(limits, entries, now, "no"),
        "check_due": check_due(limits, entries, now),
        "three_weeks": rest_days(entries, now) >= limits.last_check_day.value,
        "steady_before": steady(limits, entries, now),
    }
    recent = within(entries, now, limits.recent_days.value)
    told = [entry for entry in recent if entry.pain is not None]
    began = rest_began(entries)
    return Past(
        flags=frozenset(name for name, up in flags.items() if up),
        last_pain=told[-1].pain if told else None,
        rest_pain=began.pain if began else None,
        rest_days=rest_days(entries, now),
        week=week_of(entries, now),
    )


def within(entries: Sequence[Entry], now: datetime, days: int) -> list[Entry]:
    """The entries of so many days; those whose day is not known are among them."""
    aged = zip(entries, ages(entries, now), strict=True)
    return [entry for entry, age in aged if age <= days]


def _morning(
    limits: DiaryLimits, entries: Sequence[Entry], now: datetime, answer: str | None
) -> bool:
    """Whether the morning after the last warm-up has passed and has this answer (None: none)."""
    aged = zip(entries, ages(entries, now), strict=True)
    warmed = [(entry, age) for entry, age in aged if entry.routine]
    if not warmed or warmed[-1][0].morning != answer:
        return False
    age = warmed[-1][1]
    return age <= limits.fresh_days.value and (answer is not None or age >= 1)


def steady(limits: DiaryLimits, entries: Sequence[Entry], now: datetime) -> bool:
    """Whether most of the last workouts were still felt the next morning."""
    recent = within(entries, now, limits.steady_days.value)
    told = [entry.morning for entry in recent if entry.routine and entry.morning]
    last = told[-limits.steady_workouts.value :]
    felt = last.count("no")
    enough = 100 * felt >= limits.steady_percent.value * len(last)
    return felt >= limits.steady_felt.value and enough


def week_of(entries: Sequence[Entry], now: datetime) -> Week:
    """The last seven days in figures; a day that is not known is told of no week."""
    these = [entry for entry in within(entries, now, 6) if is_known(entry, now)]
    pains = [entry.pain for entry in these if entry.pain is not None]
    return Week(
        checks=len(these),
        warm_ups=sum(entry.routine is not None for entry in these),
        first_pain=pains[0] if pains else None,
        last_pain=pains[-1] if pains else None,
        worst_pain=max(pains, default=None),
        mornings_bad=sum(entry.morning == "no" for entry in these),
    )


def rest_began(entries: Sequence[Entry]) -> Entry | None:
    """The first of the last unbroken row of REST, if the diary ends in one."""
    began: Entry | None = None
    for entry in reversed(entries):
        if entry.care != "REST":
            break
        began = entry
    return began


def _rest_ages(entries: Sequence[Entry], now: datetime) -> list[int]:
    """The ages of the entries of the rest that still goes on."""
    began = rest_began(entries)
    return ages(entries, now)[entries.index(began) :] if began else []


def rest_days(entries: Sequence[Entry], now: datetime) -> int:
    """Days since the rest that still goes on began; nought without one."""
    return max(_rest_ages(entries, now), default=0)


def check_due(limits: DiaryLimits, entries: Sequence[Entry], now: datetime) -> bool:
    """Whether a weekly check-in of the rest is due today (brief, 5.1)."""
    check = next_check(limits, entries, now)
    return check is not None and check[1] <= now.date()


def next_check(
    limits: DiaryLimits, entries: Sequence[Entry], now: datetime
) -> tuple[int, date] | None:
    """Which weekly check-in comes next (in days from the begin) and when; None without a rest."""
    row = _rest_ages(entries, now)
    if not row or not is_possible(now.date()):
        return None
    checked = max(row[0] - age for age in row)
    due = next((days for days in limits.check_days if days > checked), limits.last_check_day.value)
    return due, now.date() + timedelta(days=due - row[0])


def not_improving(limits: DiaryLimits, entries: Sequence[Entry], now: datetime) -> bool:
    """The whole rest without less pain: time for a visit (rule R05)."""
    began = rest_began(entries)
    if began is None or rest_days(entries, now) < limits.last_check_day.value:
        return False
    last = entries[-1]
    known = began.pain is not None and last.pain is not None
    return not known or (last.pain or 0) >= (began.pain or 0)
