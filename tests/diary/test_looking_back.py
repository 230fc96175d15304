"""What the diary says about today: with care, whatever the clock does."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_skill.dialog.history import Week
from voice_skill.dialog.limits import read_limits
from voice_skill.diary.days import ages
from voice_skill.diary.entry import Entry
from voice_skill.diary.looking_back import (
    next_check,
    not_improving,
    past_of,
    rest_began,
)
from voice_skill.paths import dialog_folder

LIMITS = read_limits(dialog_folder())[0].looking_back
NOW = datetime(2026, 3, 30, 9, 0, tzinfo=timezone.utc)


def entry(days_ago: float, care: str = "REST", **more: object) -> Entry:
    when = (NOW - timedelta(days=days_ago)).isoformat()
    return Entry(when, care, **more)  # type: ignore[arg-type]


def warmed(days_ago: float, morning: str | None = None) -> Entry:
    return entry(days_ago, care="WARMUP", routine="standard", outcome="run", morning=morning)


def test_check_ins_come_each_week_until_three() -> None:
    assert next_check(LIMITS, [entry(2)], NOW) == (7, (NOW + timedelta(days=5)).date())
    assert next_check(LIMITS, [entry(8), entry(1)], NOW) == (14, (NOW + timedelta(days=6)).date())
    assert next_check(LIMITS, [entry(8), entry(1, care="WARMUP")], NOW) is None
    assert rest_began([entry(30), entry(20, care="WARMUP"), entry(3), entry(1)]) == entry(3)


def test_three_weeks_without_less_pain_is_time_for_a_visit() -> None:
    assert not_improving(LIMITS, [entry(22, pain=4), entry(1, pain=4)], NOW)
    assert not_improving(LIMITS, [entry(22), entry(1, pain=1)], NOW)
    assert not not_improving(LIMITS, [entry(22, pain=4), entry(1, pain=2)], NOW)
    assert not not_improving(LIMITS, [entry(20, pain=4), entry(1, pain=5)], NOW)


@pytest.mark.parametrize(("entries", "up"), [
    ([], set()),
    ([warmed(1)], {"morning_due"}),
    ([warmed(1), entry(0, care="WARMUP")], {"morning_due"}),
    ([warmed(0)], set()),
    ([warmed(4)], set()),
    ([warmed(1, "yes")], set()),
    ([warmed(1, "no")], {"felt_next_morning"}),
    ([warmed(9, "no")], set()),
    ([warmed(-5, "no")], {"felt_next_morning"}),
    ([entry(6)], set()),
    ([entry(7)], {"check_due"}),
    ([entry(8), entry(1)], set()),
    ([entry(15), entry(8)], {"check_due"}),
    ([entry(21), entry(14)], {"check_due", "three_weeks"}),
    ([entry(21), entry(14, care="ROUTINE")], set()),
    ([warmed(20, "no"), warmed(10, "yes"), warmed(5, "no")], {"steady_before"}),
    ([warmed(20, "no"), warmed(10, "yes"), warmed(5, "yes")], set()),
    ([warmed(60, "no"), warmed(50, "no"), warmed(5, "no")], set()),
])  # fmt: skip
def test_what_the_diary_raises(entries: list[Entry], up: set[str]) -> None:
    assert past_of(LIMITS, entries, NOW).flags == up


@pytest.mark.parametrize(("pain", "flags"), [
    (3, set()), (4, {"no_less_pain"}), (5, {"pain_up", "no_less_pain"}),
    (None, {"pain_up", "no_less_pain"}),
])  # fmt: skip
def test_todays_pain_is_compared_once_it_is_told(pain: int | None, flags: set[str]) -> None:
    past = past_of(LIMITS, [entry(6, pain=4), entry(1, pain=3)], NOW)
    assert past.flags == set()
    assert past.flags_with(pain, LIMITS.pain_rise.value) == flags


def test_an_old_score_is_no_measure_for_today() -> None:
    assert past_of(LIMITS, [entry(15, care="WARMUP", pain=1)], NOW).last_pain is None


def test_the_last_week_in_figures() -> None:
    days = [entry(7, pain=9), entry(6, pain=5), warmed(3, "no"), entry(1, pain=2)]
    assert past_of(LIMITS, days, NOW).week == Week(3, 1, 5, 2, 5, 1)


def test_a_clock_that_jumps_never_makes_days_negative() -> None:
    assert ages([entry(-400)], NOW) == [0]
    assert next_check(LIMITS, [entry(-400)], NOW) is not None


rows_of_a_diary = st.tuples(
    st.integers(-900, 900),
    st.sampled_from(["REST", "WARMUP", "SOON"]),
    st.sampled_from([None, 0, 5, 10]),
    st.sampled_from([None, "yes", "no"]),
)


def test_a_clock_that_was_ahead_hides_no_week_of_a_rest() -> None:
    """The first entry of the rest comes from the future."""
    ahead = entry(-30, pain=4)
    assert past_of(LIMITS, [ahead, entry(8), entry(1)], NOW).rest_days == 8
    assert next_check(LIMITS, [ahead, entry(8), entry(1)], NOW) == (
        14,
        (NOW + timedelta(days=6)).date(),
    )
    assert next_check(LIMITS, [ahead, entry(9)], NOW) == (7, (NOW - timedelta(days=2)).date())
    assert not_improving(LIMITS, [ahead, entry(22), entry(1, pain=4)], NOW)


@given(st.lists(rows_of_a_diary))
def test_any_diary_under_any_clock_can_be_looked_back_on(
    rows: list[tuple[int, str, int | None, str | None]],
) -> None:
    entries = [entry(d, c, pain=p, morning=m, routine="gentle") for d, c, p, m in rows]
    past = past_of(LIMITS, entries, NOW)
    assert past.rest_days >= 0
    assert not ({"morning_due", "felt_next_morning"} <= past.flags)
