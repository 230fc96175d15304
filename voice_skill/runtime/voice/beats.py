"""The tempo of a warm-up: its clock, and beats whose sound is handed over before they are due."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from voice_skill.coaching.effects import Count, Earcon
from voice_skill.runtime.voice.mouth import Beat, Mouth
from voice_skill.visit.warm_up import WarmUp

LEAD_SECONDS = 0.2
"""So long before it is due the sound of a beat is handed over: the ear comes round every 50 ms, a
busy machine takes 0.1 s more, and a stream some milliseconds to open."""


@dataclass
class Clock:
    """Seconds since the warm-up began. source: a clock that only goes on."""

    source: Callable[[], float] = time.monotonic
    origin: float = 0.0

    def now(self) -> float:
        """The time."""
        return self.source() - self.origin

    def set(self, seconds: float) -> None:
        """Let it be this time."""
        self.origin = self.source() - seconds

    def at_source(self, seconds: float) -> float:
        """A time of this clock as its source tells it."""
        return seconds + self.origin


@dataclass
class NextBeat:
    """What is due next. sound: that of a beat of a drill; else None, as before a sentence.

    given: the sound, once it is handed over. The beat falls when it is heard, so that what is cut
    before that was not counted.
    """

    warm_up: WarmUp
    mouth: Mouth
    clock: Clock
    sound: Count | Earcon | None
    given: Beat | None = None

    @classmethod
    def after(cls, warm_up: WarmUp, mouth: Mouth, clock: Clock) -> "NextBeat":
        """After what happened last. Right after a sentence it waits for its handing over."""
        sound, due = warm_up.next_sound, warm_up.state.due_seconds
        if sound and due is not None:
            clock.set(min(clock.now(), due - LEAD_SECONDS))
        return cls(warm_up, mouth, clock, sound)

    def fallen(self, now: float) -> bool:
        """Whether it is over or, where it makes no sound, due; handed over when it is time."""
        due = self.warm_up.state.due_seconds
        if due is None or self.warm_up.state.away:
            return False
        if self.sound and self.given is None and due - LEAD_SECONDS <= now < due:
            in_words = self.warm_up.library.language.numbers.in_words
            word = in_words(self.sound.number) if isinstance(self.sound, Count) else None
            self.given = self.mouth.beat(word, self.clock.at_source(due))
        return now >= due and (self.given is None or self.given.sounded or self.given.over)

    def cut(self) -> None:
        """Be silent: something else comes first. What has been heard by now was a beat."""
        self.mouth.stop()
        if self.given and self.given.sounded:
            self.warm_up.tick(self.clock.now())
