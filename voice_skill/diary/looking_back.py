"""What earlier days say about today. Pure: entries and a time in.

A clock may jump: days are never less than none, and an entry from the future counts as today's.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from voice_skill.dialog.past import Past, Week
from voice_skill.diary.entry import Entry

CHECK_DAYS = (7, 14, 21)
"""A strain is looked at again after one, two and three weeks (brief, 5.1)."""
FRESH_DAYS = 3
"""So long the morning after a warm-up is asked about, and tells about today."""
RECENT_DAYS = 14
"""So long a pain score is compared with (brief, 2.5: worse this week; here the careful side)."""
STEADY_DAYS, STEADY_WORKOUTS, STEADY_FELT = 42, 5, 2
"""Steady pain after workouts (seed A16): of the last five with an answer, within six weeks, at
least two and at least half were still felt the next morning. An estimate on the careful side."""


def days_since(entry: Entry, now: datetime) -> int:
    """Whole days from an entry to now, never below nought."""
    return max(0, (now.date() - entry.when.astimezone(now.tzinfo).date()).days)


def past_of(entries: Sequence[Entry], now: datetime) -> Past:
    """What the diary says about today, for the rules that look back (`dialog/past.py`)."""
    flags = {
        "morning_due": _morning(entries, now, None),
        "felt_next_morning": _morning(entries, now, "no"),
        "check_due": check_due(entries, now),
        "three_weeks": rest_days(entries, now) >= CHECK_DAYS[-1],
        "steady_before": steady(entries, now),
    }
    told = [e for e in entries if e.pain is not None and days_since(e, now) <= RECENT_DAYS]
    began = rest_began(entries)
    return Past(
        flags=frozenset(name for name, up in flags.items() if up),
        last_pain=told[-1].pain if told else None,
        rest_pain=began.pain if began else None,
        rest_days=rest_days(entries, now),
        week=week_of(entries, now),
    )


def _morning(entries: Sequence[Entry], now: datetime, answer: str | None) -> bool:
    """Whether the morning after the last warm-up has passed and has this answer (None: none)."""
    warmed = [entry for entry in entries if entry.routine]
    if not warmed or warmed[-1].morning != answer:
        return False
    return days_since(warmed[-1], now) <= FRESH_DAYS and (
        answer is not None or days_since(warmed[-1], now) >= 1
    )


def steady(entries: Sequence[Entry], now: datetime) -> bool:
    """Whether most of the last workouts were still felt the next morning."""
    told = [e.morning for e in entries
            if e.routine and e.morning and days_since(e, now) <= STEADY_DAYS]  # fmt: skip
    felt = told[-STEADY_WORKOUTS:].count("no")
    return felt >= STEADY_FELT and 2 * felt >= len(told[-STEADY_WORKOUTS:])


def week_of(entries: Sequence[Entry], now: datetime) -> Week:
    """The last seven days in figures."""
    these = [entry for entry in entries if days_since(entry, now) < 7]
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


def rest_first(entries: Sequence[Entry]) -> Entry | None:
    """The entry of that row with the earliest day: a clock that was ahead must not hide weeks."""
    began = rest_began(entries)
    if began is None:
        return None
    return min(entries[entries.index(began) :], key=lambda entry: entry.when)


def rest_days(entries: Sequence[Entry], now: datetime) -> int:
    """Days since the rest that still goes on began; nought without one."""
    first = rest_first(entries)
    return days_since(first, now) if first else 0


def check_due(entries: Sequence[Entry], now: datetime) -> bool:
    """Whether a weekly check-in of the rest is due today (brief, 5.1)."""
    check = next_check(entries, now)
    return check is not None and check[1] <= now.date()


def next_check(entries: Sequence[Entry], now: datetime) -> tuple[int, date] | None:
    """Which weekly check-in comes next (in days from the begin) and when; None without a rest."""
    began, first = rest_began(entries), rest_first(entries)
    if began is None or first is None:
        return None
    row = entries[entries.index(began) :]
    checked = max((days_since(first, e.when) for e in row if e.when <= now), default=0)
    due = next((days for days in CHECK_DAYS if days > checked), CHECK_DAYS[-1])
    return due, first.when.astimezone(now.tzinfo).date() + timedelta(days=due)


def not_improving(entries: Sequence[Entry], now: datetime) -> bool:
    """Three weeks of rest without less pain: time for a visit (rule R05)."""
    began = rest_began(entries)
    if began is None or rest_days(entries, now) < CHECK_DAYS[-1]:
        return False
    last = entries[-1]
    known = began.pain is not None and last.pain is not None
    return not known or (last.pain or 0) >= (began.pain or 0)
