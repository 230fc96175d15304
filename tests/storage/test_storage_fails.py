"""What cannot be kept is told, and the check is held to its end all the same."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from voice_skill.cli import main
from voice_skill.content import Content
from voice_skill.dialog.effects import Say
from voice_skill.runtime.people.persona import Persona, PersonaFile
from voice_skill.storage.record import Kept
from voice_skill.storage.store import Store

WELL = {"symptom_now": "no", "no_symptom_gate": "no", "age": "thirty", "readback": "yes"}
NOT_KEPT = "I can't keep anything of this check"


def hold(kept: Kept) -> str:
    """All that is said to the end."""
    persona, effects, said = Persona(PersonaFile(says=WELL)), kept.effects, []
    while True:
        said += [line for effect in effects if isinstance(effect, Say) for line in effect.lines]
        if kept.conversation.finished or kept.conversation.floor is None:
            return " ".join(said)
        effects = kept.conversation.hear(persona.answer(kept.conversation.floor.field))


@pytest.fixture
def no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that cannot be made, whoever tries: a file stands in its place."""
    place = tmp_path / "in the way"
    place.write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(place))
    return place


def keyboard(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    left = iter(lines)
    monkeypatch.setattr("builtins.input", lambda *_: next(left))


def test_without_a_folder_the_check_is_held_and_the_exit_code_tells(
    no_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keyboard(monkeypatch, "yes", "yes")
    assert main(["run", "--text", "--json"]) == 3
    out, err = capsys.readouterr()
    assert json.loads(out)["care"] == "EMERGENCY"
    assert NOT_KEPT in err
    assert "write down what I told you" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("writes_left", range(8))
def test_a_disk_that_fills_up_in_mid_check_is_told_once(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes_left: int
) -> None:
    store, real, left = Store(tmp_path / "data"), os.write, [writes_left]

    def write(file: int, data: bytes) -> int:
        left[0] -= 1
        return real(file, data) if left[0] >= 0 else real(file, data[:5])

    monkeypatch.setattr(os, "write", write)
    kept = Kept(content, store, fresh=False)
    said = hold(kept)
    monkeypatch.undo()
    assert kept.close().care == "WARMUP"
    if left[0] < 0:
        assert said.count(NOT_KEPT) == 1
        assert kept.lost
    kept.release()
    again = Kept(content, store, fresh=False)  # what was kept in part is not gone on with
    assert again.conversation.state.current == "symptom_now"


def test_a_disk_that_is_full_at_the_end_is_told_and_written_later(
    content: Content, tmp_path: Path
) -> None:
    store = Store(tmp_path / "data")
    kept = Kept(content, store, fresh=False)
    hold(kept)
    (store.folder / "diary.jsonl").mkdir()  # nothing can be put in its place
    assert kept.close().care == "WARMUP"
    assert kept.lost
    kept.release()
    (store.folder / "diary.jsonl").rmdir()
    again = Kept(content, store, fresh=True)
    assert again.desk.diary
    assert "WARMUP" in (store.folder / "diary.jsonl").read_text()


@pytest.mark.parametrize(("text", "told"), [
    (b"", True), (b"{", True), (b'\xef\xbb\xbf{"emergency_number": "999"}', False),
    (b"\xff\xfe", True), (b"[]", True), (b'{"rate_wpm": "fast"}', True), (b"[" * 9999, True),
    (b'{"volume": 7, "emergency_number": "999"}', True), (b'{"voice": null}', False),
])  # fmt: skip
def test_settings_that_cannot_be_read_are_told_left_and_hold_nobody_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: bytes, told: bool
) -> None:
    path = Store.from_platform().folder / "settings.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(text)
    keyboard(monkeypatch, "yes", "yes")
    assert main(["run", "--text", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["care"] == "EMERGENCY"
    assert ("I can't read your settings" in err) == told
    assert ("999" in err) == (b"999" in text)
    assert path.read_bytes() == text


def test_an_empty_diary_file_is_told(content: Content, tmp_path: Path) -> None:
    store = Store(tmp_path)
    (tmp_path / "diary.jsonl").touch()
    assert "I can't read the diary" in hold(Kept(content, store, fresh=False))


def test_bytes_that_are_no_text_are_an_answer_that_is_not_understood(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "voice_skill", "run", "--text"], env=environment,
        input=b"yes\nno \xe9\nyes\n", capture_output=True, check=False,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr
    assert b"[EMERGENCY]" in done.stdout
    assert done.returncode == 0


def test_a_value_that_is_no_text_leaves_nothing_half_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["settings", "set", "emergency_number", "1\udcff2"]) in (2, 3)
    assert len(capsys.readouterr().err.splitlines()) == 1
    folder = Store.from_platform().folder
    assert not folder.exists() or not list(folder.glob(".part-*"))


WRITER = """
import sys
from pathlib import Path
from voice_skill.storage.diary_file import Book
from voice_skill.diary.entry import Entry
from voice_skill.storage.store import Store
store = Store(Path(sys.argv[1]))
for number in range(25):
    with store.changing():
        entry = Entry("2026-11-27T08:00:00+00:00", "REST", session=f"{sys.argv[2]}{number}")
        Book.from_store(store).with_entry(entry).save()
"""


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name])
               for name in "ab"]  # fmt: skip
    assert [writer.wait() for writer in writers] == [0, 0]
    assert len((tmp_path / "diary.jsonl").read_text().splitlines()) == 51


def test_a_conversation_says_first_what_must_be_known(content: Content) -> None:
    conversation = content.conversation()
    conversation.notices.append("Listen.")
    first, *_ = conversation.begin()
    assert first == Say(("Listen.",))
    assert Say(("Listen.",)) not in conversation.hear("yes")
