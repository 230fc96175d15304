"""The same recording elsewhere: in noise, in a room, over a telephone."""

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import soxr

from voice_skill.audio.sound import RATE_HZ, read_pcm

Alter = Callable[[np.ndarray, random.Random], np.ndarray]
NOISE_DB = 10.0
REVERBERATION_SECONDS = 0.5
DIRECT_SHARE = 0.5
TELEPHONE_HZ = 8000


def conditions(noises: Path | None) -> Mapping[str, Alter]:
    """By name. Noise needs a folder of recordings of it."""
    found: dict[str, Alter] = {"quiet": lambda samples, rng: samples}
    paths = sorted(p for p in noises.rglob("*") if p.is_file()) if noises is not None else []
    if paths:
        found["noise 10 dB"] = lambda samples, rng: noisy(samples, _noise(paths, rng))
    found["room"] = reverberant
    found["telephone"] = telephone
    return found


def noisy(samples: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """Speech with noise ten decibels below it, both by their mean power."""
    long = np.resize(noise, len(samples))
    power, disturbance = float((samples**2).mean()), float((long**2).mean())
    gain = np.sqrt(power / max(disturbance, 1e-12) / 10 ** (NOISE_DB / 10))
    return np.asarray(samples + gain * long)


def reverberant(samples: np.ndarray, rng: random.Random) -> np.ndarray:
    """A live room: half the energy comes late, dying away by 60 dB in half a second."""
    count = int(REVERBERATION_SECONDS * RATE_HZ)
    tail = np.random.default_rng(rng.getrandbits(32)).normal(size=count)
    tail *= 10 ** (-3 * np.arange(count) / count)
    tail[: int(0.003 * RATE_HZ)] = 0.0
    tail *= np.sqrt((1 - DIRECT_SHARE) / (tail**2).sum())
    tail[0] = np.sqrt(DIRECT_SHARE)
    size = len(samples) + count
    spectrum = np.fft.rfft(samples, size) * np.fft.rfft(tail, size)
    return np.asarray(np.fft.irfft(spectrum, size)[: len(samples) + RATE_HZ // 4])


def telephone(samples: np.ndarray, rng: random.Random) -> np.ndarray:
    """Eight thousand samples a second, eight bits by the mu law."""
    narrow = np.clip(soxr.resample(samples, RATE_HZ, TELEPHONE_HZ), -1, 1)
    packed = np.round(np.sign(narrow) * np.log1p(255 * np.abs(narrow)) / np.log(256) * 127) / 127
    opened = np.sign(packed) * (256 ** np.abs(packed) - 1) / 255
    return np.asarray(soxr.resample(opened, TELEPHONE_HZ, RATE_HZ))


def _noise(paths: list[Path], rng: random.Random) -> np.ndarray:
    return from_pcm(read_pcm(rng.choice(paths)))


def from_pcm(pcm: bytes) -> np.ndarray:
    """16-bit samples to -1..1."""
    return np.frombuffer(pcm, np.int16).astype(np.float64) / 32768


def to_pcm(samples: np.ndarray) -> bytes:
    """Back again, clipped."""
    packed: bytes = (np.clip(samples, -1, 1) * 32767).astype(np.int16).tobytes()
    return packed
