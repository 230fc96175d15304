"""The virtual card with walls about it: its loudspeaker comes back late, weaker and drawn out."""

import time
from pathlib import Path

import numpy as np
import pytest

from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.lab.coach.walls import Walls
from voice_skill.speaking.playback import Player

pytestmark = pytest.mark.audio
RATE = 16000


def test_a_burst_comes_back_as_from_a_room(sound_card: VirtualSoundCard, tmp_path: Path) -> None:
    burst = (np.random.default_rng(1).normal(size=RATE // 2) * 3000).astype("<i2")
    with Walls(sound_card, 12.0):
        recorders = [sound_card.record("vspk", tmp_path / "out.raw", RATE),
                     sound_card.record("vmic_in", tmp_path / "back.raw", RATE)]  # fmt: skip
        time.sleep(0.5)
        assert Player().play(burst.tobytes(), RATE)
        time.sleep(1.0)
        for recorder in recorders:
            recorder.terminate()
            recorder.wait()
    out, back = (np.fromfile(tmp_path / f"{name}.raw", "<i2").astype(float)
                 for name in ("out", "back"))  # fmt: skip
    weaker_db = 10 * np.log10((out**2).sum() / (back**2).sum())
    assert weaker_db == pytest.approx(12.0, abs=1.0)
    loud = (np.abs(back) > 100).nonzero()[0]
    assert (loud[-1] - loud[0]) / RATE > 0.6  # longer than the burst
