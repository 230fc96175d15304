"""What earlier days say about today. Pure: entries and a time in.

A clock may jump: days are never less than none, and an entry from the future counts as today's.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from voice_skill.diary.entry import Entry

CHECK_DAYS = (7, 14, 21)
"""A strain is looked at again after one, two and three weeks (brief, 5.1)."""
FRESH_DAYS = 3
"""So long the answer of a morning tells about today."""
_STEP_DOWN = {"standard": "gentle"}


def days_since(entry: Entry, now: datetime) -> int:
    """Whole days from an entry to now, never below nought."""
    return max(0, (now.date() - entry.when.astimezone(now.tzinfo).date()).days)


def stepped_down(variant: str, entries: Sequence[Entry], now: datetime) -> str | None:
    """The routine for today; a step lower if the last warm-up was felt next morning (brief, 4.4).

    None: no warm-up, a walk only.
    """
    warmed = [entry for entry in entries if entry.routine]
    if not warmed or warmed[-1].morning != "no" or days_since(warmed[-1], now) > FRESH_DAYS:
        return variant
    return _STEP_DOWN.get(variant)


def rest_began(entries: Sequence[Entry]) -> Entry | None:
    """The first of the last unbroken row of REST, if the diary ends in one."""
    began: Entry | None = None
    for entry in reversed(entries):
        if entry.care != "REST":
            break
        began = entry
    return began


def next_check(entries: Sequence[Entry], now: datetime) -> tuple[int, date] | None:
    """Which weekly check-in comes next (in days from the begin) and when; None without a rest."""
    began = rest_began(entries)
    if began is None:
        return None
    first = began.when.astimezone(now.tzinfo).date()
    checked = max(days_since(began, e.when) for e in entries[entries.index(began) :])
    due = next((days for days in CHECK_DAYS if days > checked), CHECK_DAYS[-1])
    return due, first + timedelta(days=due)


def not_improving(entries: Sequence[Entry], now: datetime) -> bool:
    """Three weeks of rest without less pain: time for a visit (rule R05)."""
    began = rest_began(entries)
    if began is None or days_since(began, now) < CHECK_DAYS[-1]:
        return False
    last = entries[-1]
    known = began.pain is not None and last.pain is not None
    return not known or (last.pain or 0) >= (began.pain or 0)
