"""Numbers and durations in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_skill.understanding.durations import days
from voice_skill.understanding.numbers import in_words, numbers
from voice_skill.understanding.text import tokens


@given(st.integers(0, 199))
def test_a_number_in_words_is_read_back(value: int) -> None:
    assert numbers(tokens(in_words(value))) == [value]


@given(st.integers(1, 60), st.sampled_from([("day", 1), ("week", 7), ("month", 30), ("year", 365)]))
def test_a_counted_duration_is_read_in_days(count: int, unit: tuple[str, int]) -> None:
    assert days(tokens(f"about {in_words(count)} {unit[0]}s")) == count * unit[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a week and a half", 11), ("a couple of days", 2), ("since yesterday", 1),
     ("this morning", 0), ("since last sunday", 10), ("half a year", 183),
     ("years but worse since sunday", 3), ("nothing of the kind", None)],
)  # fmt: skip
def test_spoken_durations(text: str, expected: int | None) -> None:
    assert days(tokens(text), today_weekday=2) == expected
