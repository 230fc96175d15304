"""The first start by voice: real ears and a real voice; nothing is touched and nothing is read."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.paths import dialog_folder
from voice_skill.setup.wording import read_setup

pytestmark = [pytest.mark.audio(whole=True), pytest.mark.timeout(200)]
SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "measure_setup.py"


def test_somebody_sets_the_number_by_voice_alone() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--number"], capture_output=True, text=True,
                          timeout=180, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["number"], found["heard"]) == ("911", True), done.stderr


@pytest.mark.parametrize("first", [True, False])
def test_only_the_first_spoken_check_of_a_device_begins_with_it(
    tmp_path: Path, sound_card: VirtualSoundCard, first: bool
) -> None:
    environment = {**os.environ, **sound_card.environment, "XDG_DATA_HOME": str(tmp_path)}
    if not first:
        (tmp_path / "voice-skill").mkdir()
        (tmp_path / "voice-skill" / "setup.json").write_text('{"done": true}')
    with subprocess.Popen([sys.executable, "-m", "voice_skill", "run"], env=environment, text=True,
                          stderr=subprocess.PIPE) as process:  # fmt: skip
        assert process.stderr
        said = next(line.strip() for line in process.stderr if not line.startswith("("))
        process.kill()
    assert (said == read_setup(dialog_folder()).intro[0]) is first
