"""How virtual patients sound: accents, and others who talk behind them."""

import random

import numpy as np
import pytest

from voice_skill.audio.sound import RATE_HZ
from voice_skill.lab.conditions import from_pcm
from voice_skill.lab.manners import (
    BEHIND_DB,
    ECHO_DB,
    LEAD_SECONDS,
    MANNERS,
    phrased,
    sounding,
)
from voice_skill.lab.patient import accents, speak, voices


def power_db(samples: np.ndarray) -> float:
    return float(10 * np.log10((samples**2).mean()))


@pytest.mark.parametrize("manner", MANNERS)
def test_every_manner_keeps_the_words_of_the_answer(manner: str) -> None:
    assert "one leg" in phrased("one leg", manner, random.Random(1))


def test_each_accent_has_sounds_and_a_rhythm_of_its_own() -> None:
    said = [speak("both legs", voice, 1.0) for voice in accents()]
    assert len({len(samples) for samples in said}) == len(accents())
    assert all(0.4 < len(samples) / RATE_HZ < 1.6 for samples in said)
    assert not set(accents()) & set(voices())


def test_an_accent_is_the_same_each_time() -> None:
    first, second = (speak("three days", "accent pl", 1.2) for _ in range(2))
    assert np.array_equal(first, second)


def test_others_talk_before_and_while_and_after_something_is_said() -> None:
    said = speak("no", "espeak-ng en-us", 1.0)
    heard = from_pcm(sounding(said, "background", random.Random(1)))
    rest = sounding(said, "clean", random.Random(1))
    behind = heard - from_pcm(rest)
    lead = behind[: int(LEAD_SECONDS * RATE_HZ)]
    assert np.abs(lead).max() > 0
    assert power_db(said) - power_db(behind) == pytest.approx(BEHIND_DB, abs=0.5)


def test_an_echo_gives_the_words_back_later_and_weaker() -> None:
    click = np.zeros(RATE_HZ // 10)
    click[0] = 0.5
    heard = from_pcm(sounding(click, "echo", random.Random(1)))
    (first, second) = np.flatnonzero(np.abs(heard) > 0.01)
    assert 0.15 <= (second - first) / RATE_HZ <= 0.35
    assert heard[second] / heard[first] == pytest.approx(10 ** (-ECHO_DB / 20), abs=0.01)
