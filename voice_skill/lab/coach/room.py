"""A room in simulated time: what the coach says comes back into its microphone.

Its clock is the sound that has been heard, so an hour passes as fast as the recogniser works, and
every figure that does not depend on the machine is the same each time.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

import numpy as np
import soxr

from voice_skill.audio.devices import SoundDevice
from voice_skill.audio.sound import BLOCK_SECONDS, RATE_HZ, level_dbfs, to_pcm
from voice_skill.dialog.effects import EarconName
from voice_skill.hearing.capture import Microphone
from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.lab.coach.air import Way
from voice_skill.runtime.voice.mouth import TICK
from voice_skill.speaking.cache import PromptCache
from voice_skill.speaking.earcons import earcon

BLOCK = int(BLOCK_SECONDS * RATE_HZ)
GAP = int(0.05 * RATE_HZ)
"""Samples between two sentences, as it takes to open a stream."""
Cancel = Callable[[bytes, bytes], bytes]
"""Takes what the microphone heard and what the loudspeaker played meanwhile: an echo canceller."""


class Room:
    """The loudspeaker's sound, the person's, and the clock."""

    def __init__(
        self,
        seconds: float,
        echo: np.ndarray | None,
        noise: np.ndarray | None,
        cancel: Cancel | None,
    ) -> None:
        size = int((seconds + 60) * RATE_HZ)
        self.played = np.zeros(size, np.float32)
        self._person = np.zeros(size, np.float32)
        if noise is not None:
            self._person[: len(noise)] += noise[:size].astype(np.float32)
        self._cancel = cancel
        self.own_echo = OwnEcho()
        self._echo = Way(np.zeros(1) if echo is None else echo, BLOCK)
        self.at = 0

    def now(self) -> float:
        """Seconds since the beginning."""
        return self.at / RATE_HZ

    def speak(self, samples: np.ndarray, at_seconds: float) -> None:
        """The person says something."""
        start = int(at_seconds * RATE_HZ)
        self._person[start : start + len(samples)] += samples.astype(np.float32)

    def block(self) -> bytes:
        """The next fifty milliseconds as the microphone hears them."""
        start, end = self.at, self.at + BLOCK
        echo = self._echo(self.played[start:end])
        heard = to_pcm((self._person[start:end] + echo).astype(np.float32))
        self.at = end
        played = to_pcm(self.played[start:end])
        left = self._cancel(heard, played) if self._cancel else heard
        self.own_echo.hear(heard, level_dbfs(played), left)
        return left


class RoomMicrophone(Microphone):
    """Hears the room instead of a device.

    each: called before every read. took: gets the real seconds that were spent on each block.
    """

    def __init__(
        self, room: Room, mouth: "RoomMouth", each: Callable[[], None], took: list[float]
    ) -> None:
        super().__init__()
        self.own_echo = room.own_echo
        self._room, self._mouth, self._each, self._took = room, mouth, each, took
        self._returned_at = time.perf_counter()

    def open(self) -> SoundDevice:
        """Always there."""
        return SoundDevice(0, "room", 1, 1, RATE_HZ, frozenset())

    def read(self) -> bytes:
        """The next block."""
        self._each()
        self._took.append(time.perf_counter() - self._returned_at)
        block = self._room.block()
        self._mouth.notice()
        self._returned_at = time.perf_counter()
        return block


@dataclass(frozen=True)
class RoomBeat:
    """The sound of a beat in the room. begins: its first sample."""

    room: Room
    begins: int
    done: "Future[bool]"

    @property
    def sounded(self) -> bool:
        """See Beat; what is cut is asked about at once."""
        return self.begins < self.room.at

    @property
    def over(self) -> bool:
        """See Beat."""
        return self.done.done()


class RoomMouth:
    """Plays into the room instead of a loudspeaker. asked: told when something said will end."""

    lost = outdated = False

    def __init__(self, room: Room, prompts: PromptCache, asked: Callable[[float], None]) -> None:
        self._room, self._prompts, self._asked = room, prompts, asked
        self._free_at = 0
        self._pending: list[tuple[int, Future[bool]]] = []

    def say(self, lines: tuple[str, ...]) -> "Future[bool]":
        """See Mouth."""
        found = self._play([self._prompts.sound(line) for line in lines])
        self._asked(self._free_at / RATE_HZ)
        return found

    def beat(self, word: str | None, at: float) -> RoomBeat | None:
        """See Mouth."""
        if self._pending:
            return None
        sound = earcon(TICK) if word is None else self._prompts.sound(word)
        begins = max(self._room.at, round(at * RATE_HZ))
        return RoomBeat(self._room, begins, self._play([sound], begins))

    def earcon(self, name: EarconName) -> None:
        """See Mouth."""
        self._play([earcon(name)])

    def stop(self) -> None:
        """See Mouth."""
        self._room.played[self._room.at :] = 0.0
        self._free_at = self._room.at
        self.notice(cut=True)

    def look(self) -> None:
        """See Mouth."""

    def renew(self) -> None:
        """See Mouth."""

    def close(self) -> None:
        """See Mouth."""
        self.stop()

    def notice(self, cut: bool = False) -> None:
        """Tell those who wait for the end of what has ended by now."""
        for end, future in self._pending:
            if cut or end <= self._room.at:
                future.set_result(not cut)
        self._pending = [(end, future) for end, future in self._pending if not future.done()]

    def _play(self, sounds: list[tuple[bytes, int]], begins: int | None = None) -> "Future[bool]":
        """One after another, from a sample on or as soon as the way is free."""
        future: Future[bool] = Future()
        at = max(self._free_at, self._room.at) + GAP if begins is None else begins
        for pcm, rate in sounds:
            samples = np.frombuffer(pcm, "<i2").astype(np.float32) / 32768
            piece = soxr.resample(samples, rate, RATE_HZ)[: max(0, len(self._room.played) - at)]
            self._room.played[at : at + len(piece)] += piece
            self._free_at = at + len(piece)
            at = self._free_at + GAP
        self._pending.append((self._free_at, future))
        self.notice()
        return future
