"""How loud the skill's own voice comes back into the microphone, and what stands out of that.

Levels tell it after half a second of speech, long before an echo canceller has found its way.
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
LOUDER_HALF = 0.7
"""The quantile of the blocks that stands for the way back: above the pauses of speech, and below
the few blocks into which somebody else speaks."""


@dataclass
class OwnEcho:
    """Follows what is heard and what is played, block by block.

    played_seconds: so much sound has been played.
    """

    played_seconds: float = 0.0
    _heard: deque[float] = field(default_factory=lambda: deque(maxlen=KEPT_BLOCKS))
    _source: deque[float] = field(default_factory=lambda: deque(maxlen=KEPT_BLOCKS))
    _played: deque[float] = field(default_factory=lambda: deque(maxlen=LATE_BLOCKS))

    def begin(self) -> None:
        """Another microphone, or another place of it."""
        self.played_seconds = 0.0
        for levels in (self._heard, self._source, self._played):
            levels.clear()

    def hear(self, heard: bytes, played: bytes | None) -> None:
        """A block before anything was taken out of it, and what was played meanwhile.

        None: that is not known, so nothing stands out of it.
        """
        level = inf if played is None else level_dbfs(played)
        self.played_seconds += BLOCK_SECONDS if PLAYED_DBFS < level < inf else 0.0
        self._played.append(level)
        self._heard.append(level_dbfs(heard))
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

    def _way_back_db(self) -> float | None:
        """The level of the echo over that of its source, negative where it is weaker."""
        ratios = [
            heard - source
            for heard, source in zip(self._heard, self._source, strict=True)
            if isfinite(source) and source > PLAYED_DBFS and heard > SILENCE_DBFS
        ]
        return float(np.quantile(ratios, LOUDER_HALF)) if len(ratios) >= KNOWN_BLOCKS else None
