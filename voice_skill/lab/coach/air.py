"""What is between a loudspeaker and a microphone: delay, walls, and music."""

import numpy as np

from voice_skill.audio.sound import RATE_HZ

DELAY_SECONDS = 0.08
REVERBERATION_SECONDS = 0.4
DIRECT_SHARE = 0.5
CHORDS = (
    (220.0, 277.2, 329.6),
    (174.6, 220.0, 261.6),
    (196.0, 246.9, 293.7),
    (164.8, 196.0, 246.9),
)
BEAT_SECONDS = 0.5


def echo_response(
    attenuation_db: float, rng: np.random.Generator, delay_seconds: float = DELAY_SECONDS
) -> np.ndarray:
    """Impulse response of loudspeaker to microphone, at 16 kHz.

    The energy of all of it lies `attenuation_db` below the loudspeaker's own sound; half of it
    comes late, dying away by 60 dB.
    """
    count = int(REVERBERATION_SECONDS * RATE_HZ)
    tail = rng.normal(size=count) * 10 ** (-3 * np.arange(count) / count)
    tail[: int(0.003 * RATE_HZ)] = 0.0
    tail *= np.sqrt((1 - DIRECT_SHARE) / (tail**2).sum())
    tail[0] = np.sqrt(DIRECT_SHARE)
    delay = np.zeros(int(delay_seconds * RATE_HZ))
    return np.concatenate([delay, tail * 10 ** (-attenuation_db / 20)])


class Way:
    """The way through an impulse response: sound goes in and comes out block by block."""

    def __init__(self, response: np.ndarray, block: int) -> None:
        self._block = block
        self._past = np.zeros(len(response) - 1 + block)
        self._size = 1 << (len(response) + block).bit_length()
        self._spectrum = np.fft.rfft(response, self._size)

    def __call__(self, samples: np.ndarray) -> np.ndarray:
        """What comes out while these samples, as many as a block has, go in."""
        self._past = np.concatenate([self._past[self._block :], samples])
        if not self._past.any():
            return np.zeros(self._block)
        through = np.fft.irfft(np.fft.rfft(self._past, self._size) * self._spectrum, self._size)
        return np.asarray(through[len(self._past) - self._block : len(self._past)])


def music(seconds: float, dbfs: float, rng: np.random.Generator) -> np.ndarray:
    """Chords, a bass and a drum, at this mean level: no words in it."""
    count = int(seconds * RATE_HZ)
    at = np.arange(count) / RATE_HZ
    beat = (at / BEAT_SECONDS).astype(int)
    within = at - beat * BEAT_SECONDS
    chords = np.array(CHORDS)[(beat // 4) % len(CHORDS)]
    sound = np.zeros(count)
    for note in range(3):
        for harmonic in (1, 2, 3, 4):
            phase = 2 * np.pi * chords[:, note] * harmonic * at
            sound += np.sin(phase + rng.uniform(0, 6)) / harmonic
    sound *= 0.5 + 0.5 * np.exp(-3 * within)
    sound += 2.0 * np.sin(np.pi * chords[:, 0] * at) * np.exp(-4 * within)
    sound += 3.0 * rng.normal(size=count) * np.exp(-40 * within)
    return np.asarray(sound * 10 ** (dbfs / 20) / np.sqrt((sound**2).mean()))
