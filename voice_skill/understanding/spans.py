"""Numbers and durations of an utterance as places where they begin and may end."""

from collections.abc import Mapping
from dataclasses import dataclass

from voice_skill.understanding.language import Language
from voice_skill.understanding.numbers import Number
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


def spans_of(words: Tokens, language: Language, today_weekday: int | None = None) -> Spans:
    """Read the numbers and durations of an utterance."""
    numbers = language.numbers.ranges(words)
    found = language.durations.all(words, today_weekday)
    places = {
        "number": {n.start: frozenset((n.end,)) for n in numbers},
        "duration": {d.start: frozenset((d.end,)) for d in found},
    }
    return Spans(numbers, {d.start: d.days for d in found}, places)


NO_SPANS = Spans((), {}, {})
