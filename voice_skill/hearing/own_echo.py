"""How loud the skill's own voice comes back into the microphone, and what stands out of that.

Levels tell it after half a second of speech, long before an echo canceller has found its way; once
it has, what it leaves tells of quieter voices too.
"""

from collections import deque
from dataclasses import dataclass, field
from math import inf, isfinite

import numpy as np

from voice_skill.audio.sound import BLOCK_SECONDS, SILENCE_DBFS, level_dbfs

LATE_BLOCKS = 8
"""What is played may come back for 0.4 s: over a buffer, and from the walls."""
PLAYED_DBFS = -60.0
"""Less than this is no sound that comes back."""
KNOWN_BLOCKS = 10
"""So many blocks with sound tell how much of it comes back."""
NOTHING_BLOCKS = 40
"""So many silent ones tell that none of it comes back; before that it may only be late."""
KEPT_BLOCKS, LATELY_BLOCKS = 400, 40
"""A canceller that has lost its way is known by what it leaves within two seconds."""
LOUDER_HALF = 0.7
"""The quantile of the blocks that stands for the way back: above the pauses of speech, and below
the few blocks into which somebody else speaks. Where fewer than the rest hold any sound at all, as
with a headset that is silent until somebody speaks, nothing comes back."""


@dataclass
class OwnEcho:
    """Follows what is heard, what is played and what a canceller leaves, block by block."""

    _heard: deque[float] = field(default_factory=lambda: deque(maxlen=KEPT_BLOCKS))
    _left: deque[float] = field(default_factory=lambda: deque(maxlen=KEPT_BLOCKS))
    _source: deque[float] = field(default_factory=lambda: deque(maxlen=KEPT_BLOCKS))
    _played: deque[float] = field(default_factory=lambda: deque(maxlen=LATE_BLOCKS))

    def begin(self) -> None:
        """Another microphone, or another place of it."""
        for levels in (self._heard, self._left, self._source, self._played):
            levels.clear()

    def hear(self, heard: bytes, played_dbfs: float | None, left: bytes) -> None:
        """A block, how loud what was played meanwhile is, and what a canceller left of the block.

        played_dbfs: None where that is not known, so that nothing stands out of it.
        """
        self._played.append(inf if played_dbfs is None else played_dbfs)
        self._heard.append(level_dbfs(heard))
        self._left.append(level_dbfs(left))
        self._source.append(max(self._played))

    @property
    def known(self) -> bool:
        """Whether it is known how loud the own voice would come back now."""
        told = bool(self._played) and isfinite(self._played[-1])
        return told and self._way_back_db(self._heard, KEPT_BLOCKS) is not None

    @property
    def sounding(self) -> bool:
        """Whether some of the own voice may come back now."""
        return bool(self._source) and self._source[-1] > PLAYED_DBFS

    def above_db(self, since_seconds: float, until_seconds: float) -> float | None:
        """How far what was heard stands above the echo that was to be expected, at its loudest.

        From so many seconds ago until so many. None where that is not known, minus infinity where
        it is not known what was played.
        """
        return self._above_db(self._heard, since_seconds, until_seconds, (KEPT_BLOCKS,))

    def left_above_db(self, since_seconds: float, until_seconds: float) -> float | None:
        """How far what the canceller left stands above what it leaves of an echo, now or mostly."""
        lengths = KEPT_BLOCKS, LATELY_BLOCKS
        return self._above_db(self._left, since_seconds, until_seconds, lengths)

    def _above_db(
        self,
        levels: deque[float],
        since_seconds: float,
        until_seconds: float,
        lengths: tuple[int, ...],
    ) -> float | None:
        size = len(levels)
        first = max(0, size - round(since_seconds / BLOCK_SECONDS) - 1)
        last = max(first + 1, size - round(until_seconds / BLOCK_SECONDS))
        within, source = list(levels)[first:last], list(self._source)[first:last]
        ways = [way for blocks in lengths if (way := self._way_back_db(levels, blocks)) is not None]
        if not within or (not ways and max(source) > PLAYED_DBFS):
            return None
        return max(within) - max(source) - max(ways, default=0.0)

    def _way_back_db(self, levels: deque[float], blocks: int) -> float | None:
        """The level of what comes back over that of its source, negative where it is weaker."""
        rows = [*zip(self._heard, levels, self._source, strict=True)][-blocks:]
        told = [row for row in rows if isfinite(row[2]) and row[2] > PLAYED_DBFS]
        sounding = [row for row in told if row[0] > SILENCE_DBFS]
        silent = len(told) - len(sounding)
        nothing_comes = silent >= NOTHING_BLOCKS and silent > LOUDER_HALF * len(told)
        ratios = [level - source for _, level, source in (told if nothing_comes else sounding)]
        return float(np.quantile(ratios, LOUDER_HALF)) if len(ratios) >= KNOWN_BLOCKS else None
