"""The mouths of virtual patients: the synthesisers of this machine, many voices and speeds."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile
import soxr

from voice_skill.errors import SpeechError
from voice_skill.hearing.sound import RATE_HZ

ESPEAK = (
    "en-us", "en-us+f1", "en-us+f3", "en-us+m3", "en-us+m7", "en-gb", "en-gb+f2", "en-gb+f4",
    "en-gb-scotland", "en-gb-scotland+f3", "en-gb-x-rp+m1", "en-gb-x-gbclan+m5", "en-029+m2",
)  # fmt: skip
FLITE = ("awb", "kal16", "rms", "slt")
NOT_TRAINED_ON = ("en-gb-scotland", "rms")
"""Parts of the names of voices that the recipe of the shipped model keeps out of training."""
SPEEDS = (0.85, 1.0, 1.2)
"""Of the usual pace."""
WORDS_PER_MINUTE = 165
LONGEST_SECONDS = 60.0


def voices() -> tuple[str, ...]:
    """Every voice of this machine, as `engine name`. Raises SpeechError where there is none."""
    if not shutil.which("espeak-ng"):
        raise SpeechError("espeak-ng is missing; install it with: sudo apt install espeak-ng")
    found = [f"espeak-ng {name}" for name in ESPEAK]
    if shutil.which("flite"):
        found += [f"flite {name}" for name in FLITE]
    return tuple(found)


def trained_on(voice: str) -> bool:
    """Whether the shipped model has heard this voice in training."""
    return not any(name in voice for name in NOT_TRAINED_ON)


def speak(text: str, voice: str, speed: float) -> np.ndarray:
    """A text in a voice of `voices`, as samples from -1 to 1 at 16 kHz. Raises SpeechError."""
    engine, name = voice.split()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "said.wav"
        if engine == "flite":
            stretch = f"duration_stretch={1 / speed:.2f}"
            command = ["flite", "-voice", name, "--setf", stretch, "-t", text, "-o", str(target)]
        else:
            pace = str(int(WORDS_PER_MINUTE * speed))
            command = ["espeak-ng", "-v", name, "-s", pace, "-w", str(target), "--", text]
        try:
            subprocess.run(command, capture_output=True, check=True, timeout=LONGEST_SECONDS)
            samples, rate = soundfile.read(target, dtype="float64")
        except (OSError, subprocess.SubprocessError, RuntimeError) as error:
            raise SpeechError(f"{voice} cannot say '{text}': {error}") from None
    return np.asarray(soxr.resample(samples, rate, RATE_HZ))
