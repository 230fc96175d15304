"""Ears for a sound that is only levels: what they hear is told beforehand."""

from dataclasses import dataclass, field
from itertools import groupby

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


@dataclass
class Levels:
    """A recogniser that hears a word in each stretch of one level, once it lasts for 0.2 s.

    words: all that its model knows.
    """

    levels: dict[float, str]
    words: frozenset[str] = frozenset()
    phrases: list[str] | None = None
    heard: list[float] = field(default_factory=list)
    over: bool = False

    def listen_for(self, phrases: list[str]) -> None:
        self.phrases, self.heard, self.over = phrases, [], False

    def accept(self, pcm: bytes) -> None:
        assert self.phrases is not None, "nobody said what to listen for"
        assert not self.over, "what is finished hears no more"
        assert len(pcm) == BLOCK_BYTES
        self.heard.append(round(float(np.frombuffer(pcm, "<i2").max()) / 32767, 2))

    def partial(self) -> str:
        stretches = [(level, len([*blocks])) for level, blocks in groupby(self.heard)]
        return " ".join(
            self.levels[level] for level, count in stretches if level in self.levels and count >= 4
        )

    def finish(self) -> Hypothesis:
        self.over = True
        loud = [number for number, level in enumerate(self.heard) if level in self.levels]
        if not loud:
            return Hypothesis("")
        begins, ends = loud[0] * BLOCK_SECONDS, (loud[-1] + 1) * BLOCK_SECONDS
        return Hypothesis(self.partial(), 0.9, False, begins, ends)
