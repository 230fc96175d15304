"""The first ear's own model as a second ear: whole sentences in place of the question's phrases."""

import json
from typing import Any

from voice_skill.audio.sound import BLOCK_BYTES
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.hearing.second_ear import Question

MIN_CONFIDENCE = 0.6
"""Below this mean of its words' confidences it has made words of the question out of others' talk:
of 25 strangers it raised an alarm at three, at 0.41, 0.59 and 0.72."""


class OpenVosk:
    """Hears with the model of another recogniser, by the same thread as that one."""

    def __init__(self, first: Recogniser) -> None:
        self._first = first
        self._asked = ""
        self._kaldi: Any = None

    def hear(self, pcm: bytes, question: Question) -> tuple[str, float]:
        """See `SecondEar`. The sentences of a question are read when it is first heard."""
        if self._asked != question.name:
            self._kaldi, self._asked = self._first.beside(question.sentences()), question.name
        self._kaldi.Reset()
        rows: list[dict[str, Any]] = []
        for start in range(0, len(pcm), BLOCK_BYTES):
            if self._kaldi.AcceptWaveform(pcm[start : start + BLOCK_BYTES]):
                rows += json.loads(self._kaldi.Result()).get("result", [])
        rows += json.loads(self._kaldi.FinalResult()).get("result", [])
        sure = sum(float(row["conf"]) for row in rows) / max(1, len(rows))
        if sure < MIN_CONFIDENCE:
            return "", 0.0
        return " ".join(str(row["word"]) for row in rows), sure
