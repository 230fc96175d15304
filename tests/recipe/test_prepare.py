"""Altered copies of a recording are still that recording."""

import random

import numpy as np
import pytest

pytest.importorskip("jax", reason="the recipe's packages: pip install -e '.[train]'")

from models.recipe.corpus import RATE_HZ
from models.recipe.features import log_mel
from models.recipe.prepare import CODECS, altered, coded
from voice_skill.lab.patient import speak


@pytest.mark.parametrize(("container", "encoding", "rate_hz"), CODECS)
def test_a_codec_takes_something_away_and_leaves_the_speech(
    container: str, encoding: str, rate_hz: int
) -> None:
    said = speak("it hurts down my leg", "espeak-ng en-us", 1.0).astype(np.float32)
    heard = coded(said, container, encoding, rate_hz)
    assert abs(len(heard) - len(said)) < 0.15 * RATE_HZ
    frames = min(len(log_mel(said)), len(log_mel(heard)))
    before, after = log_mel(said)[:frames, 4:28], log_mel(heard)[:frames, 4:28]
    assert 0.85 < np.corrcoef(before.mean(axis=1), after.mean(axis=1))[0, 1] < 0.99999


def test_copies_stay_within_full_scale_whatever_is_drawn() -> None:
    said = speak("no", "espeak-ng en-us", 1.0).astype(np.float32)
    for seed in range(60):
        assert np.abs(altered(said * 3, [], random.Random(seed))).max() <= 1.05
