"""A program that is killed leaves no sound server, no recorder, and no file."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from voice_skill.audio.virtual_card import VirtualSoundCard

PROGRAM = """
import sys, time
from pathlib import Path
from voice_skill.audio.virtual_card import VirtualSoundCard
with VirtualSoundCard() as card:
    recorder = card.record("vspk", Path(sys.argv[1]), 16000)
    print(card.folder, recorder.pid, card._server, flush=True)
    time.sleep(60)
"""


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except OSError:
        return False


@pytest.mark.audio
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_program_leaves_nothing_running(
    tmp_path: Path, sound_card: VirtualSoundCard, number: int
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "raw")], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    folder, *pids = process.stdout.readline().split()
    assert all(lives(int(pid)) for pid in pids)
    process.send_signal(number)
    process.wait()
    until = time.monotonic() + 30
    while Path(folder).exists() or any(lives(int(pid)) for pid in pids):
        assert time.monotonic() < until
        time.sleep(0.05)
