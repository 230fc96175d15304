"""The recognisers that are compared, behind one function: sound and phrases in, text out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from voice_skill.audio.sound import RATE_HZ
from voice_skill.errors import ModelError
from voice_skill.lab.bench.promptness import Partials, blocks
from voice_skill.models.check import check_model
from voice_skill.models.vocabulary import UNKNOWN

Hear = Callable[[bytes], str]
POCKETSPHINX = "pocketsphinx"
_BEFORE, _AFTER = bytes(RATE_HZ * 2 * 3 // 10), bytes(RATE_HZ * 2 * 7 // 10)
"""Silence around each recording, so that all begin and end alike."""


class Vosk:
    """A Vosk model in a folder."""

    def __init__(self, folder: Path) -> None:
        check_model(folder)
        import vosk

        vosk.SetLogLevel(-1)
        self._vosk, self._model = vosk, vosk.Model(str(folder))

    def listener(self, phrases: tuple[str, ...], unknown: bool) -> Hear:
        """Hears one recording at a time with a grammar of these phrases."""
        recogniser = self._recogniser(phrases, unknown)

        def hear(pcm: bytes) -> str:
            recogniser.Reset()
            texts = []
            for block in blocks(_BEFORE + pcm + _AFTER):
                if recogniser.AcceptWaveform(block):
                    texts.append(json.loads(recogniser.Result())["text"])
            texts.append(json.loads(recogniser.FinalResult())["text"])
            return " ".join(text for text in texts if text)

        return hear

    def partials(self, phrases: tuple[str, ...]) -> Partials:
        """The partial result after each block of a recording, up to Vosk's own end."""
        recogniser = self._recogniser(phrases, True)

        def hear(pcm: bytes) -> list[str]:
            recogniser.Reset()
            found = []
            for block in blocks(pcm + _AFTER):
                if recogniser.AcceptWaveform(block):
                    break
                found.append(json.loads(recogniser.PartialResult())["partial"])
            return found

        return hear

    def _recogniser(self, phrases: tuple[str, ...], unknown: bool) -> Any:
        listed = [*phrases, UNKNOWN] if unknown else list(phrases)
        grammar = json.dumps(listed, ensure_ascii=False)
        return self._vosk.KaldiRecognizer(self._model, RATE_HZ, grammar)


class PocketSphinx:
    """The peer: pocketsphinx 5 with its own English model and a closed JSGF grammar."""

    def __init__(self) -> None:
        try:
            from pocketsphinx import Decoder
        except ImportError:
            raise ModelError("pocketsphinx is not installed: pip install -e '.[bench]'") from None
        self._decoder: Any = Decoder(lm=None, loglevel="FATAL")

    def listener(self, phrases: tuple[str, ...], unknown: bool) -> Hear:
        """Hears with the phrases alone: it has no `[unk]`."""
        rules = " | ".join(phrases)
        name = f"g{abs(hash(phrases))}"
        self._decoder.add_jsgf_string(name, f"#JSGF V1.0; grammar g; public <a> = {rules};")
        self._decoder.activate_search(name)

        def hear(pcm: bytes) -> str:
            self._decoder.start_utt()
            self._decoder.process_raw(_BEFORE + pcm + _AFTER, full_utt=True)
            self._decoder.end_utt()
            found = self._decoder.hyp()
            return found.hypstr if found else ""

        return hear


def load(name: str, folder: Path | None) -> Vosk | PocketSphinx:
    """A system by name: pocketsphinx, or the model in a folder."""
    return PocketSphinx() if folder is None else Vosk(folder)
