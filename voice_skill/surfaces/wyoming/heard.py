"""What our own ears have just heard, so that its certainty is known when the words come back.

A transcript of the protocol has no confidence. It is an assistant that carries the words from the
ears to the conversation; both live in this process.
"""

import threading
import time
from collections import deque
from dataclasses import dataclass, field, replace

from voice_skill.surfaces.turns.turn import Said

MAX_KEPT = 64
MAX_AGE_SECONDS = 10.0
"""An assistant carries words on in milliseconds; what is older was somebody else's."""


@dataclass(frozen=True)
class Hearing:
    """talk: the conversation that it was heard for; None where that was only a guess."""

    said: Said
    told: str
    talk: str | None
    at: float


@dataclass
class Hearings:
    """The last of them. Each is given out once."""

    _kept: deque[Hearing] = field(default_factory=lambda: deque(maxlen=MAX_KEPT))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, said: Said, told: str, talk: str | None) -> None:
        """told: the words as they were sent."""
        with self._lock:
            self._kept.append(Hearing(said, told, talk, time.monotonic()))

    def find(self, told: str, talk: str) -> Said:
        """What these words were; another's, if we did not hear them. Of several the least sure."""
        with self._lock:
            since = time.monotonic() - MAX_AGE_SECONDS
            found = [
                hearing
                for hearing in self._kept
                if hearing.at >= since
                and _plain(hearing.told) == _plain(told)
                and hearing.talk in (talk, None)
            ]
            if not found:
                return Said.elsewhere(told)
            best = min(found, key=lambda h: (h.said.certain, h.said.confidence))
            self._kept.remove(best)
        return replace(best.said, known=best.talk == talk)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!?")
