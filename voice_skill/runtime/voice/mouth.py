"""The coach's voice beside its ears: what is said is said in a thread of its own, in order."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from voice_skill.dialog.effects import EarconName
from voice_skill.runtime.voice.lost_devices import LOOK_SECONDS
from voice_skill.speaking.cue import Cue
from voice_skill.speaking.speaker import Speaker

TICK: EarconName = "tick"


class Beat(Protocol):
    """The sound of a beat that was handed over before its moment."""

    @property
    def sounded(self) -> bool:
        """Whether any of it has been heard; if it was cut, before that."""

    @property
    def over(self) -> bool:
        """Whether no more will be heard of it."""


class Mouth(Protocol):
    """Says things while others listen."""

    @property
    def lost(self) -> bool:
        """Whether the loudspeaker went away and was not found again."""

    @property
    def outdated(self) -> bool:
        """Whether it may be back, but not in the list of devices."""

    def say(self, lines: tuple[str, ...]) -> "Future[bool]":
        """Sentence after sentence. The future tells when all is said; False: it was cut."""

    def beat(self, word: str | None, at: float) -> Beat | None:
        """A word, or a tick, at this very moment of the clock. None: something still sounds."""

    def earcon(self, name: EarconName) -> None:
        """A short sound."""

    def stop(self) -> None:
        """Be silent now; what waits for its turn or its moment is dropped."""

    def look(self) -> None:
        """Look for the loudspeaker again, if it is lost and the last look is a while ago."""

    def renew(self) -> None:
        """Make the list of devices again; the microphone must be closed."""

    def close(self) -> None:
        """Say the rest, then no more."""


@dataclass(frozen=True)
class Given:
    """Something given to the loudspeaker, now or for later."""

    cue: Cue
    done: "Future[bool]"

    @property
    def sounded(self) -> bool:
        """See Beat."""
        return self.cue.sounded

    @property
    def over(self) -> bool:
        """See Beat."""
        return self.done.done()


class SpeakerMouth:
    """A mouth with a real loudspeaker, on the clock of `time.monotonic`."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self._pool = ThreadPoolExecutor(1, "mouth")
        self._given: list[Given] = []
        self._looked_at = 0.0
        self._looking: Future[bool] | None = None

    @property
    def lost(self) -> bool:
        """Whether the loudspeaker went away."""
        return self._speaker.outputs.lost

    @property
    def outdated(self) -> bool:
        """See Mouth."""
        looking = self._looking is not None and not self._looking.done()
        return self._speaker.outputs.outdated and not looking

    def say(self, lines: tuple[str, ...]) -> "Future[bool]":
        """See Mouth."""
        return self._give(lambda cue: self._speaker.say(lines, cue)).done

    def beat(self, word: str | None, at: float) -> Given | None:
        """See Mouth."""
        if not all(given.over for given in self._given):
            return None
        if word is None:
            return self._give(lambda cue: self._speaker.earcon(TICK, cue), at)
        return self._give(lambda cue: self._speaker.say((word,), cue), at)

    def earcon(self, name: EarconName) -> None:
        """See Mouth."""
        self._give(lambda cue: self._speaker.earcon(name, cue))

    def stop(self) -> None:
        """See Mouth."""
        for given in self._given:
            given.cue.stop()
        self._speaker.stop()

    def _give(self, play: Callable[[Cue], bool], at: float | None = None) -> Given:
        cue = Cue(at)
        self._given = [given for given in self._given if not given.over]
        self._given.append(Given(cue, self._pool.submit(play, cue)))
        return self._given[-1]

    def look(self) -> None:
        """See Mouth."""
        idle = self._looking is None or self._looking.done()
        if self.lost and idle and time.monotonic() - self._looked_at > LOOK_SECONDS:
            self._looked_at = time.monotonic()
            self._looking = self._pool.submit(self._speaker.outputs.look_for)

    def renew(self) -> None:
        """See Mouth."""
        self._speaker.outputs.renew()

    def close(self) -> None:
        """See Mouth."""
        self._pool.shutdown(wait=True)
