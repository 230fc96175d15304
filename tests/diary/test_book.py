"""The diary survives cuts, newer versions and clocks that jump, and looks back with care."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from voice_skill.diary.book import Book
from voice_skill.diary.entry import Entry
from voice_skill.diary.looking_back import (
    days_since,
    next_check,
    not_improving,
    rest_began,
    stepped_down,
)
from voice_skill.errors import StorageError, UsageError

NOW = datetime(2026, 3, 30, 9, 0, tzinfo=timezone.utc)


def entry(days_ago: float, care: str = "REST", **more: object) -> Entry:
    when = (NOW - timedelta(days=days_ago)).isoformat()
    return Entry(when, care, **more)  # type: ignore[arg-type]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    book = Book(tmp_path / "diary.jsonl").with_entry(entry(1, pain=4, done=("walk_easy",)))
    book.save()
    assert Book.read(book.path) == book
    assert book.path.stat().st_mode & 0o777 == 0o600


def test_a_session_written_again_replaces_itself(tmp_path: Path) -> None:
    book = Book(tmp_path / "d").with_entry(entry(1)).with_entry(entry(1, care="WARMUP"))
    assert [e.care for e in book.entries] == ["WARMUP"]


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_file_cut_off_anywhere_keeps_what_is_whole(tmp_path: Path, cut: int) -> None:
    book = Book(tmp_path / "d").with_entry(entry(2)).with_entry(entry(1))
    book.save()
    book.path.write_bytes(book.path.read_bytes()[:-cut])
    again = Book.read(book.path)
    assert again.entries in (book.entries, book.entries[:1])
    again.with_entry(entry(0)).save()
    assert Book.read(book.path).entries[-1] == entry(0)


@pytest.mark.parametrize(("text", "complaint"), [
    ('{"format": 99}\n', "made by a newer voice_skill; update"),
    ('{"colour": 1}\n', "no diary"), ("[]\n", "no diary"),
    ('{"format": 1}\nnonsense\n{"care": "REST"}\n', ":2: damaged"),
    ('{"format": 1}\n{"care": "REST"}\n', ":2: an entry makes no sense"),
])  # fmt: skip
def test_what_cannot_be_read_is_told_and_left_alone(
    tmp_path: Path, text: str, complaint: str
) -> None:
    path = tmp_path / "d"
    path.write_text(text)
    with pytest.raises(StorageError, match=complaint):
        Book.read(path)
    assert path.read_text() == text


def test_the_morning_belongs_to_the_last_session(tmp_path: Path) -> None:
    book = Book(tmp_path / "d").with_entry(entry(2)).with_entry(entry(1)).with_morning("no")
    assert [e.morning for e in book.entries] == [None, "no"]
    with pytest.raises(UsageError, match="empty"):
        Book(tmp_path / "d").with_morning("yes")


@pytest.mark.parametrize(("variant", "morning", "days", "today"), [
    ("standard", "no", 1, "gentle"), ("gentle", "no", 1, None), ("disc_sparing", "no", 1, None),
    ("standard", "yes", 1, "standard"), ("standard", None, 1, "standard"),
    ("standard", "no", 9, "standard"), ("standard", "no", -5, "gentle"),
])  # fmt: skip
def test_a_warm_up_felt_next_morning_means_a_step_down(
    variant: str, morning: str | None, days: int, today: str | None
) -> None:
    last = entry(days, care="WARMUP", routine="standard", outcome="run", morning=morning)
    assert stepped_down(variant, [last], NOW) == today


def test_check_ins_come_each_week_until_three() -> None:
    assert next_check([entry(2)], NOW) == (7, (NOW + timedelta(days=5)).date())
    assert next_check([entry(8), entry(1)], NOW) == (14, (NOW + timedelta(days=6)).date())
    assert next_check([entry(8), entry(1, care="WARMUP")], NOW) is None
    assert rest_began([entry(30), entry(20, care="WARMUP"), entry(3), entry(1)]) == entry(3)


def test_three_weeks_without_less_pain_is_time_for_a_visit() -> None:
    assert not_improving([entry(22, pain=4), entry(1, pain=4)], NOW)
    assert not_improving([entry(22), entry(1, pain=1)], NOW)
    assert not not_improving([entry(22, pain=4), entry(1, pain=2)], NOW)
    assert not not_improving([entry(20, pain=4), entry(1, pain=5)], NOW)


def test_a_clock_that_jumps_never_makes_days_negative() -> None:
    assert days_since(entry(-400), NOW) == 0
    assert next_check([entry(-400)], NOW) is not None
