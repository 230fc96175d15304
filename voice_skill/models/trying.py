"""Trying a model in a process of its own, where a crash of Vosk harms nobody."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from voice_skill.errors import ModelError

TRY_SECONDS = 120.0
MEMORY_BYTES_A_BYTE = 8
MEMORY_BYTES = 4_000_000_000
"""What a model may take of addresses, by its size and beside it: the largest known take half."""
_TRY = """
import random, sys, vosk
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except (ImportError, ValueError, OSError):
    pass
vosk.SetLogLevel(-1)
model = vosk.Model(sys.argv[1])
for grammar in (), ('["[unk]"]',):
    ear = vosk.KaldiRecognizer(model, 16000, *grammar)
    ear.AcceptWaveform(bytes(32000))
    ear.AcceptWaveform(random.Random(1).randbytes(32000))
    ear.FinalResult()
"""
"""Silence, then noise: in silence a graph of another network is never walked through. With and
without a grammar: they walk through different graphs."""


def load_vosk() -> Any:
    """The recogniser's library. Raises ModelError saying what to install."""
    try:
        import vosk
    except ImportError:
        raise ModelError("vosk is missing; install it with: pip install vosk") from None
    except OSError as error:
        raise ModelError(_unloadable(str(error))) from None
    return vosk


def _unloadable(said: str) -> str:
    if "libatomic" in said:  # the wheel for aarch64 is linked with it
        return "vosk needs the library libatomic; install it: sudo apt install libatomic1"
    return f"vosk cannot be loaded ({said}); install it again: pip install --force-reinstall vosk"


def try_model(folder: Path) -> None:
    """Load a model and let it hear. Raises ModelError where Vosk crashes, fails or hangs."""
    load_vosk()
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    most = str(MEMORY_BYTES + MEMORY_BYTES_A_BYTE * size)
    try:
        done = subprocess.run(
            [sys.executable, "-c", _TRY, str(folder), most],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TRY_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ModelError(f"{folder}: Vosk does not finish loading this model") from None
    if done.returncode:
        raise ModelError(f"{folder}: Vosk cannot load this model; install it again")
