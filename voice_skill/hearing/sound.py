"""16 kHz mono 16-bit samples: the one form in which everything is heard."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from voice_skill.errors import AudioError

RATE_HZ = 16000
BLOCK_SECONDS = 0.05
BLOCK_BYTES = int(RATE_HZ * BLOCK_SECONDS) * 2
SILENCE_DBFS = -96.0


def read_pcm(path: Path) -> bytes:
    """A sound file of any rate and channel count. Raises AudioError."""
    import soundfile
    import soxr

    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, RuntimeError) as error:
        raise AudioError(f"{path}: cannot be read as sound: {error}") from None
    mono = samples.mean(axis=1)
    if rate != RATE_HZ and len(mono):
        mono = soxr.resample(mono, rate, RATE_HZ)
    return to_pcm(mono)


def to_pcm(samples: npt.NDArray[np.float32]) -> bytes:
    """Floats from -1 to 1 as 16-bit samples."""
    clipped = np.clip(np.nan_to_num(samples) * 32767.0, -32768, 32767)
    return bytes(clipped.astype("<i2").tobytes())


def level_dbfs(pcm: bytes) -> float:
    """Mean level of a block; -96 for digital silence."""
    samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.float32) / 32768
    power = float(np.mean(samples**2)) if len(samples) else 0.0
    return max(SILENCE_DBFS, 10 * float(np.log10(power))) if power > 0 else SILENCE_DBFS
