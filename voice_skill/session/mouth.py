"""The coach's voice beside its ears: what is said is said in a thread of its own, in order."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from voice_skill.dialog.effects import EarconName
from voice_skill.speaking.speaker import Speaker

LOOK_SECONDS = 1.0
"""How often a loudspeaker that went away is looked for."""


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

    def count(self, word: str) -> None:
        """One word, unless the one before still sounds: a late count is worse than none."""

    def earcon(self, name: EarconName) -> None:
        """A short sound."""

    def stop(self) -> None:
        """Be silent now."""

    def look(self) -> None:
        """Look for the loudspeaker again, if it is lost and the last look is a while ago."""

    def renew(self) -> None:
        """Make the list of devices again; the microphone must be closed."""

    def close(self) -> None:
        """Say the rest, then no more."""


class SpeakerMouth:
    """A mouth with a real loudspeaker."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self._pool = ThreadPoolExecutor(1, "mouth")
        self._counting: Future[bool] | None = None
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
        return self._pool.submit(self._speaker.say, lines)

    def count(self, word: str) -> None:
        """See Mouth."""
        if self._counting is None or self._counting.done():
            self._counting = self.say((word,))

    def earcon(self, name: EarconName) -> None:
        """See Mouth."""
        self._pool.submit(self._speaker.earcon, name)

    def stop(self) -> None:
        """See Mouth."""
        self._speaker.stop()

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
