"""`kill -9` at any turn: the next start says where it was, and the end is the same."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from voice_skill.content import Content
from voice_skill.errors import StorageError
from voice_skill.runtime.people.persona import Persona, PersonaFile
from voice_skill.storage.journal import Journal, read
from voice_skill.storage.record import Kept
from voice_skill.storage.store import Store

SAYS: dict[str, str] = {
    "symptom_now": "yes", "age": "forty", "pain": "six", "spread": "low back only",
    "trend": "better", "days": "ten days", "onset": "slowly", "opening": "it hurts",
}  # fmt: skip


def hold(kept: Kept, turns: int) -> bool:
    """Answer some questions. True if the conversation ended."""
    persona = Persona(PersonaFile(says=SAYS))
    for _ in range(turns):
        if kept.conversation.finished or kept.conversation.floor is None:
            return True
        kept.conversation.hear(persona.answer(kept.conversation.floor.field))
    return kept.conversation.finished


@pytest.mark.parametrize("cut", range(1, 24))
def test_a_session_goes_on_where_it_was_cut_off(content: Content, tmp_path: Path, cut: int) -> None:
    store = Store(tmp_path)
    first = Kept(content, store, fresh=False)
    if hold(first, cut):
        return
    state = first.conversation.state
    first.release()
    with first.path.open("ab") as file:
        file.write(b'{"event": "Answ')  # the line that the crash cut off
    second = Kept(content, store, fresh=False)
    assert second.path == first.path
    assert second.conversation.state.answers == state.answers
    assert second.conversation.state.current == state.current
    second.conversation.hear("yes")
    assert hold(second, 60)
    assert second.close().care == "REST"
    assert read(second.path).finished


def test_a_real_process_killed_in_mid_conversation_is_resumed(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "voice_skill", "run", "--text"]
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write("yes\nno\nno\n")
    process.stdin.flush()
    for line in process.stdout:
        if "bowel" in line:
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    again = subprocess.run(
        command, env=environment, input="yes\nyes\n", capture_output=True, text=True, check=True
    )
    assert "We were cut off" in again.stdout or "cut off" in again.stdout
    assert "bowel" in again.stdout
    assert "[EMERGENCY]" in again.stdout


def test_a_second_process_at_the_same_time_holds_a_check_of_its_own(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "voice_skill", "run", "--text"]
    first = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert first.stdin
    assert first.stdout
    first.stdin.write("yes\n")
    first.stdin.flush()
    while "genitals" not in first.stdout.readline():
        pass
    second = subprocess.run(
        command, env=environment, input="yes\nno\n", capture_output=True, text=True, check=True
    )
    assert "Another check is going on" in second.stdout
    assert "cut off" not in second.stdout
    told, _ = first.communicate("yes\n")
    assert "[EMERGENCY]" in told
    assert (tmp_path / "voice-skill" / "diary.jsonl").read_text().count("EMERGENCY") == 1


def test_damage_in_the_middle_of_a_journal_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"format": 1}\n{"event": \n{"event": "NoInput"}\n')
    with pytest.raises(StorageError, match=r"a\.jsonl:2: damaged"):
        read(path)


def test_a_place_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot keep the session"):
        Journal.create(tmp_path / "file" / "a.jsonl", {})


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_one_clear_line() -> None:
    journal = Journal(Path("/dev/full"))
    journal._open(0)
    with pytest.raises(StorageError, match="No space left"):
        journal.note({"a": 1})
