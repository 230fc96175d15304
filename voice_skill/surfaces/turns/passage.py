"""What is to be said: sentences in turn, or in time with the clock of a warm-up. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from math import inf

from voice_skill.coaching.pace import speech_seconds
from voice_skill.visit.warm_up import Row

SETTLE_SECONDS = 0.3
"""Of quiet after each sentence, as in a warm-up by voice."""


@dataclass(frozen=True)
class Passage:
    """rows: what sounds. begins_seconds, ends_seconds: by the clock of the rows.

    Without them the rows come one after the other, whatever their times.
    """

    rows: tuple[Row, ...]
    begins_seconds: float | None = None
    ends_seconds: float = 0.0

    @property
    def text(self) -> str:
        """What is said of it, counts in words."""
        return " ".join(word_of(row) for row in self.rows if row.kind in ("say", "count"))

    @property
    def sounding(self) -> tuple[Row, ...]:
        """What can be heard of it."""
        return tuple(row for row in self.rows if row.kind in ("say", "count", "earcon"))


def word_of(row: Row) -> str:
    """A sentence, or a count in words."""
    return f"{row.words.capitalize()}." if row.kind == "count" else row.text


@dataclass
class Layout:
    """Puts sound after sound, and silence between them where the clock asks for it.

    sound: 16-bit samples of a row, mono, at `rate_hz`. anchors: pairs of seconds of sound and of
    the clock, by which the one is told from the other.
    """

    sound: Callable[[Row], bytes]
    rate_hz: int
    anchors: list[tuple[float, float]] = field(default_factory=list)
    seconds: float = 0.0

    def lay(self, passages: Iterable[Passage]) -> Iterator[bytes]:
        """Samples, piece by piece."""
        for passage in passages:
            if passage.begins_seconds is None:
                yield from self._in_turn(passage)
            else:
                yield from self._in_time(passage, passage.begins_seconds)

    def _in_turn(self, passage: Passage) -> Iterator[bytes]:
        for row in passage.sounding:
            yield self._put(self.sound(row))
            yield self._quiet(SETTLE_SECONDS / 2)

    def _in_time(self, passage: Passage, begins_seconds: float) -> Iterator[bytes]:
        self.anchors = [(self.seconds, begins_seconds)]
        for row in passage.sounding:
            yield self._until(row.at_seconds)
            yield self._put(self.sound(row))
            if row.kind == "say":
                yield self._quiet(SETTLE_SECONDS)
                self.anchors.append((self.seconds, row.at_seconds + speech_seconds((row.text,))))
        yield self._until(passage.ends_seconds)

    def _until(self, at_seconds: float) -> bytes:
        sounding, clock = self.anchors[-1]
        return self._quiet(sounding + at_seconds - clock - self.seconds)

    def _put(self, pcm: bytes) -> bytes:
        self.seconds += len(pcm) / 2 / self.rate_hz
        return pcm

    def _quiet(self, seconds: float) -> bytes:
        return self._put(bytes(2 * round(max(0.0, seconds) * self.rate_hz)))


def clock_at(anchors: Sequence[tuple[float, float]], seconds: float) -> float:
    """The time of the clock after so many seconds of sound.

    While a sentence is said the clock goes no further than to its end.
    """
    sounding, clock = anchors[0]
    following = inf
    for anchor, after in zip_longest(anchors, anchors[1:]):
        if anchor[0] <= seconds:
            (sounding, clock), following = anchor, after[1] if after else inf
    return min(clock + max(0.0, seconds - sounding), max(clock, following))
