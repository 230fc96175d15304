"""What the skill itself gives to the loudspeaker, and when it is heard: known on any system."""

from collections import deque
from dataclasses import dataclass, field

from voice_skill.audio.sound import SILENCE_DBFS, level_dbfs

KEPT_PIECES = 200
"""Some seconds: a device asks for a few hundredths of a second at a time."""
_Piece = tuple[float, float, float]


@dataclass
class OwnSound:
    """Its level, on the clock of `time.monotonic`. Given by one thread, asked for by another."""

    _pieces: deque[_Piece] = field(default_factory=lambda: deque(maxlen=KEPT_PIECES))

    def give(self, pcm: bytes, rate_hz: int, heard_at: float) -> None:
        """Samples, mono, 16 bit, of which the first will be heard at this time."""
        seconds = len(pcm) / 2 / rate_hz
        self._pieces.append((heard_at, heard_at + seconds, level_dbfs(pcm)))

    def level_dbfs(self, since: float, until: float) -> float:
        """The loudest of what is heard between two times; -96 where nothing is."""
        levels = [
            level for begins, ends, level in tuple(self._pieces) if begins < until and ends > since
        ]
        return max(levels, default=SILENCE_DBFS)
