"""The skill's own voice is taken out of what the microphone hears; the person's stays."""

import numpy as np
import pytest

from voice_skill.hearing.echo import SpeexFilter
from voice_skill.hearing.sound import BLOCK_BYTES, RATE_HZ, to_pcm
from voice_skill.measuring.air import echo_response
from voice_skill.simulating.patient import speak


@pytest.fixture(scope="module")
def coach() -> np.ndarray:
    text = "Hold the wall. Swing one leg forward and back, like a pendulum. Stand tall, breathe."
    return np.tile(speak(text, "espeak-ng en-us", 1.0), 3)


def cleaned(heard: np.ndarray, played: np.ndarray) -> np.ndarray:
    cancel = SpeexFilter()
    near, far = to_pcm(heard.astype(np.float32)), to_pcm(played.astype(np.float32))
    parts = [
        cancel(near[i : i + BLOCK_BYTES], far[i : i + BLOCK_BYTES])
        for i in range(0, len(near) - BLOCK_BYTES, BLOCK_BYTES)
    ]
    return np.frombuffer(b"".join(parts), "<i2").astype(float) / 32768


def level_db(samples: np.ndarray) -> float:
    return float(10 * np.log10((samples**2).mean() + 1e-12))


@pytest.mark.parametrize("attenuation_db", [6.0, 12.0, 20.0])
def test_an_echo_through_a_room_is_weakened_by_twelve_decibels(
    coach: np.ndarray, attenuation_db: float
) -> None:
    way = echo_response(attenuation_db, np.random.default_rng(1))
    heard = np.convolve(coach, way)[: len(coach)]
    left = cleaned(heard, coach)
    late = slice(-5 * RATE_HZ, None)
    assert level_db(left[late]) < level_db(heard[late]) - 12


def test_what_the_person_says_stays_as_loud(coach: np.ndarray) -> None:
    person = speak("pause. easier. how many left", "espeak-ng en-gb+f2", 1.0)
    way = echo_response(12.0, np.random.default_rng(1))
    heard = np.convolve(coach, way)[: len(coach)]
    start = len(coach) - len(person) - RATE_HZ
    heard[start : start + len(person)] += person
    left = cleaned(heard, coach)[start : start + len(person)]
    assert abs(level_db(left) - level_db(person)) < 3
