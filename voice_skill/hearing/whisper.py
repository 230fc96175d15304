"""Whisper as a second ear, by faster-whisper: an extra, its weights only where they were asked for.

Its word error on read speech is a tenth of the starter model's, but it takes a good part of a
second for each utterance, however short, and it writes something for every noise.
"""

import math
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from pathlib import Path
from typing import Any

import numpy as np

from voice_skill.errors import ModelError
from voice_skill.hearing.second_ear import Question, SecondEar
from voice_skill.log import LOG, WORDS
from voice_skill.models.second_ear import MISSING

THREADS = 2
MAX_SECONDS = 1.2
"""So long a person waits for the answer to a second look; what comes later is dropped."""
MIN_LOG_PROBABILITY = -1.0
"""Whisper's own bound: below this mean of its words' logarithms a text is made up."""
MAX_NO_SPEECH = 0.6
"""The same for how likely it finds that nobody spoke."""


class Whisper:
    """A folder of weights for faster-whisper that hears. Raises ModelError where it cannot.

    instead: hears meanwhile, for when Whisper is late.
    """

    def __init__(self, folder: Path, instead: SecondEar, max_seconds: float = MAX_SECONDS) -> None:
        try:
            from faster_whisper import WhisperModel
        except ImportError:
            raise ModelError(MISSING) from None
        try:
            self._model = WhisperModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=THREADS,
                local_files_only=True,
            )  # fmt: skip
        except Exception as error:  # the library raises many kinds for a damaged file
            reason = " ".join(str(error).split())
            raise ModelError(f"{folder}: {reason}; install the second ear again") from None
        self._instead, self._max_seconds = instead, max_seconds
        self._thread = ThreadPoolExecutor(1, "second ear")
        self._busy: Future[tuple[str, float]] | None = None
        LOG.info("looks a second time with %s", folder)

    def hear(self, pcm: bytes, question: Question) -> tuple[str, float]:
        """See `SecondEar`. While a late one is still being worked on there is no other."""
        if self._busy is not None and not self._busy.done():
            return self._instead.hear(pcm, question)
        began = time.monotonic()
        self._busy = self._thread.submit(self._write, pcm, question.text)
        other = self._instead.hear(pcm, question)
        try:
            left = began + self._max_seconds - time.monotonic()
            text, confidence = self._busy.result(max(0.0, left))
        except Late:  # not the one built in before Python 3.11
            LOG.info("the second look took longer than %.1f s", self._max_seconds)
            return other
        LOG.info("second look: %.2f s", time.monotonic() - began)
        WORDS.debug("at a second look %r, confidence %.2f", text, confidence)
        return text, confidence

    def _write(self, pcm: bytes, question: str) -> tuple[str, float]:
        samples = np.frombuffer(pcm, "<i2").astype(np.float32) / 32768
        found, _ = self._model.transcribe(
            samples,
            language="en",
            beam_size=1,
            temperature=0.0,
            without_timestamps=True,
            condition_on_previous_text=False,
            initial_prompt=question,
        )
        return _joined(list(found))


def _joined(segments: list[Any]) -> tuple[str, float]:
    """The words of all segments, as sure as the least sure; nothing where one is made up."""
    if not segments:
        return "", 0.0
    sure = min(segment.avg_logprob for segment in segments)
    silent = max(segment.no_speech_prob for segment in segments) > MAX_NO_SPEECH
    if silent or sure < MIN_LOG_PROBABILITY:
        return "", 0.0
    return " ".join(segment.text.strip() for segment in segments), math.exp(min(0.0, sure))
