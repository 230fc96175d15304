"""Weights of a second ear on the shelf: Whisper's, as faster-whisper reads them."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from voice_skill.errors import ModelError
from voice_skill.models.check import refuse_odd
from voice_skill.models.shelf import Shelf

FILES = ("config.json", "model.bin", "tokenizer.json")
TRY_SECONDS = 120.0
_TRY = """
import sys, numpy
from faster_whisper import WhisperModel
ear = WhisperModel(sys.argv[1], device="cpu", compute_type="int8", local_files_only=True)
list(ear.transcribe(numpy.zeros(16000, numpy.float32), language="en")[0])
"""
MISSING = "faster-whisper is missing; install it with: pip install 'voice-skill[second-ear]'"


def is_second_ear(folder: Path) -> bool:
    """Whether a folder looks like weights for faster-whisper."""
    return all((folder / name).is_file() for name in FILES)


def find_second_ear() -> Path | None:
    """The one on this user's shelf, if there is one; the first by name of several."""
    shelf = Shelf.from_platform()
    return next((shelf.place(name) for name in shelf.second_ears()), None)


def prove_second_ear(folder: Path) -> None:
    """Load it and let it hear, in a process of its own. Raises ModelError where that fails."""
    refuse_odd(folder)
    if find_spec("faster_whisper") is None:
        raise ModelError(MISSING)
    try:
        done = subprocess.run(
            [sys.executable, "-c", _TRY, str(folder)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TRY_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ModelError(f"{folder}: faster-whisper does not finish loading it") from None
    if done.returncode:
        raise ModelError(f"{folder}: faster-whisper cannot load it; install it again")
