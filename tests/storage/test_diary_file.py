"""The diary survives cuts and newer versions."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from voice_skill.diary.entry import Entry
from voice_skill.errors import StorageError, UsageError
from voice_skill.storage.diary_file import Book

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
    assert bool(again.gap) == (len(again.entries) < 2)
    again.with_entry(entry(0)).save()
    assert Book.read(book.path).entries[-1] == entry(0)


@pytest.mark.parametrize(("text", "complaint"), [
    ('{"format": 99}\n', "made by a newer voice_skill; update"),
    ('{"colour": 1}\n', "no diary"), ("[]\n", "no diary"),
    ('{"format": 1}\nnonsense\n{"care": "REST"}\n', ":2: damaged"),
    ('{"format": 1}\n{"care": "REST"}\n', ":2: an entry makes no sense"),
    ('{"form', ":1: damaged"), ("\0\0\0", ":1: damaged"),
    ('{"format": 2}\n[]\n', ":2: an entry makes no sense"),
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
    warmed = Book(tmp_path / "d").with_entry(entry(2, routine="gentle")).with_entry(entry(1))
    assert [e.morning for e in warmed.with_morning("yes").entries] == ["yes", None]
    with pytest.raises(UsageError, match="empty"):
        Book(tmp_path / "d").with_morning("yes")


def test_a_diary_of_the_version_before_is_read_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "d"
    old = {key: value for key, value in entry(3, pain=4).to_json().items() if key != "since_rest"}
    path.write_text(json.dumps({"format": 1}) + "\n" + json.dumps(old) + "\n")
    Book.read(path).with_entry(entry(0)).save()
    assert Book.read(path).entries == (entry(3, pain=4), entry(0))


@pytest.mark.parametrize("wrong", [
    {"pain": "four"}, {"pain": 11}, {"pain": True}, {"care": "FINE"}, {"morning": "maybe"},
    {"done": "abc"}, {"rules": [5]}, {"routine": 3}, {"limited": "no"},
    {"started_at": "9999-12-31T23:59:59-12:00"},
])  # fmt: skip
def test_an_entry_with_a_value_that_is_never_written_is_told(
    tmp_path: Path, wrong: dict[str, object]
) -> None:
    path = tmp_path / "d"
    row = {**entry(1, pain=4).to_json(), **wrong}
    path.write_text(json.dumps({"format": 2}) + "\n" + json.dumps(row) + "\n")
    with pytest.raises(StorageError, match=":2: an entry makes no sense"):
        Book.read(path)
