"""The mouths of virtual patients: the synthesisers of this machine, many voices and speeds."""

import random
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile
import soxr

from voice_skill.audio.sound import RATE_HZ
from voice_skill.errors import SpeechError

ESPEAK = (
    "en-us", "en-us+f1", "en-us+f3", "en-us+m3", "en-us+m7", "en-gb", "en-gb+f2", "en-gb+f4",
    "en-gb-scotland", "en-gb-scotland+f3", "en-gb-x-rp+m1", "en-gb-x-gbclan+m5", "en-029+m2",
)  # fmt: skip
FLITE = ("awb", "kal16", "rms", "slt")
ACCENT = "accent"
LANGUAGES = ("de", "es", "fr", "hi", "it", "pl")
"""Voices of espeak-ng that were made for other languages."""
NEAREST = {
    "3:": "e", "A:": "a", "O:": "o", "aI": "aj", "aU": "aw", "eI": "ej", "oU": "o", "OI": "oj",
    "i:": "i", "u:": "u", "@L": "el", "@2": "e", "I2": "i", "I#": "i", "O@": "or", "A@": "ar",
    "e@": "er", "i@": "ir", "U@": "ur", "0": "o", "3": "er", "@": "e", "A": "a", "E": "e", "I": "i",
    "O": "o", "U": "u", "V": "a", "T": "t", "D": "d", "w": "v", "a#": "a", "t#": "t", "r-": "r",
}  # fmt: skip
"""English sounds, as espeak-ng writes them, and what stands for them in a language without them:
five vowels, no "th", no "w"."""
TEMPO = (0.7, 1.3)
GAP_SECONDS = (0.0, 0.12)
"""How uneven an accent's rhythm is: the pace of each word, of the usual, and the stop after it."""
NOT_TRAINED_ON = ("en-gb-scotland", "rms")
"""Parts of the names of voices that the recipe of the shipped model keeps out of training."""
SPEEDS = (0.85, 1.0, 1.2)
"""Of the usual pace."""
WORDS_PER_MINUTE = 165
LONGEST_SECONDS = 60.0
FAINT = 0.003
"""espeak-ng ends each word with a quarter of a second of less than this."""
FILE = "<file>"
_ENGLISH = re.compile("|".join(sorted(map(re.escape, NEAREST), key=len, reverse=True)))


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


def accents() -> tuple[str, ...]:
    """People to whom English is foreign, as `accent language`."""
    return tuple(f"{ACCENT} {language}" for language in LANGUAGES)


def speak(text: str, voice: str, speed: float) -> np.ndarray:
    """A text in a voice of `voices` or `accents`, as samples from -1 to 1 at 16 kHz.

    Raises SpeechError.
    """
    engine, name = voice.split()
    if engine == ACCENT:
        return _accented(text, name, speed)
    if engine == "flite":
        stretch = f"duration_stretch={1 / speed:.2f}"
        return _sound("flite", "-voice", name, "--setf", stretch, "-t", text, "-o", FILE)
    return _sound("espeak-ng", "-v", name, "-s", _pace(speed), "-w", FILE, "--", text)


def _accented(text: str, language: str, speed: float) -> np.ndarray:
    """English sounds in a foreign mouth, each word at a pace of its own."""
    rng = random.Random(f"{language} {text}")
    sounds = _run("espeak-ng", "-q", "-x", "-v", "en-us", "--", text).decode()
    parts: list[np.ndarray] = []
    for word in _ENGLISH.sub(lambda found: NEAREST[found[0]], sounds).split():
        pace = _pace(speed * rng.uniform(*TEMPO))
        said = _sound("espeak-ng", "-v", language, "-s", pace, "-w", FILE, "--", f"[[{word}]]")
        loud = np.flatnonzero(np.abs(said) > FAINT)
        parts.append(said[: loud[-1] + 1 if len(loud) else 0])
        parts.append(np.zeros(int(rng.uniform(*GAP_SECONDS) * RATE_HZ)))
    return np.concatenate(parts)


def _pace(speed: float) -> str:
    return str(int(WORDS_PER_MINUTE * speed))


def _sound(*command: str) -> np.ndarray:
    """What a command writes to FILE, at 16 kHz."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "said.wav"
        _run(*(str(target) if part == FILE else part for part in command))
        try:
            samples, rate = soundfile.read(target, dtype="float64")
        except RuntimeError as error:
            raise SpeechError(f"{command[0]} cannot say '{command[-1]}': {error}") from None
    return np.asarray(soxr.resample(samples, rate, RATE_HZ))


def _run(*command: str) -> bytes:
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=LONGEST_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        raise SpeechError(f"{command[0]} failed: {error}") from None
    return done.stdout
