"""The skill's own voice is taken out of what the microphone hears; the person's stays."""

import threading
import time

import numpy as np
import pytest

from voice_skill.audio.sound import BLOCK_BYTES, RATE_HZ, to_pcm
from voice_skill.hearing import echo
from voice_skill.hearing.echo import EchoCanceller, Monitor, SpeexFilter
from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.lab.coach.air import echo_response
from voice_skill.lab.patient import speak


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


class StalledMonitor(Monitor):
    """Tells of a second of sound, and then nothing until it is told to."""

    def __init__(self) -> None:
        self._arrived = threading.Condition()
        self._waiting = bytearray(2 * RATE_HZ)

    def arrive(self, size: int) -> None:
        self._waiting += bytes(size)


def test_a_sound_server_that_stalls_holds_nobody_up_for_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is waited for once; what comes later is paired with what was heard then."""
    monkeypatch.setattr(echo, "Monitor", StalledMonitor)
    canceller, block = EchoCanceller(OwnEcho()), bytes(BLOCK_BYTES)
    monitor = canceller._monitor
    assert isinstance(monitor, StalledMonitor)
    began = time.monotonic()
    for _ in range(9):
        assert canceller.clean(block) == block
    assert time.monotonic() - began < 0.5
    monitor.arrive(10 * BLOCK_BYTES)
    canceller.clean(block)
    assert monitor.seconds < 0.1
