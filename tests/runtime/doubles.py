"""Ears for a sound that is only levels: what they hear is told beforehand."""

from dataclasses import dataclass

import numpy as np

from voice_skill.audio.sound import BLOCK_BYTES, BLOCK_SECONDS, to_pcm
from voice_skill.hearing.recogniser import Hypothesis

BLOCKS, WORD_BLOCKS = 60, 10


def tone(level: float) -> bytes:
    """A block."""
    return to_pcm(np.full(BLOCK_BYTES // 2, level, np.float32))


@dataclass
class OneWord:
    """A recogniser that hears these words in the last of all blocks, with this confidence."""

    text: str
    confidence: float
    heard_seconds: float = 0.0
    phrases: list[str] | None = None

    def listen_for(self, phrases: list[str]) -> None:
        self.phrases = phrases

    def accept(self, pcm: bytes) -> None:
        assert self.phrases is not None, "nobody said what to listen for"
        assert len(pcm) == BLOCK_BYTES
        self.heard_seconds += BLOCK_SECONDS

    def partial(self) -> str:
        return self.text if self.heard_seconds > (BLOCKS - WORD_BLOCKS) * BLOCK_SECONDS else ""

    def finish(self) -> Hypothesis:
        now = self.heard_seconds
        times = ((now - 0.5, now),)
        return Hypothesis(self.text, self.confidence, False, now - 0.5, now,
                          (self.confidence,), times)  # fmt: skip
