"""Prompts on disk by content: the same words in the same voice are made once."""

import contextlib
import hashlib
import os
import shutil
import tempfile
import weakref
from collections.abc import Container
from pathlib import Path

import numpy as np
import soundfile

from voice_skill.errors import SpeechError
from voice_skill.private import private_folder
from voice_skill.speaking.scratch import scratch_folder
from voice_skill.speaking.synthesiser import Synthesiser, pieces
from voice_skill.speaking.voice import Voice

LIMIT_FILES = 3000


class PromptCache:
    """Finds or makes the sound of a text.

    kept: the texts whose sound may stay on the disk, since they hold nothing of a person's; None:
    all of them.
    """

    def __init__(
        self, folder: Path, synthesiser: Synthesiser, kept: Container[str] | None = None
    ) -> None:
        self.synthesiser = synthesiser
        self._kept = kept
        self._scratch = scratch_folder()
        self._tidy = weakref.finalize(self, shutil.rmtree, self._scratch, ignore_errors=True)
        self.folder = folder if _is_writable(folder) else self._scratch

    def path(self, text: str, voice: Voice) -> Path:
        """Where the sound of a text is kept."""
        key = f"{text}\0{voice.name}\0{voice.rate_wpm}\0{voice.volume}"
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()}.wav"

    def sound(self, text: str) -> tuple[bytes, int]:
        """16-bit mono samples and their rate in Hz. Raises SpeechError."""
        keep = self._kept is None or text in self._kept
        parts = [self._piece(piece, keep) for piece in pieces(text)]
        rate = parts[0][1] if parts else 22050
        return b"".join(pcm for pcm, _ in parts), rate

    def has(self, text: str) -> bool:
        """Whether a text can be spoken without the synthesiser."""
        return all(self.path(p, self.synthesiser.voice).exists() for p in pieces(text))

    def _piece(self, text: str, keep: bool) -> tuple[bytes, int]:
        path = self.path(text, self.synthesiser.voice)
        if path.exists():
            try:
                return read_sound(path)
            except SpeechError:
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)  # damaged: make it again
        made = self._scratch / "made.wav"
        self.synthesiser.synthesise(text, made)
        try:
            if keep:
                _copy(made, path)
            return read_sound(made)
        finally:
            made.unlink(missing_ok=True)

    def close(self) -> None:
        """End the synthesiser, also one that hangs, and leave nothing behind."""
        self.synthesiser.close()
        self._tidy()

    def trim(self) -> None:
        """Forget the prompts that were not used for longest, beyond the limit."""
        files = sorted(self.folder.glob("*.wav"), key=lambda f: f.stat().st_mtime)
        for file in files[: max(0, len(files) - LIMIT_FILES)]:
            file.unlink(missing_ok=True)


def read_sound(path: Path) -> tuple[bytes, int]:
    """Samples of a prompt file (WAV, or AIFF on macOS). Raises SpeechError if damaged."""
    try:
        samples, rate = soundfile.read(path, dtype="int16", always_2d=True)
    except (OSError, RuntimeError) as error:
        raise SpeechError(f"{path}: damaged prompt: {error}") from None
    if not len(samples):
        raise SpeechError(f"{path}: empty prompt")
    return np.ascontiguousarray(samples[:, 0]).tobytes(), int(rate)


def _copy(made: Path, path: Path) -> None:
    """Keep a sound, whole or not at all; without room it is made again the next time."""
    part = ""
    try:
        handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(made.read_bytes())
        Path(part).replace(path)
    except OSError:
        if part:
            with contextlib.suppress(OSError):
                Path(part).unlink(missing_ok=True)


def _is_writable(folder: Path) -> bool:
    try:
        private_folder(folder)
        with tempfile.NamedTemporaryFile(dir=folder):
            return True
    except OSError:
        return False
