"""Numbers and durations of an utterance as places where they begin and may end."""

from collections.abc import Mapping
from dataclasses import dataclass

from voice_skill.understanding.durations import durations
from voice_skill.understanding.numbers import ALIKE, Number, read_range
from voice_skill.understanding.pattern import Ends
from voice_skill.understanding.text import Tokens

SPANS = frozenset(["number", "duration"])
"""Rules that are read by code."""


@dataclass(frozen=True)
class Spans:
    """What code reads in an utterance: numbers with ranges, and durations as days by start."""

    numbers: tuple[Number, ...]
    days: Mapping[int, int]
    places: Mapping[str, Mapping[int, Ends]]


def spans_of(words: Tokens, today_weekday: int | None = None) -> Spans:
    """Read the numbers and durations of an utterance."""
    numbers = tuple(n for at in range(len(words)) if (n := read_range(words, at)))
    if not numbers and len(words) == 1 and words[0] in ALIKE:
        numbers = (Number(float(ALIKE[words[0]]), 0, 1, float(ALIKE[words[0]])),)
    found = durations(words, today_weekday)
    places = {
        "number": {n.start: frozenset((n.end,)) for n in numbers},
        "duration": {d.start: frozenset((d.end,)) for d in found},
    }
    return Spans(numbers, {d.start: d.days for d in found}, places)


NO_SPANS = Spans((), {}, {})
