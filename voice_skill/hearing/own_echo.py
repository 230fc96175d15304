"""How loud the skill's own voice comes back into the microphone, and what stands out of that.

Levels tell it after half a second of speech, long before an echo canceller has found its way; they
also tell when it has.
"""

from collections import deque
from dataclasses import dataclass, field
from math import inf, isfinite

import numpy as np

from voice_skill.hearing.sound import BLOCK_SECONDS, SILENCE_DBFS, level_dbfs

LATE_BLOCKS = 8
"""What is played may come back for 0.4 s: over a buffer, and from the walls."""
PLAYED_DBFS = -60.0
"""Less than this is no sound that comes back."""
KNOWN_BLOCKS = 10
"""So many blocks with sound tell how much of it comes back."""
KEPT_BLOCKS = 400
LOUD_DBFS, LATELY_BLOCKS = -40.0, 40
"""Two seconds of sound loud enough to come back tell how much of it the canceller takes away."""
LOUDER_HALF = 0.7
"""The quantile of the blocks that stands for the way back: above the pauses of speech, and below
the few blocks into which somebody else speaks."""


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

    def hear(self, heard: bytes, played: bytes | None, left: bytes) -> None:
        """A block, what was played meanwhile, and what was left of the block without it.

        played: None where that is not known, so that nothing stands out of it.
        """
        self._played.append(inf if played is None else level_dbfs(played))
        self._heard.append(level_dbfs(heard))
        self._left.append(level_dbfs(left))
        self._source.append(max(self._played))

    def above_db(self, since_seconds: float, until_seconds: float) -> float | None:
        """How far what was heard stands above the echo that was to be expected, at its loudest.

        From so many seconds ago until so many. None where that is not known.
        """
        size = len(self._heard)
        first = max(0, size - round(since_seconds / BLOCK_SECONDS) - 1)
        last = max(first + 1, size - round(until_seconds / BLOCK_SECONDS))
        heard, source = (list(levels)[first:last] for levels in (self._heard, self._source))
        way = self._way_back_db()
        if not heard or (way is None and max(source) > PLAYED_DBFS):
            return None
        return max(heard) - max(source) - (way or 0.0)

    def taken_out_db(self, until_seconds: float) -> float | None:
        """By how much the canceller has lately weakened what came back, until so many seconds ago.

        None where nothing is known of what was played.
        """
        last = max(0, len(self._heard) - round(until_seconds / BLOCK_SECONDS))
        rows = [*zip(self._heard, self._left, self._source, strict=True)][:last]
        weaker = [heard - left for heard, left, source in rows if LOUD_DBFS < source < inf]
        return float(np.median(weaker[-LATELY_BLOCKS:])) if weaker else None

    def _way_back_db(self) -> float | None:
        """The level of the echo over that of its source, negative where it is weaker."""
        ratios = [
            heard - source
            for heard, source in zip(self._heard, self._source, strict=True)
            if isfinite(source) and source > PLAYED_DBFS and heard > SILENCE_DBFS
        ]
        return float(np.quantile(ratios, LOUDER_HALF)) if len(ratios) >= KNOWN_BLOCKS else None
