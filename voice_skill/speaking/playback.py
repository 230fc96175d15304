"""Playing sound so that it stops at once: one stream a prompt, ended by abort."""

import threading
import time
from typing import Any

from voice_skill.errors import AudioError
from voice_skill.hearing.devices import find_device, sound_library
from voice_skill.hearing.streams import STREAMS

STALLED_SECONDS = 1.5
"""A device that plays asks for more sound every few hundredths of a second; a suspended one gives
no error, it just asks no more."""


class Playing:
    """One sound on its way to the loudspeaker.

    cut: it was stopped on purpose. stalled: the device asked for no more of it.
    """

    def __init__(self, pcm: bytes) -> None:
        self.pcm = pcm
        self.position = 0
        self.started_at: float | None = None
        self.asked_at = time.monotonic()
        self.cut = self.stalled = False
        self.finished = threading.Event()

    def fill(self, outdata: Any, frames: int, times: Any, status: Any) -> None:
        """Callback of the stream: the next samples, then silence."""
        self.asked_at = time.monotonic()
        if self.started_at is None:
            self.started_at = self.asked_at
        piece = self.pcm[self.position : self.position + 2 * frames]
        outdata[: len(piece)] = piece
        outdata[len(piece) :] = bytes(2 * frames - len(piece))
        self.position += len(piece)
        if self.position >= len(self.pcm) and not piece:
            raise sound_library().CallbackStop

    @property
    def whole(self) -> bool:
        """Whether all of it was played."""
        ended = self.finished.is_set() and not (self.cut or self.stalled)
        return ended and self.position >= len(self.pcm)


class Player:
    """The loudspeaker whose name contains `name`, or the default one, whatever its number is now.

    `stop` cuts whatever plays within 50 ms.
    """

    def __init__(self, name: str | None = None) -> None:
        self.name = name
        self._lock = threading.Lock()  # abort and close from two threads at once deadlock
        self._stream: Any = None
        self._playing: Playing | None = None

    def start(self, pcm: bytes, rate_hz: int) -> Playing:
        """Begin to play. Raises AudioError where the device cannot."""
        sound = sound_library()
        playing = Playing(pcm)
        with self._lock:
            self._close()
            try:
                self._stream = STREAMS.start(
                    lambda: sound.RawOutputStream(
                        samplerate=rate_hz,
                        channels=1,
                        dtype="int16",
                        device=find_device(self.name, "output").index,
                        latency="high",
                        callback=playing.fill,
                        finished_callback=playing.finished.set,
                    )
                )
            except (sound.PortAudioError, ValueError, OSError) as error:
                self._stream = None
                raise AudioError(f"the loudspeaker cannot be used: {error}") from None
            self._playing = playing
        return playing

    def wait(self, playing: Playing) -> bool:
        """Wait for the end. False if it was cut, or the device stalled or went away before it."""
        while not playing.finished.wait(0.1):
            if time.monotonic() - playing.asked_at > STALLED_SECONDS:
                playing.stalled = True
                break
        with self._lock:
            if self._playing is playing:
                self._close()
        return playing.whole

    def play(self, pcm: bytes, rate_hz: int) -> bool:
        """Play to the end, or until another thread stops it."""
        return self.wait(self.start(pcm, rate_hz)) if pcm else True

    def stop(self) -> None:
        """Cut the sound."""
        with self._lock:
            if self._playing:
                self._playing.cut = True
            self._close()

    def _close(self) -> None:
        if self._stream is not None:
            STREAMS.end(self._stream)
            self._stream = None
        if self._playing:
            self._playing.finished.set()
            self._playing = None
