"""How long: spoken durations as whole days. Parts are added, ranges and parts of days go up."""

import math
from dataclasses import dataclass

from voice_skill.understanding.numbers import in_words, read_number
from voice_skill.understanding.text import Tokens

UNIT_DAYS: dict[str, float] = {
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
_COUNTS: tuple[tuple[str, float], ...] = (
    ("a good few", 5),
    ("quite a few", 5),
    ("a couple of", 2),
    ("couple of", 2),
    ("a couple", 2),
    ("couple", 2),
    ("a few", 3),
    ("few", 3),
    ("several", 5),
    ("many", 10),
    ("half a", 0.5),
    ("a", 1),
    ("an", 1),
    ("this", 1),
    ("last", 1),
    ("the last", 1),
    ("the past", 1),
    ("past", 1),
    ("the whole", 1),
    ("a whole", 1),
)
_FIXED: tuple[tuple[str, int], ...] = (
    ("just now", 0),
    ("this morning", 0),
    ("this afternoon", 0),
    ("this evening", 0),
    ("today", 0),
    ("earlier today", 0),
    ("last night", 1),
    ("yesterday morning", 1),
    ("yesterday", 1),
    ("the night before last", 2),
    ("the day before yesterday", 2),
    ("the weekend", 7),
    ("last weekend", 7),
    ("ages and ages", 365),
    ("ages", 365),
    ("years and years", 3650),
    ("donkey is years", 3650),
    ("years", 365),
    ("forever", 3650),
    ("always", 3650),
    ("months", 90),
    ("months and months", 365),
    ("weeks", 21),
    ("weeks and weeks", 60),
    ("days", 3),
    ("a long time", 365),
    ("a long while", 365),
    ("all my life", 3650),
    ("my whole life", 3650),
)
_COUNT_WORDS = tuple((tuple(text.split()), value) for text, value in _COUNTS)
_FIXED_WORDS = tuple((tuple(text.split()), value) for text, value in _FIXED)
_WHOLE = (("whole",), ("full",), ("long",), ("solid",))


@dataclass(frozen=True)
class Duration:
    """Whole days and the words they take up: start..end-1."""

    days: int
    start: int
    end: int


def durations(words: Tokens, today_weekday: int | None = None) -> list[Duration]:
    """Every duration of an utterance from left to right, "and" between them added.

    today_weekday: 0 is Monday; without it "since Sunday" is taken as a whole week.
    """
    found: list[Duration] = []
    at = 0
    while at < len(words):
        read = _read(words, at, today_weekday)
        if read is None:
            at += 1
            continue
        if found and found[-1].end == at - 1 and words[at - 1] == "and":
            last = found.pop()
            read = Duration(last.days + read.days, last.start, read.end)
        found.append(read)
        at = read.end
    return found


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


def _read(words: Tokens, start: int, today_weekday: int | None) -> Duration | None:
    counted = _counted(words, start)
    fixed = max(
        (Duration(value, start, start + len(text)) for text, value in _FIXED_WORDS
         if words[start : start + len(text)] == text),
        key=lambda found: found.end, default=None)  # fmt: skip
    found = max((d for d in (counted, fixed) if d), key=lambda d: d.end, default=None)
    return found or _weekday(words, start, today_weekday)


def _counted(words: Tokens, start: int) -> Duration | None:
    """ "three weeks", "two or three weeks", "a couple of days", "a week and a half"."""
    if words[start] == "fortnight":
        return Duration(14, start, start + 1)
    count = _count(words, start)
    if count is None:
        return None
    value, end = count
    if words[end : end + 1] in (("or",), ("to",), ("maybe",)):
        second = _count(words, end + 1) if end + 1 < len(words) else None
        if second and _unit(words, second[1]) is not None:
            value, end = max(value, second[0]), second[1]
    else:
        second = _count(words, end) if end < len(words) else None
        if second and _unit(words, second[1]) is not None and _unit(words, end) is None:
            value, end = max(value, second[0]), second[1]  # "two three days"
    if words[end : end + 1] in _WHOLE:
        end += 1
    unit = _unit(words, end)
    if unit is None:
        return None
    end += 1
    if words[end : end + 3] == ("and", "a", "half"):
        value, end = value + 0.5, end + 3
    return Duration(math.ceil(value * unit), start, end)


def _unit(words: Tokens, at: int) -> float | None:
    word = words[at] if at < len(words) else ""
    return UNIT_DAYS.get(word, UNIT_DAYS.get(word.removesuffix("s")))


def _count(words: Tokens, start: int) -> tuple[float, int] | None:
    number = read_number(words, start) if start < len(words) else None
    if number:
        return number.value, number.end
    for text, value in _COUNT_WORDS:
        if words[start : start + len(text)] == text:
            return value, start + len(text)
    return None


def _weekday(words: Tokens, start: int, today_weekday: int | None) -> Duration | None:
    at = start + (words[start : start + 1] in (("last",), ("on",)))
    if at >= len(words) or words[at] not in WEEKDAYS:
        return None
    if today_weekday is None:
        return Duration(7, start, at + 1)
    past = (today_weekday - WEEKDAYS.index(words[at])) % 7 or 7
    return Duration(past + (7 if words[start] == "last" else 0), start, at + 1)
