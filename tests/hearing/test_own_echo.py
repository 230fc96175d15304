"""The own voice that comes back is told from somebody who speaks into it, by its level."""

import numpy as np
import pytest

from voice_skill.audio.sound import (
    BLOCK_BYTES,
    BLOCK_SECONDS,
    RATE_HZ,
    SILENCE_DBFS,
    level_dbfs,
    to_pcm,
)
from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.lab.coach.air import echo_response
from voice_skill.lab.patient import speak
from voice_skill.listening.echo_guard import STANDS_OUT_DB

SPAN_SECONDS = 0.4
KNOWN_SECONDS = 1.5
LEVEL_DBFS = -20.0


@pytest.fixture(scope="module")
def coach() -> np.ndarray:
    text = "Hold the wall. Swing one leg forward and back, like a pendulum. Stand tall, breathe."
    return speak(text, "espeak-ng en-us", 1.0)


def echo_of(coach: np.ndarray, attenuation_db: float, delay_seconds: float) -> np.ndarray:
    way = echo_response(attenuation_db, np.random.default_rng(1), delay_seconds)
    return np.convolve(coach, way)[: len(coach)]


def heard_above(heard: np.ndarray, played: np.ndarray) -> list[tuple[float, float]]:
    """For each moment from when it may know: the time, and how far the last words stand out."""
    own, found = OwnEcho(), []
    near, far = to_pcm(heard.astype(np.float32)), to_pcm(played.astype(np.float32))
    for number, start in enumerate(range(0, len(near) - BLOCK_BYTES, BLOCK_BYTES), 1):
        block = slice(start, start + BLOCK_BYTES)
        own.hear(near[block], level_dbfs(far[block]), near[block])
        above = own.above_db(SPAN_SECONDS, 0.0)
        if number * BLOCK_SECONDS > KNOWN_SECONDS and above is not None:
            found.append((number * BLOCK_SECONDS, above))
    return found


@pytest.mark.parametrize("attenuation_db", [-3.0, 6.0, 20.0])
@pytest.mark.parametrize("delay_seconds", [0.0, 0.08, 0.2])
def test_the_own_echo_never_stands_out_of_itself(
    coach: np.ndarray, attenuation_db: float, delay_seconds: float
) -> None:
    found = heard_above(echo_of(coach, attenuation_db, delay_seconds), coach)
    assert found
    assert max(above for _, above in found) < STANDS_OUT_DB


@pytest.mark.parametrize("attenuation_db", [6.0, 12.0, 20.0])
@pytest.mark.parametrize("said", ["it hurts", "ow", "pause", "my leg tingles"])
def test_who_speaks_into_it_does(coach: np.ndarray, attenuation_db: float, said: str) -> None:
    heard, person = echo_of(coach, attenuation_db, 0.08), speak(said, "espeak-ng en-gb+f2", 1.0)
    begins = int(2.5 * RATE_HZ)
    heard[begins : begins + len(person)] += person
    ends = (begins + len(person)) / RATE_HZ
    found = [above for at, above in heard_above(heard, coach) if begins / RATE_HZ < at < ends]
    assert max(found) > STANDS_OUT_DB


def test_so_does_who_speaks_while_nothing_is_played() -> None:
    own, voice = OwnEcho(), to_pcm(np.full(800, 0.1, np.float32))
    for _ in range(10):
        own.hear(voice, SILENCE_DBFS, voice)
    assert (own.above_db(SPAN_SECONDS, 0.0) or 0.0) > STANDS_OUT_DB


def test_nothing_stands_out_of_what_is_not_known(coach: np.ndarray) -> None:
    own, voice = OwnEcho(), to_pcm(np.full(800, 0.1, np.float32))
    assert own.above_db(SPAN_SECONDS, 0.0) is None
    own.hear(voice, LEVEL_DBFS, voice)
    assert own.above_db(SPAN_SECONDS, 0.0) is None  # played for one block: how loud is its echo?
    for _ in range(20):
        own.hear(voice, None, voice)
    assert (own.above_db(SPAN_SECONDS, 0.0) or 0.0) < STANDS_OUT_DB


def test_who_is_quieter_than_the_echo_stands_out_of_what_the_canceller_leaves() -> None:
    own, voice = OwnEcho(), to_pcm(np.full(800, 0.1, np.float32))
    faint, person = to_pcm(np.full(800, 0.001, np.float32)), to_pcm(np.full(800, 0.05, np.float32))
    assert own.left_above_db(SPAN_SECONDS, 0.0) is None
    for _ in range(100):
        own.hear(voice, LEVEL_DBFS, faint)
    assert own.left_above_db(SPAN_SECONDS, 0.0) == pytest.approx(0.0, abs=0.1)
    for _ in range(10):
        own.hear(voice, LEVEL_DBFS, person)
    assert own.left_above_db(SPAN_SECONDS, 0.0) == pytest.approx(34.0, abs=0.5)
    assert (own.above_db(SPAN_SECONDS, 0.0) or 0.0) == pytest.approx(0.0, abs=0.1)


def test_a_canceller_that_has_lost_its_way_is_nobody_who_speaks() -> None:
    own, voice = OwnEcho(), to_pcm(np.full(800, 0.1, np.float32))
    faint = to_pcm(np.full(800, 0.001, np.float32))
    for _ in range(400):
        own.hear(voice, LEVEL_DBFS, faint)
    for _ in range(20):
        own.hear(voice, LEVEL_DBFS, voice)
    assert (own.left_above_db(SPAN_SECONDS, 0.0) or 0.0) == pytest.approx(0.0, abs=0.1)
