"""Where and how something is said: in a room, in noise, hesitantly, at length, mumbled."""

import random
from collections.abc import Callable, Mapping

import numpy as np

from voice_skill.hearing.sound import RATE_HZ
from voice_skill.measuring.conditions import NOISE_DB, reverberant, to_pcm

LEAD_SECONDS, TAIL_SECONDS = 0.4, 1.6
"""Around what is said. The tail is longer than the session waits for more words."""
MUMBLE_HZ = 1800.0
MUMBLE_GAIN = 0.1
CONDITIONS = ("clean", "room", "noise")
"""How single answers are spoken."""
HESITATIONS = ("um, {}", "well, {}", "uh, {}", "er, let me see, {}")
CHAT = ("oh well, {}, thank you", "{}, doctor", "okay, {} today", "so, {}, honestly")

Alter = Callable[[np.ndarray, random.Random], np.ndarray]


def sounding(samples: np.ndarray, condition: str, rng: random.Random) -> bytes:
    """Speech as the microphone would give it, with the time before and after it."""
    return to_pcm(_ALTER[condition](samples, rng))


def phrased(said: str, manner: str, rng: random.Random) -> str:
    """The same answer in another manner of speaking."""
    templates = {"hesitant": HESITATIONS, "chatty": CHAT}.get(manner, ("{}",))
    return rng.choice(templates).format(said)


def _around(samples: np.ndarray) -> np.ndarray:
    before, after = int(LEAD_SECONDS * RATE_HZ), int(TAIL_SECONDS * RATE_HZ)
    return np.pad(samples, (before, after))


def _clean(samples: np.ndarray, rng: random.Random) -> np.ndarray:
    return _around(samples)


def _room(samples: np.ndarray, rng: random.Random) -> np.ndarray:
    return _around(reverberant(samples, rng))


def _noise(samples: np.ndarray, rng: random.Random) -> np.ndarray:
    """Pink noise, ten decibels below the speech, before, in and after it."""
    whole = _around(samples)
    white = np.random.default_rng(rng.getrandbits(32)).normal(size=len(whole))
    spectrum = np.fft.rfft(white)
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
    spectrum[0] = 0.0
    pink = np.fft.irfft(spectrum, len(whole))
    power = float((samples**2).mean()) / 10 ** (NOISE_DB / 10)
    return np.asarray(whole + pink * np.sqrt(power / max(float((pink**2).mean()), 1e-12)))


def _mumbled(samples: np.ndarray, rng: random.Random) -> np.ndarray:
    """Twenty decibels quieter, and dull: nothing above 1.8 kHz."""
    spectrum = np.fft.rfft(samples)
    spectrum[np.fft.rfftfreq(len(samples), 1 / RATE_HZ) > MUMBLE_HZ] = 0.0
    return _around(MUMBLE_GAIN * np.fft.irfft(spectrum, len(samples)))


_ALTER: Mapping[str, Alter] = {
    "clean": _clean,
    "room": _room,
    "noise": _noise,
    "mumbling": _mumbled,
}

MANNERS: Mapping[str, str] = {
    "plain": "clean",
    "hesitant": "clean",
    "chatty": "clean",
    "mumbling": "mumbling",
    "noise": "noise",
}
"""How whole conversations are held, each with its condition."""
