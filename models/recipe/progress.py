"""Progress of long work, one line on stderr."""

import sys
import time


class Progress:
    """Counts steps and prints how far, how fast and how long still, every few seconds."""

    def __init__(self, what: str, total: int, every_seconds: float = 10.0) -> None:
        self._what, self._total, self._every = what, total, every_seconds
        self._done = 0
        self._start = self._said = time.monotonic()

    def step(self, count: int = 1) -> None:
        """So many more are done."""
        if count == 0:
            return
        self._done += count
        now = time.monotonic()
        if now - self._said < self._every and self._done < self._total:
            return
        self._said = now
        left = (now - self._start) / self._done * (self._total - self._done)
        line = f"{self._what}: {self._done} of {self._total}, {left / 60:.1f} min left"
        print(line, file=sys.stderr, flush=True)
