"""Numbers and durations in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.english import ENGLISH

NUMBERS, DURATIONS = ENGLISH.numbers, ENGLISH.durations
in_words = NUMBERS.in_words


def values(text: str) -> list[float]:
    return [number.value for number in NUMBERS.all(ENGLISH.tokens(text))]


def days(text: str, today_weekday: int | None = None) -> list[int]:
    return [found.days for found in DURATIONS.all(ENGLISH.tokens(text), today_weekday)]


@given(st.integers(0, 199))
def test_a_number_in_words_is_read_back(value: int) -> None:
    assert values(in_words(value)) == [value]


@given(st.integers(0, 10), st.integers(0, 10))
def test_a_range_is_its_highest_and_its_lowest(one: int, other: int) -> None:
    for text in (f"{in_words(one)} or {in_words(other)}", f"between {one} and {other}"):
        read = NUMBERS.read_range(ENGLISH.tokens(text), 0)
        assert read is not None
        assert (read.value, read.lowest) == (max(one, other), min(one, other))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a hundred and two", [102]), ("a dozen", [12]), ("two dozen", [24]), ("half a dozen", [6]),
     ("six and a half", [6.5]), ("three\u00bd", [3.5]), ("7.5", [7.5]), ("6.0", [6]),
     ("seven point five", [7.5]), ("six ish", [6]), ("sixish", [6]), ("no number", []),
     ("to", [2]), ("to me", []), ("nine to five", [9, 5]), ("forty one", [41])],
)  # fmt: skip
def test_numbers_in_all_their_forms(text: str, expected: list[float]) -> None:
    assert values(text) == expected


@given(st.integers(1, 60), st.sampled_from([("day", 1), ("week", 7), ("month", 30), ("year", 365)]))
def test_a_counted_duration_is_read_in_days(count: int, unit: tuple[str, int]) -> None:
    assert days(f"about {in_words(count)} {unit[0]}s") == [count * unit[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a week and a half", [11]), ("a couple of days", [2]), ("since yesterday", [1]),
     ("this morning", [0]), ("since last sunday", [10]), ("half a year", [183]),
     ("a hundred days", [100]), ("a dozen weeks", [84]), ("six whole weeks", [42]),
     ("6.0 weeks", [42]), ("a month and two weeks", [44]), ("two or three days", [3]),
     ("years but worse since sunday", [365, 3]), ("nothing of the kind", [])],
)  # fmt: skip
def test_spoken_durations(text: str, expected: list[int]) -> None:
    assert days(text, today_weekday=2) == expected
