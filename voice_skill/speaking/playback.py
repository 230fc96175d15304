"""Playing sound so that it stops at once: one stream a prompt, ended by abort."""

import threading
import time
from typing import Any

from voice_skill.errors import AudioError
from voice_skill.hearing.devices import sound_library

GRACE_SECONDS = 2.0
"""A stalled sound server gives no error: nothing is waited for longer than its length and this."""


class Playing:
    """One sound on its way to the loudspeaker."""

    def __init__(self, pcm: bytes, rate_hz: int) -> None:
        self.pcm = pcm
        self.seconds = len(pcm) / 2 / rate_hz
        self.position = 0
        self.started_at: float | None = None
        self.finished = threading.Event()

    def fill(self, outdata: Any, frames: int, times: Any, status: Any) -> None:
        """Callback of the stream: the next samples, then silence."""
        if self.started_at is None:
            self.started_at = time.monotonic()
        piece = self.pcm[self.position : self.position + 2 * frames]
        outdata[: len(piece)] = piece
        outdata[len(piece) :] = bytes(2 * frames - len(piece))
        self.position += len(piece)
        if self.position >= len(self.pcm) and not piece:
            raise sound_library().CallbackStop


class Player:
    """The loudspeaker. `stop` cuts whatever plays within 50 ms."""

    def __init__(self, device: int | str | None = None) -> None:
        self.device = device
        self._lock = threading.Lock()  # abort and close from two threads at once deadlock
        self._stream: Any = None
        self._playing: Playing | None = None

    def start(self, pcm: bytes, rate_hz: int) -> Playing:
        """Begin to play. Raises AudioError where the device cannot."""
        sound = sound_library()
        playing = Playing(pcm, rate_hz)
        with self._lock:
            self._close()
            try:
                self._stream = sound.RawOutputStream(
                    samplerate=rate_hz,
                    channels=1,
                    dtype="int16",
                    device=self.device,
                    latency="high",
                    callback=playing.fill,
                    finished_callback=playing.finished.set,
                )
                self._stream.start()
            except (sound.PortAudioError, ValueError, OSError) as error:
                self._stream = None
                raise AudioError(f"the loudspeaker cannot be used: {error}") from None
            self._playing = playing
        return playing

    def wait(self, playing: Playing) -> bool:
        """Wait for the end. False if the device stalled or went away before it."""
        ended = playing.finished.wait(playing.seconds + GRACE_SECONDS)
        whole = ended and playing.position >= len(playing.pcm)
        if not ended:
            self.stop()
        return whole

    def play(self, pcm: bytes, rate_hz: int) -> bool:
        """Play to the end, or until another thread stops it."""
        return self.wait(self.start(pcm, rate_hz)) if pcm else True

    def stop(self) -> None:
        """Cut the sound."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._stream is not None:
            self._stream.abort(ignore_errors=True)
            self._stream.close(ignore_errors=True)
            self._stream = None
        if self._playing:
            self._playing.finished.set()
            self._playing = None
