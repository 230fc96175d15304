"""Reading a model before Vosk does, since Vosk ends the whole process on some damage."""

import hashlib
import subprocess
import sys
from pathlib import Path

from voice_skill.errors import ModelError
from voice_skill.models.anatomy import read_anatomy

MANIFEST = "manifest.sha256"
_TRY = (
    "import random, sys, vosk; vosk.SetLogLevel(-1); m = vosk.Model(sys.argv[1]); "
    "r = vosk.KaldiRecognizer(m, 16000); r.AcceptWaveform(bytes(32000)); "
    "r.AcceptWaveform(random.Random(1).randbytes(32000)); r.FinalResult()"
)
"""Silence, then noise: in silence a graph of another network is never walked through."""
TRY_SECONDS = 120.0


def check_model(folder: Path) -> None:
    """Raise ModelError with one line if the model is not whole.

    With a manifest every file is compared with its checksum. Without one its parts are read, and
    the model is tried in a child process, where a crash harms nobody.
    """
    if (folder / MANIFEST).is_file():
        _check_manifest(folder)
        return
    read_anatomy(folder)
    _try(folder)


def write_manifest(folder: Path) -> None:
    """The checksums of all files that Vosk reads, for `check_model`."""
    lines = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}"
        for name in _files(folder)
    ]
    (folder / MANIFEST).write_text("\n".join(lines) + "\n", encoding="ascii")


def _files(folder: Path) -> list[str]:
    """All files that Vosk reads, by their names within the folder."""
    return sorted(
        path.relative_to(folder).as_posix()
        for name in ("am", "conf", "graph")
        for path in (folder / name).rglob("*")
        if path.is_file()
    )


def _check_manifest(folder: Path) -> None:
    try:
        lines = (folder / MANIFEST).read_text(encoding="ascii").splitlines()
        pairs = [line.split(maxsplit=1) for line in lines if line.strip()]
        entries = [(digest, name.lstrip("*")) for digest, name in pairs]
    except (OSError, ValueError):
        raise ModelError(f"{folder / MANIFEST}: cannot be read; install the model again") from None
    listed = {name for _, name in entries}
    strange = next((name for name in _files(folder) if name not in listed), None)
    if strange is not None:
        raise _damaged(folder, strange, f"is not in its {MANIFEST}")
    for digest, name in entries:
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError:
            raise _damaged(folder, name, "is missing") from None
        if found != digest:
            raise _damaged(folder, name, "is damaged (its checksum is wrong)")


def _damaged(folder: Path, name: str, what: str) -> ModelError:
    return ModelError(f"the speech model is not whole: {folder / name} {what}; install it again")


def _try(folder: Path) -> None:
    try:
        done = subprocess.run(
            [sys.executable, "-c", _TRY, str(folder)],
            capture_output=True,
            timeout=TRY_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ModelError(f"{folder}: Vosk does not finish loading this model") from None
    if done.returncode:
        raise ModelError(f"{folder}: Vosk cannot load this model; install it again")
