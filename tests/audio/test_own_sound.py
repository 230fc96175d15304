"""How loud the skill's own sound is at a time."""

import numpy as np
import pytest

from voice_skill.audio.own_sound import OwnSound
from voice_skill.audio.sound import SILENCE_DBFS, to_pcm

RATE_HZ = 22050
SECOND = to_pcm(np.full(RATE_HZ, 0.1, np.float32))


def test_it_is_heard_from_its_first_sample_to_its_last() -> None:
    own = OwnSound()
    own.give(SECOND, RATE_HZ, 10.0)
    assert own.level_dbfs(10.4, 10.5) == pytest.approx(-20.0, abs=0.1)
    assert own.level_dbfs(9.95, 10.05) == pytest.approx(-20.0, abs=0.1)
    assert own.level_dbfs(9.0, 10.0) == own.level_dbfs(11.0, 12.0) == SILENCE_DBFS


def test_of_several_the_loudest_counts() -> None:
    own = OwnSound()
    own.give(to_pcm(np.full(RATE_HZ, 0.01, np.float32)), RATE_HZ, 9.0)
    own.give(SECOND, RATE_HZ, 10.0)
    assert own.level_dbfs(9.9, 10.1) == pytest.approx(-20.0, abs=0.1)


def test_silence_and_the_end_of_a_sound_are_silent() -> None:
    own = OwnSound()
    assert own.level_dbfs(0.0, 1.0) == SILENCE_DBFS
    own.give(b"", RATE_HZ, 0.5)
    assert own.level_dbfs(0.0, 1.0) == SILENCE_DBFS
