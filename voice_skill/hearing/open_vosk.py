"""The first ear's own model as a second ear: whole sentences in place of the question's phrases."""

import json
from typing import Any

from voice_skill.audio.sound import BLOCK_BYTES
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.hearing.second_ear import Question


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
        if not rows:
            return "", 0.0
        sure = sum(float(row["conf"]) for row in rows) / len(rows)
        return " ".join(str(row["word"]) for row in rows), sure
