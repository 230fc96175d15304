"""How long: spoken durations as whole days, ranges and parts rounded up."""

import math

from voice_skill.understanding.numbers import in_words, read_number
from voice_skill.understanding.text import Tokens

_UNITS: dict[str, float] = {
    "minute": 0,
    "hour": 0,
    "day": 1,
    "night": 1,
    "week": 7,
    "fortnight": 14,
    "month": 30,
    "year": 365,
    "decade": 3650,
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTS: dict[Tokens, float] = {
    ("a", "couple", "of"): 2,
    ("couple", "of"): 2,
    ("a", "couple"): 2,
    ("couple",): 2,
    ("a", "good", "few"): 5,
    ("a", "few"): 3,
    ("few",): 3,
    ("several",): 5,
    ("many",): 10,
    ("half", "a"): 0.5,
    ("half",): 0.5,
    ("a",): 1,
    ("an",): 1,
    ("this",): 1,
    ("last",): 1,
    ("the", "last"): 1,
    ("about", "a"): 1,
}
_FIXED: dict[Tokens, int] = {
    ("just", "now"): 0,
    ("this", "morning"): 0,
    ("today",): 0,
    ("just", "started"): 0,
    ("last", "night"): 1,
    ("yesterday",): 1,
    ("the", "weekend"): 7,
    ("ages",): 365,
    ("years",): 365,
    ("forever",): 365,
    ("always",): 365,
    ("months",): 90,
    ("weeks",): 21,
    ("days",): 3,
    ("long", "time"): 365,
    ("my", "whole", "life"): 3650,
}


def days(words: Tokens, today_weekday: int | None = None) -> int | None:
    """The longest duration in an utterance, in days. None where there is none.

    today_weekday: 0 is Monday; without it "since Sunday" is taken as a whole week.
    """
    found: list[int] = []
    start = 0
    while start < len(words):
        weekday = _weekday(words, start, today_weekday)
        value, end = _counted(words, start)
        found += [v for v in (weekday, value) if v is not None]
        start = max(start + 1, end)
    if not found:
        found = [v for phrase, v in _FIXED.items() if _contains(words, phrase)]
    else:
        found += [v for phrase, v in _FIXED.items() if len(phrase) > 1 and _contains(words, phrase)]
    return max(found) if found else None


def spoken_durations() -> list[str]:
    """How a duration may be said, for the recogniser; the typed parser knows more."""
    counted = [
        f"{in_words(n)} {unit}{'' if n == 1 else 's'}"
        for unit in ("day", "week", "month", "year")
        for n in range(1, 31)
    ]
    loose = [
        f"{count} {unit}"
        for unit in ("days", "weeks", "months", "years")
        for count in ("a few", "a couple of", "several")
    ]
    single = ["a day", "a week", "a month", "a year", "a fortnight", "half a year"]
    plain = ["today", "yesterday", "this morning", "last week", "last night", "ages", "years"]
    since = [f"since {day}" for day in (*WEEKDAYS, "yesterday")]
    return [*counted, *loose, *single, *plain, *since]


def _contains(words: Tokens, phrase: Tokens) -> bool:
    size = len(phrase)
    return any(words[i : i + size] == phrase for i in range(len(words) - size + 1))


def _unit(words: Tokens, index: int) -> float | None:
    word = words[index] if index < len(words) else ""
    return _UNITS.get(word, _UNITS.get(word.removesuffix("s")))


def _counted(words: Tokens, start: int) -> tuple[int | None, int]:
    """ "three weeks", "two or three weeks", "a couple of days", "a week and a half"."""
    count, end = _count(words, start)
    if count is None:
        return (14 if words[start] == "fortnight" else None), start + 1
    if words[end : end + 1] in (("or",), ("to",)) and end + 1 < len(words):
        second = read_number(words, end + 1)
        if second:
            count, end = max(count, second[0]), second[1]
    unit = _unit(words, end)
    if unit is None:
        return None, start + 1
    if words[end + 1 : end + 4] == ("and", "a", "half"):
        count += 0.5
    return math.ceil(count * unit), end + 1


def _count(words: Tokens, start: int) -> tuple[float | None, int]:
    for size in (3, 2, 1):
        known = _COUNTS.get(words[start : start + size])
        if known is not None and len(words[start : start + size]) == size:
            return known, start + size
    read = read_number(words, start)
    if read is None:
        return None, start
    value, end = float(read[0]), read[1]
    if words[end - 3 : end] == ("and", "a", "half"):
        value -= 0.5  # read_number rounds up; here the half keeps its size
    return value, end


def _weekday(words: Tokens, start: int, today_weekday: int | None) -> int | None:
    if words[start] not in WEEKDAYS:
        return None
    if today_weekday is None:
        return 7
    past = (today_weekday - WEEKDAYS.index(words[start])) % 7
    last = words[start - 1 : start] == ("last",)
    return (past or 7) + (7 if last and past else 0)
