"""A command said while the skill speaks cuts it short and is obeyed.

Not "stop": the first prompt holds that word, so it is not taken from anybody while it sounds.
"""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from voice_skill.soundcard import VirtualSoundCard

pytestmark = [pytest.mark.audio, pytest.mark.timeout(120)]


def test_a_command_is_heard_while_the_skill_speaks(tmp_path: Path) -> None:
    wav = tmp_path / "pause.wav"
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "150", "-w", wav, "pause"], check=True)
    with VirtualSoundCard() as card:
        environment = {**os.environ, **card.environment, "XDG_DATA_HOME": str(tmp_path)}
        process = subprocess.Popen(
            [sys.executable, "-m", "voice_skill", "run"], env=environment, text=True,
            stderr=subprocess.PIPE)  # fmt: skip
        said: list[str] = []
        assert process.stderr
        killer = threading.Timer(90, process.kill)
        killer.start()
        for line in process.stderr:
            said.append(line.strip())
            if "not a diagnosis" in line:
                card.play_to_microphone(wav)
            if "Paused" in line:
                break
        process.kill()
        process.wait()
        killer.cancel()
    assert "> pause" in said
    assert not any("back or leg symptoms" in line for line in said)
