"""When a sound must begin and whether it still may: what whoever asked for it holds on to."""

import time
from dataclasses import dataclass


@dataclass
class Cue:
    """One sound, or sentences in a row; times are those of `time.monotonic`.

    at: when it must begin to sound; None: at once. began_at: when it does, which the device tells
    a little before. cut_at: since when it is not wanted any more, begun or not.
    """

    at: float | None = None
    began_at: float | None = None
    cut_at: float | None = None

    @property
    def cut(self) -> bool:
        """Whether it was stopped on purpose."""
        return self.cut_at is not None

    @property
    def sounded(self) -> bool:
        """Whether any of it has been heard by now, or had been when it was cut."""
        until = time.monotonic() if self.cut_at is None else self.cut_at
        return self.began_at is not None and self.began_at <= until

    def stop(self) -> None:
        """It is not wanted any more."""
        if self.cut_at is None:
            self.cut_at = time.monotonic()
