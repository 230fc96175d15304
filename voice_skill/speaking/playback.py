"""Playing sound so that it begins on time and stops at once: one stream a prompt, cut by abort.

A sound that has its moment is handed over before it; the device tells when what it asks for will be
heard, so the first sample is put exactly there, however busy the machine is meanwhile.
"""

import threading
import time
from typing import Any

from voice_skill.audio.devices import find_device, sound_library
from voice_skill.audio.own_sound import OwnSound
from voice_skill.audio.streams import STREAMS
from voice_skill.errors import AudioError
from voice_skill.log import LOG
from voice_skill.speaking.cue import Cue

BUFFER_SECONDS = 0.1
"""So long a busy machine may keep the device waiting before a sound has a gap or comes late; the
35 to 45 ms that it asks for itself were too few (docs/measurements.md, "Whole routines"). A cut
throws away what is buffered."""
STALLED_SECONDS = 1.5
"""A device that plays asks for more sound every few hundredths of a second; a suspended one gives
no error, it just asks no more."""


class Playing:
    """One sound on its way to the loudspeaker.

    ends_at: when the last sample so far given will have been heard; to end the stream before it
    throws away what is buffered. stalled: the device asked for no more of it.
    """

    def __init__(self, pcm: bytes, rate_hz: int, cue: Cue, own_sound: OwnSound) -> None:
        self.pcm, self.rate_hz, self.cue = pcm, rate_hz, cue
        self._own_sound = own_sound
        self.position = 0
        self.asked_at = time.monotonic()
        self.ends_at = 0.0
        self.stalled = False
        self.finished = threading.Event()

    def fill(self, outdata: Any, frames: int, times: Any, status: Any) -> None:
        """Callback of the stream: silence until its moment, the next samples, then silence."""
        self.asked_at = time.monotonic()
        heard_at = self.asked_at + max(0.0, times.outputBufferDacTime - times.currentTime)
        silent = self.silent_frames(heard_at, frames)
        piece = self.pcm[self.position : self.position + 2 * (frames - silent)]
        outdata[:] = (bytes(2 * silent) + piece).ljust(2 * frames, b"\0")
        self.position += len(piece)
        self._own_sound.give(piece, self.rate_hz, heard_at + silent / self.rate_hz)
        if piece:
            self.ends_at = heard_at + (silent + len(piece) // 2) / self.rate_hz
        elif self.position >= len(self.pcm) and self.asked_at >= self.ends_at:
            raise sound_library().CallbackStop

    def silent_frames(self, heard_at: float, frames: int) -> int:
        """How many of the next frames, the first of them heard at this time, come too soon."""
        if self.cue.began_at is not None:
            return 0
        begins_at = max(heard_at, self.cue.at or heard_at)
        silent = round((begins_at - heard_at) * self.rate_hz)
        if silent >= frames:
            return frames
        self.cue.began_at = begins_at
        return silent

    @property
    def whole(self) -> bool:
        """Whether all of it was played."""
        ended = self.finished.is_set() and not (self.cue.cut or self.stalled)
        return ended and self.position >= len(self.pcm)


class Player:
    """The loudspeaker whose name contains `name`, or the default one, whatever its number is now.

    `stop` cuts whatever plays within 50 ms. own_sound: told of all that is played.
    """

    def __init__(self, name: str | None = None, own_sound: OwnSound | None = None) -> None:
        self.name = name
        self.own_sound = own_sound or OwnSound()
        self._lock = threading.Lock()  # abort and close from two threads at once deadlock
        self._stream: Any = None
        self._playing: Playing | None = None

    def start(self, pcm: bytes, rate_hz: int, cue: Cue | None = None) -> Playing:
        """Begin to play, unless it was cut before. Raises AudioError where the device cannot."""
        sound = sound_library()
        playing = Playing(pcm, rate_hz, cue or Cue(), self.own_sound)
        with self._lock:
            self._close()
            if playing.cue.cut:
                playing.finished.set()
                return playing
            try:
                self._stream = STREAMS.start(
                    lambda: sound.RawOutputStream(
                        samplerate=rate_hz,
                        channels=1,
                        dtype="int16",
                        device=find_device(self.name, "output").index,
                        latency=BUFFER_SECONDS,
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
                LOG.warning("the loudspeaker asks for no more sound")
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
                self._playing.cue.stop()
            self._close()

    def _close(self) -> None:
        if self._stream is not None:
            STREAMS.end(self._stream)
            self._stream = None
        if self._playing:
            self._playing.finished.set()
            self._playing = None
