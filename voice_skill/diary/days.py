"""How long ago each session was, at the least. Pure.

A clock may be wrong, so days only count where they can be believed: from one session to the next,
never backwards, never out of an impossible day, never by a leap of more than a year. What is not
known counts as recent.
"""

from collections.abc import Sequence
from datetime import date, datetime

from voice_skill.clock import MAX_GAP_DAYS, is_possible
from voice_skill.diary.entry import Entry


def day_of(entry: Entry) -> date:
    """The day on the person's calendar, where and when it was."""
    return entry.when.date()


def is_known(entry: Entry, now: datetime) -> bool:
    """Whether its day can be believed: not before there was anything to keep, nor yet to come."""
    return is_possible(now.date()) and is_possible(day_of(entry)) and day_of(entry) <= now.date()


def ages(entries: Sequence[Entry], now: datetime) -> list[int]:
    """For each entry, in the order in which they were written, the days that have passed since."""
    days: list[date | None] = []
    latest = date.min
    for entry in entries:
        known = is_known(entry, now)
        latest = max(latest, day_of(entry)) if known else latest
        days.append(latest if known else None)
    found, age, after = [], 0, now.date()
    for day in reversed(days):
        if day is not None:
            gap = (after - day).days
            age += gap if gap <= MAX_GAP_DAYS else 0
            after = day
        found.append(age)
    return found[::-1]
