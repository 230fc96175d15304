"""Reading a model before Vosk does, since Vosk ends the whole process on some damage."""

import hashlib
import subprocess
import sys
from pathlib import Path

from voice_skill.errors import ModelError

MANIFEST = "manifest.sha256"
_FST_MAGIC = b"\xd6\xfd\xb2\x7e"
_GRAPHS = (("graph/HCLr.fst", "graph/Gr.fst"), ("graph/HCLG.fst",))
_TRY = (
    "import sys, vosk; vosk.SetLogLevel(-1); m = vosk.Model(sys.argv[1]); "
    "r = vosk.KaldiRecognizer(m, 16000); r.AcceptWaveform(bytes(32000)); r.FinalResult()"
)
TRY_SECONDS = 120.0


def check_model(folder: Path) -> None:
    """Raise ModelError with one line if the model is not whole.

    With a manifest every file is compared with its checksum. Without one the headers are read, and
    the model is tried in a child process, where a crash harms nobody.
    """
    if (folder / MANIFEST).is_file():
        _check_manifest(folder)
        return
    _check_files(folder)
    _try(folder)


def _check_manifest(folder: Path) -> None:
    try:
        lines = (folder / MANIFEST).read_text(encoding="ascii").splitlines()
        pairs = [line.split(maxsplit=1) for line in lines if line.strip()]
        entries = [(digest, name.lstrip("*")) for digest, name in pairs]
    except (OSError, ValueError):
        raise ModelError(f"{folder / MANIFEST}: cannot be read; install the model again") from None
    for digest, name in entries:
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError:
            raise _damaged(folder, name, "is missing") from None
        if found != digest:
            raise _damaged(folder, name, "is damaged (its checksum is wrong)")


def _check_files(folder: Path) -> None:
    for name in ("am/final.mdl", "conf/mfcc.conf", "graph/words.txt"):
        _head(folder, name)
    if _head(folder, "am/final.mdl")[:2] != b"\0B":
        raise _damaged(folder, "am/final.mdl", "is no Kaldi model")
    graphs = next((g for g in _GRAPHS if (folder / g[0]).is_file()), _GRAPHS[0])
    for name in graphs:
        if _head(folder, name)[:4] != _FST_MAGIC:
            raise _damaged(folder, name, "is no OpenFst graph")
    disambiguation = folder / "graph" / "disambig_tid.int"
    if disambiguation.exists() and not disambiguation.read_text("ascii", "replace").strip():
        raise _damaged(folder, "graph/disambig_tid.int", "is empty")


def _head(folder: Path, name: str) -> bytes:
    try:
        with (folder / name).open("rb") as file:
            head = file.read(16)
    except OSError:
        raise _damaged(folder, name, "is missing") from None
    if not head:
        raise _damaged(folder, name, "is empty")
    return head


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
