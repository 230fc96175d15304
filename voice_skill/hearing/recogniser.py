"""Vosk with one grammar at a time. Owned by one thread: Vosk aborts when two share it."""

import json
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from voice_skill.audio.sound import RATE_HZ
from voice_skill.errors import ModelError
from voice_skill.log import LOG, WORDS
from voice_skill.models.check import check_model
from voice_skill.models.trying import load_vosk
from voice_skill.models.vocabulary import UNKNOWN, speakable, vocabulary


@dataclass(frozen=True)
class Hypothesis:
    """What was heard: the words without [unk], and how sure the recogniser is.

    confidence: mean of the words', 0..1, weak evidence. unknown: whether other speech was heard
    beside the words. start_seconds, end_seconds: of the first and last word in the utterance.
    each: the confidence of every word, times: when it starts and ends, where that was told.
    """

    text: str
    confidence: float = 0.0
    unknown: bool = False
    start_seconds: float = 0.0
    end_seconds: float = 0.0
    each: tuple[float, ...] = ()
    times: tuple[tuple[float, float], ...] = ()

    @classmethod
    def from_result(cls, result: dict[str, Any], origin_seconds: float = 0.0) -> "Hypothesis":
        """From Vosk's JSON, whose times count from the recogniser's first sound on."""
        rows = result.get("result", [])
        words = [row for row in rows if row["word"] != UNKNOWN]
        if not words:
            return cls("", unknown=bool(rows) or UNKNOWN in str(result.get("text", "")))
        each = tuple(float(row["conf"]) for row in words)
        times = tuple(
            (float(row["start"]) - origin_seconds, float(row["end"]) - origin_seconds)
            for row in words
        )
        return cls(
            text=" ".join(row["word"] for row in words),
            confidence=sum(each) / len(each),
            unknown=len(words) != len(rows),
            start_seconds=times[0][0],
            end_seconds=times[-1][1],
            each=each,
            times=times,
        )

    def part(self, first: int, last: int) -> "Hypothesis":
        """The words from number `first` up to `last`, as sure as they are themselves."""
        words, each = self.text.split()[first:last], self.each[first:last]
        sure = sum(each) / len(each) if each else self.confidence
        part = replace(self, text=" ".join(words), confidence=sure, each=each)
        times = self.times[first:last]
        if not times:
            return part
        return replace(part, start_seconds=times[0][0], end_seconds=times[-1][1], times=times)


class Recogniser:
    """A model that hears. Raises ModelError where the model is missing or damaged."""

    def __init__(self, folder: Path) -> None:
        check_model(folder)
        self.folder = folder
        self.words = vocabulary(folder)
        vosk = load_vosk()
        vosk.SetLogLevel(-1)
        self._vosk = vosk
        try:
            self._model = vosk.Model(str(folder))
        except Exception as error:
            raise ModelError(f"{folder}: {error}; install the model again") from None
        self._begin()
        LOG.info("hears with %s, %d words", folder, len(self.words))

    def another(self) -> "Recogniser":
        """One for another thread, with the same model, of which nothing is written."""
        other = copy(self)
        other._begin()
        return other

    def _begin(self) -> None:
        vosk = load_vosk()
        try:
            self._kaldi = vosk.KaldiRecognizer(self._model, RATE_HZ, json.dumps([UNKNOWN]))
        except Exception as error:
            raise ModelError(f"{self.folder}: {error}; install the model again") from None
        self._kaldi.SetWords(True)
        self._asked: tuple[str, ...] | None = None
        self._fed_seconds = self._origin_seconds = 0.0

    def listen_for(self, phrases: Sequence[str]) -> None:
        """Hear these phrases from now on; those with words the model lacks are left out.

        Raises ModelError if none is left: an empty grammar would end the process.
        """
        asked = tuple(phrases)
        grammar = None if asked == self._asked else self._grammar(asked)
        self._kaldi.Reset()
        self._origin_seconds = self._fed_seconds
        if grammar is not None:
            self._kaldi.SetGrammar(grammar)
            self._asked = asked

    def beside(self, phrases: Sequence[str]) -> Any:
        """Another recogniser of Vosk's with the same model, that hears these phrases.

        For the same thread: two that hear at once are no faster. Raises ModelError.
        """
        kaldi = self._vosk.KaldiRecognizer(self._model, RATE_HZ, self._grammar(phrases))
        kaldi.SetWords(True)
        return kaldi

    def _grammar(self, phrases: Sequence[str]) -> str:
        heard = speakable(phrases, self.words)[0]
        if not heard:
            raise ModelError("the speech model knows none of the words to listen for")
        extra = [UNKNOWN] if UNKNOWN in self.words else []
        return json.dumps([*heard, *extra], ensure_ascii=False)

    @property
    def heard_seconds(self) -> float:
        """So much was heard since the utterance began, from which its times count."""
        return self._fed_seconds - self._origin_seconds

    def accept(self, pcm: bytes) -> Hypothesis | None:
        """Hear one block. A hypothesis if Vosk itself found an end, else None."""
        self._fed_seconds += len(pcm) / 2 / RATE_HZ
        return self._hypothesis(self._kaldi.Result()) if self._kaldi.AcceptWaveform(pcm) else None

    def partial(self) -> str:
        """The words so far, [unk] among them."""
        return str(json.loads(self._kaldi.PartialResult()).get("partial", ""))

    def finish(self) -> Hypothesis:
        """End the utterance here."""
        return self._hypothesis(self._kaldi.FinalResult())

    def _hypothesis(self, result: str) -> Hypothesis:
        found = Hypothesis.from_result(json.loads(result), self._origin_seconds)
        WORDS.debug("heard %r, confidence %.2f", found.text, found.confidence)
        return found
