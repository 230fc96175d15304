"""Words stand still, and the sound that gave them is over."""

import numpy as np
import pytest

from voice_skill.audio.sound import BLOCK_SECONDS, RATE_HZ, to_pcm
from voice_skill.listening.stability import Stillness


def block(level_dbfs: float) -> bytes:
    samples = np.random.default_rng(1).normal(size=int(BLOCK_SECONDS * RATE_HZ))
    return to_pcm((samples * 10 ** (level_dbfs / 20)).astype(np.float32))


def heard(*levels_dbfs: float) -> Stillness:
    still = Stillness()
    for level in (-70.0,) * 20 + levels_dbfs:
        still.sound(block(level))
    return still


def test_it_is_quiet_from_the_end_of_a_sound_on() -> None:
    assert heard(-20.0).sounding
    assert heard(-20.0).quiet_seconds == 0
    assert not heard(-20.0, -70.0, -70.0).sounding
    assert heard(-20.0, -70.0, -70.0).quiet_seconds == pytest.approx(0.1)


def test_silence_alone_is_not_the_end_of_anything() -> None:
    assert heard(-70.0, -70.0).quiet_seconds == 0
    still = heard(-20.0, -70.0, -70.0)
    still.begin()
    still.sound(block(-70.0))
    assert still.quiet_seconds == 0


def test_over_music_nothing_is_quiet() -> None:
    assert heard(-20.0, *(-35.0,) * 10).quiet_seconds == 0


def test_words_stand_still_while_they_are_the_same() -> None:
    still = Stillness()
    steady = []
    for text in ("count", "count", "count for", "count for", "count for", ""):
        still.words(text)
        steady.append(still.steady_seconds)
    assert steady == pytest.approx([0, 0.05, 0, 0.05, 0.1, 0])
