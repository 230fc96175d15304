"""What tells of a person is for its owner alone, and is gone once it is deleted."""

import io
import sys
from pathlib import Path

import pytest

from voice_skill.cli import main
from voice_skill.content import Content
from voice_skill.diary.entry import Entry
from voice_skill.ladder.progression import Climb
from voice_skill.paths import cache_folder
from voice_skill.runtime.voice.equipment import opening_lines
from voice_skill.runtime.voice.impersonal import impersonal
from voice_skill.storage import ladder_file
from voice_skill.storage.diary_file import Book
from voice_skill.storage.record import Kept
from voice_skill.storage.store import Store


@pytest.fixture
def traces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A spoken sentence, and what a crash left half written."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    store = Store.from_platform()
    found = [cache_folder() / "a.wav", cache_folder() / "b.part", store.folder / ".part-x",
             store.sessions / ".part-y", store.sessions / "ladder.warmup"]  # fmt: skip
    for file in found:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("I heard 34")
    return found


def left(traces: list[Path]) -> list[str]:
    return [file.name for file in traces if file.exists()]


def test_deleting_all_leaves_no_trace(content: Content, traces: list[Path]) -> None:
    kept = Kept(content, Store.from_platform(), fresh=True)
    kept.close()
    kept.release()
    assert main(["sessions", "delete", "all"]) == 0
    assert left(traces) == []
    assert list(Store.from_platform().sessions.iterdir()) == []


def test_a_session_that_is_going_on_is_not_deleted(
    content: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = Kept(content, Store.from_platform(), fresh=True)
    assert main(["sessions", "delete", "all"]) == 3
    assert "is going on" in capsys.readouterr().err
    assert kept.path.exists()


def test_forgetting_leaves_no_trace_of_what_was_said_aloud(
    content: Content, traces: list[Path]
) -> None:
    Kept(content, Store.from_platform(), fresh=True).conversation.hear("forget me")
    assert left(traces) == ["ladder.warmup"]


def test_forgetting_by_command_leaves_no_trace_either(traces: list[Path]) -> None:
    assert main(["profile", "forget", "all"]) == 0
    assert left(traces) == ["ladder.warmup"]


def kept_days() -> list[Path]:
    """The diary and the place on the way back, with something in them."""
    store = Store.from_platform()
    Book.from_store(store).with_entry(Entry("2026-11-20T08:00:00+00:00", "WARMUP")).save()
    ladder_file.save(store, Climb(2, 8))
    return [Book.place(store), ladder_file.place(store)]


def test_deleting_the_diary_leaves_no_trace_of_it(traces: list[Path]) -> None:
    days = kept_days()
    assert main(["diary", "delete", "--yes"]) == 0
    assert left([*traces, *days]) == ["ladder.warmup"]
    assert main(["diary", "delete", "--yes"]) == 0  # there is nothing left to delete


def test_a_damaged_diary_can_be_deleted() -> None:
    diary, _ = kept_days()
    diary.write_text("damaged")
    assert main(["diary", "delete", "--yes"]) == 0
    assert not diary.exists()


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("\n", 1), ("", 1), ("n\n", 1)])
def test_the_diary_is_deleted_only_by_a_yes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, code: int
) -> None:
    diary, _ = kept_days()
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert main(["diary", "delete"]) == code
    assert diary.exists() == (code == 1)
    assert "told not to run" in capsys.readouterr().err


def test_where_nobody_can_be_asked_the_diary_stays(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    diary, _ = kept_days()
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert main(["diary", "delete"]) == 2
    assert diary.exists()
    assert "--yes" in capsys.readouterr().err


def test_only_what_is_said_to_everybody_may_be_kept(content: Content) -> None:
    dialog, library = content.dialog, content.library
    alike = impersonal(dialog, library.drills, library.routines, library.wording)
    assert set(opening_lines(dialog)) <= alike
    assert {exercise.ask for exercise in dialog.fields.values() if "{" not in exercise.ask} <= alike
    personal = [dialog.message("confirm_value", value="34"), dialog.message("days", count=9),
                dialog.message("profile", known="your age is 34"),
                dialog.message("week_pain", first=1, last=2, worst=3)]  # fmt: skip
    assert alike.isdisjoint(personal)
    assert not any("{" in line for line in alike & set(personal))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_of_the_table_is_a_formula(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], cell: str
) -> None:
    entry = Entry("2026-11-20T08:00:00+00:00", "WARMUP", ladder=cell, routine="=x", outcome="run")
    Book.from_store(Store.from_platform()).with_entry(entry).save()
    assert main(["diary", "-o", str(tmp_path / "d.csv")]) == 0
    text = (tmp_path / "d.csv").read_text()
    assert "'=x" in text
    assert f"'{cell.strip()[:1]}" in text or "'" + cell[:1] in text
    assert (tmp_path / "d.csv").stat().st_mode & 0o077 == 0
