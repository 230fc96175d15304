"""How soon after a word its partial result is right, and stays right."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from voice_skill.audio.sound import BLOCK_BYTES, BLOCK_SECONDS, RATE_HZ

Partials = Callable[[bytes], list[str]]
"""A recording to the partial result after each block of 50 ms."""
_FRAME = RATE_HZ // 100
_BELOW_PEAK_DB = 25.0


@dataclass(frozen=True)
class Promptness:
    """Milliseconds from the end of a word's energy to its lasting partial; heard: how many."""

    heard: int
    median_ms: float
    p95_ms: float


def promptness(samples: Iterable[tuple[bytes, str]], partials: Partials) -> Promptness:
    """samples: recordings with what is said. Words never heard rightly are not counted."""
    delays = []
    for pcm, text in samples:
        seconds = settled_seconds(partials(pcm), text)
        if seconds is not None:
            delays.append((seconds - end_of_energy_seconds(pcm)) * 1000)
    if not delays:
        return Promptness(0, 0.0, 0.0)
    return Promptness(len(delays), float(np.median(delays)), float(np.percentile(delays, 95)))


def settled_seconds(partials: list[str], text: str) -> float | None:
    """When the partial is right and stays so; None if the last one is not."""
    blocks = 0
    for partial in reversed(partials):
        if partial != text:
            break
        blocks += 1
    return None if blocks == 0 else (len(partials) - blocks + 1) * BLOCK_SECONDS


def end_of_energy_seconds(pcm: bytes) -> float:
    """The last moment that is not far below the loudest one."""
    samples = np.frombuffer(pcm, "<i2").astype(np.float64)
    frames = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
    if not len(frames):
        return 0.0
    levels = 10 * np.log10((frames**2).mean(axis=1) + 1e-3)
    loud = np.flatnonzero(levels > levels.max() - _BELOW_PEAK_DB)
    return float((loud[-1] + 1) * _FRAME / RATE_HZ)


def blocks(pcm: bytes) -> Iterable[bytes]:
    """A recording in blocks of 50 ms."""
    return (pcm[start : start + BLOCK_BYTES] for start in range(0, len(pcm), BLOCK_BYTES))
