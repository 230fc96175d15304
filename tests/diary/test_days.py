"""Days count only where the clock can be believed; what is not known counts as recent."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_skill.cli import doctor
from voice_skill.content import Content
from voice_skill.dialog.limits import read_limits
from voice_skill.diary.days import ages
from voice_skill.diary.entry import Entry
from voice_skill.diary.looking_back import next_check, past_of, rest_days, week_of
from voice_skill.errors import VoiceSkillError
from voice_skill.ladder.programme import Ladder
from voice_skill.ladder.progression import Climb, Session
from voice_skill.ladder.today import checked_today, clinician_decides, today_of
from voice_skill.paths import dialog_folder
from voice_skill.storage.diary_file import Book
from voice_skill.storage.store import Store

LIMITS = read_limits(dialog_folder())[0]
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=timezone.utc)
IMPOSSIBLE = ["1970-01-01T00:00:10+00:00", "2025-12-31T08:00:00+00:00", "2031-01-01T08:00:00+00:00"]
WARMED = {"routine": "gentle", "outcome": "run", "pain": 1}


def rest(days_ago: float, **more: object) -> Entry:
    when = (NOW - timedelta(days=days_ago)).isoformat()
    return Entry(when, "REST", **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def ladder(content: Content) -> Ladder:
    return content.ladder


@pytest.mark.parametrize("when", IMPOSSIBLE)
def test_an_impossible_day_is_no_week_of_rest(when: str) -> None:
    odd = Entry(when, "REST", pain=4)
    assert rest_days([odd], NOW) == 0
    assert "three_weeks" not in past_of(LIMITS.looking_back, [odd], NOW).flags
    assert rest_days([odd, rest(9)], NOW) == 9
    assert rest_days([rest(22), odd, rest(1)], NOW) == 22
    assert week_of([odd], NOW).checks == 0
    assert past_of(LIMITS.looking_back, [odd], NOW).last_pain == 4


@pytest.mark.parametrize("when", IMPOSSIBLE)
def test_an_impossible_day_lifts_no_hold(ladder: Ladder, when: str) -> None:
    stressed = Entry(when, "SOON", rules=("S09",))
    assert clinician_decides(ladder, [stressed], NOW)
    assert clinician_decides(ladder, [stressed, rest(80)], NOW)
    assert not clinician_decides(ladder, [stressed, rest(91)], NOW)
    assert checked_today(LIMITS.ladder, [Entry(when, "WARMUP", **WARMED)], NOW) is None  # type: ignore[arg-type]


def test_a_leap_of_years_lifts_no_hold_and_makes_no_weeks(ladder: Ladder) -> None:
    later = datetime(2031, 1, 1, tzinfo=timezone.utc)
    stressed = Entry(NOW.isoformat(), "SOON", rules=("S09",))
    assert clinician_decides(ladder, [stressed], later)
    assert rest_days([rest(0)], later) == 0


def test_a_clock_that_is_wrong_today_believes_nothing(ladder: Ladder) -> None:
    for year in (1970, 2025, 9999):
        wrong = datetime(year, 12, 31, 23, 59, tzinfo=timezone.utc)
        assert ages([rest(30), rest(3)], wrong) == [0, 0]
        assert next_check(LIMITS.looking_back, [rest(30)], wrong) is None
        same_day = Entry(wrong.isoformat(), "WARMUP", **WARMED)  # type: ignore[arg-type]
        assert checked_today(LIMITS.ladder, [same_day], wrong) is None


def test_a_day_is_one_of_the_persons_calendar_also_around_summer_time() -> None:
    summer, winter = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
    late = Entry(datetime(2026, 10, 24, 0, 30, tzinfo=summer).isoformat(), "REST")
    assert ages([late], datetime(2026, 10, 26, 9, 0, tzinfo=winter)) == [2]


@pytest.mark.parametrize("day", ["1970-01-02", "2031-05-05", "2025-01-01"])
def test_a_place_with_an_impossible_day_counts_as_of_today(ladder: Ladder, day: str) -> None:
    odd = datetime.fromisoformat(day).date()
    today = today_of(ladder, Climb(2, 8, 2, odd, Session(odd, "yes")), [], NOW)
    assert (today.refused, today.redated) == ("rest_day", True)
    tomorrow = today_of(ladder, today.before, [], NOW + timedelta(days=2))
    assert (tomorrow.refused, tomorrow.redated) == (None, False)
    assert tomorrow.plan.climb.step == 2


days_of_a_diary = st.lists(st.integers(-2000, 2000))


@given(days_of_a_diary)
def test_no_entry_is_older_than_one_before_it_nor_than_its_own_day_says(days: list[int]) -> None:
    found = ages([rest(day) for day in days], NOW)
    assert found == sorted(found, reverse=True)
    for age, day in zip(found, days, strict=True):
        assert age >= 0
        if 0 <= day <= 300:  # a day that can be believed
            assert age <= day


def test_the_self_test_tells_of_a_clock_that_cannot_be_right(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert doctor._clock().startswith("20")
    store = Store.from_platform()
    Book.from_store(store).with_entry(Entry("2090-01-01T08:00:00+00:00", "REST")).save()
    with pytest.raises(VoiceSkillError, match="the diary holds 2090-01-01"):
        doctor._clock()
    monkeypatch.setattr(doctor, "now_here", lambda: datetime(1970, 1, 1, tzinfo=timezone.utc))
    with pytest.raises(VoiceSkillError, match="shows 1970-01-01 00:00, which cannot be"):
        doctor._clock()
