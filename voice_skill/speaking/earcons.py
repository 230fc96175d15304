"""Short sounds with a meaning, so that every state can be heard."""

from functools import cache

import numpy as np

from voice_skill.dialog.effects import EarconName

RATE_HZ = 22050
PEAK = 0.18
"""About -15 dBFS: audible beside speech, never startling."""
_NOTES: dict[EarconName, tuple[tuple[float, float], ...]] = {
    "listening": ((660.0, 0.07), (880.0, 0.09)),
    "heard": ((880.0, 0.06),),
    "not_heard": ((440.0, 0.08), (370.0, 0.10)),
    "error": ((220.0, 0.12), (0.0, 0.04), (220.0, 0.12)),
    "finished": ((523.3, 0.08), (659.3, 0.08), (784.0, 0.14)),
    "tick": ((1046.5, 0.04),),
}
"""(frequency in Hz, length in seconds): rising asks, falling regrets, low warns."""


@cache
def earcon(name: EarconName) -> tuple[bytes, int]:
    """16-bit mono samples of an earcon and their rate in Hz."""
    return b"".join(_note(hertz, seconds) for hertz, seconds in _NOTES[name]), RATE_HZ


def _note(hertz: float, seconds: float) -> bytes:
    at = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    edge = min(0.012, seconds / 4)
    ramp = np.clip(np.minimum(at, seconds - at) / edge, 0, 1)
    shape = 0.5 - 0.5 * np.cos(np.pi * ramp)
    wave = np.sin(2 * np.pi * hertz * at) * shape * PEAK
    return (wave * 32767).astype("<i2").tobytes()
