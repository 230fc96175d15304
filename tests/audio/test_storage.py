"""Where nothing can be kept, a spoken check is held, and says so aloud."""

import time
from pathlib import Path

import numpy as np
import pytest

from tests.audio.conftest import captions
from voice_skill.audio.virtual_card import VirtualSoundCard

pytestmark = pytest.mark.audio


def test_without_a_data_folder_the_check_begins_and_tells(tmp_path: Path) -> None:
    (tmp_path / "in the way").touch()
    raw = tmp_path / "said.raw"
    with VirtualSoundCard() as card:
        recorder = card.record("vspk", raw, 16000)
        shown = []
        with captions(tmp_path / "in the way", card) as lines:
            for line in lines:
                shown.append(line)
                if "symptoms today" in line:
                    break
            time.sleep(4)  # what is shown is said now
        recorder.terminate()
        recorder.wait()
    assert any("I can't keep anything of this check" in line for line in shown), shown
    loud = np.abs(np.fromfile(raw, "<i2").astype(int)) > 500
    assert loud.sum() > 16000
