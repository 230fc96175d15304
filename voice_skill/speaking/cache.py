"""Prompts on disk by content: the same words in the same voice are made once."""

import hashlib
import tempfile
from pathlib import Path

import numpy as np
import soundfile

from voice_skill.errors import SpeechError
from voice_skill.speaking.synthesiser import Synthesiser, pieces
from voice_skill.speaking.voice import Voice

LIMIT_FILES = 3000


class PromptCache:
    """Finds or makes the sound of a text."""

    def __init__(self, folder: Path, synthesiser: Synthesiser) -> None:
        self.synthesiser = synthesiser
        self.folder = _writable(folder)

    def path(self, text: str, voice: Voice) -> Path:
        """Where the sound of a text is kept."""
        key = f"{text}\0{voice.name}\0{voice.rate_wpm}\0{voice.volume}"
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()}.wav"

    def sound(self, text: str) -> tuple[bytes, int]:
        """16-bit mono samples and their rate in Hz. Raises SpeechError."""
        parts = [self._piece(piece) for piece in pieces(text)]
        rate = parts[0][1] if parts else 22050
        return b"".join(pcm for pcm, _ in parts), rate

    def has(self, text: str) -> bool:
        """Whether a text can be spoken without the synthesiser."""
        return all(self.path(p, self.synthesiser.voice).exists() for p in pieces(text))

    def _piece(self, text: str) -> tuple[bytes, int]:
        path = self.path(text, self.synthesiser.voice)
        if path.exists():
            try:
                return read_sound(path)
            except SpeechError:
                path.unlink(missing_ok=True)  # damaged: make it again
        self.synthesiser.synthesise(text, path)
        return read_sound(path)

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


def _writable(folder: Path) -> Path:
    """The folder, or one for this session alone where it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="voice-skill-"))
