"""16 kHz mono 16-bit samples: the one form in which everything is heard."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from voice_skill.errors import AudioError
from voice_skill.files import is_plain, reason, shortened

RATE_HZ = 16000
MIN_RATE_HZ, MAX_RATE_HZ = 4000, 384_000
MAX_SECONDS = 3600
"""Of all channels together."""
MAX_CHANNELS = 32
BLOCK_SECONDS = 0.05
BLOCK_BYTES = int(RATE_HZ * BLOCK_SECONDS) * 2
SILENCE_DBFS = -96.0


def read_pcm(path: Path) -> bytes:
    """A sound file of any rate and channel count. Raises AudioError."""
    import soundfile
    import soxr

    try:
        if not is_plain(path):
            raise AudioError(f"{path}: not a sound file")
        with soundfile.SoundFile(path) as file:
            _refuse_odd(path, file.samplerate, file.frames, file.channels)
            rate, samples = file.samplerate, file.read(dtype="float32", always_2d=True)
    except OSError as error:
        raise AudioError(f"{path}: cannot be read: {reason(error)}") from None
    except (RuntimeError, TypeError, ValueError, MemoryError) as error:
        # TypeError: a file without a header, such as .raw
        told = shortened(error) or "too long"
        raise AudioError(f"{path}: cannot be read as sound: {told}; save it as WAV") from None
    mono = samples.mean(axis=1)
    if rate != RATE_HZ and len(mono):
        mono = soxr.resample(mono, rate, RATE_HZ)
    return to_pcm(mono)


def _refuse_odd(path: Path, rate_hz: int, frames: int, channels: int) -> None:
    """Raise AudioError for what a header claims and no recording of speech is."""
    if not MIN_RATE_HZ <= rate_hz <= MAX_RATE_HZ:
        raise AudioError(
            f"{path}: {rate_hz} samples a second; it must be {MIN_RATE_HZ} to {MAX_RATE_HZ}"
        )
    if channels > MAX_CHANNELS or frames * channels > MAX_SECONDS * rate_hz:
        raise AudioError(f"{path}: over {MAX_SECONDS} seconds of sound or {MAX_CHANNELS} channels")


def to_pcm(samples: npt.NDArray[np.float32]) -> bytes:
    """Floats from -1 to 1 as 16-bit samples."""
    clipped = np.clip(np.nan_to_num(samples) * 32767.0, -32768, 32767)
    return bytes(clipped.astype("<i2").tobytes())


def level_dbfs(pcm: bytes) -> float:
    """Mean level of a block; -96 for digital silence."""
    samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.float32) / 32768
    power = float(np.mean(samples**2)) if len(samples) else 0.0
    return max(SILENCE_DBFS, 10 * float(np.log10(power))) if power > 0 else SILENCE_DBFS
