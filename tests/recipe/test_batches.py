"""What is done to energies before they are learnt from, and the bigram beside them."""

import random

import numpy as np
import pytest

pytest.importorskip("jax", reason="the recipe's packages: pip install -e '.[train]'")

from models.recipe import batches, transcripts
from voice_skill.models.units import SOUNDS


def speech(seed: int) -> np.ndarray:
    """(120, 40) energies: silence, speech, silence."""
    energies = np.full((120, 40), -2.0, np.float32)
    energies[40:80] = np.random.default_rng(seed).normal(10.0, 2.0, (40, 40))
    return energies


@pytest.mark.parametrize("seed", range(5))
def test_mumbled_speech_is_quieter_and_loses_what_is_high(seed: int) -> None:
    said, mumbled = speech(seed), batches.mumbled(speech(seed), random.Random(seed))
    lost = said - mumbled
    assert lost.min() >= 0
    assert np.ptp(lost[:, :17]) == pytest.approx(0, abs=1e-4)
    assert lost[:, 25:].min() > lost[:, :17].max() + 2


@pytest.mark.parametrize("seed", range(5))
def test_a_wall_gives_the_words_back_weaker_and_later(seed: int) -> None:
    said, both = speech(seed), batches.given_back(speech(seed), random.Random(seed))
    added = both - said
    assert added.min() >= 0
    assert added[:45].max() < 0.4  # what is given back of the silence
    assert added[85:110].max() > 2
    assert both[80:].max() < said.max()


def test_what_is_too_short_for_an_echo_stays_whole() -> None:
    assert np.isfinite(batches.given_back(speech(0)[:5], random.Random(0))).all()


def test_a_power_below_one_flattens_the_bigram() -> None:
    texts = [("yes",)] * 50 + [("no",)]
    lexicon = {"yes": (("Y", "EH", "S"),), "no": (("N", "OW"),)}
    whole, flat = (transcripts.bigram(texts, lexicon, 0.0, power) for power in (1.0, 0.2))
    before = SOUNDS.index("SIL")
    often, rare = SOUNDS.index("Y"), SOUNDS.index("N")
    assert whole.sum(axis=1) == pytest.approx(1)
    assert flat.sum(axis=1) == pytest.approx(1)
    assert whole[before, often] / whole[before, rare] > 20
    assert 1 < flat[before, often] / flat[before, rare] < 3
