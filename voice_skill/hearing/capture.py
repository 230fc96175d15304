"""The microphone: a callback that only queues, watched from outside."""

import queue
import threading
import time
from typing import Any

import numpy as np

from voice_skill.audio.devices import SoundDevice, find_device, sound_library
from voice_skill.audio.own_sound import OwnSound
from voice_skill.audio.sound import BLOCK_BYTES, BLOCK_SECONDS, RATE_HZ, to_pcm
from voice_skill.audio.streams import STREAMS
from voice_skill.errors import AudioError
from voice_skill.hearing.echo import EchoCanceller, canceller
from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.hearing.source import is_own_echo, source_of_this_process
from voice_skill.log import LOG

QUEUE_BLOCKS = 600
"""Thirty seconds: more unheard sound than that is dropped and counted."""
LOST_SECONDS = 1.5
"""A stream that is alive calls back every 50 ms; a suspended source just falls silent."""


EARLY_SECONDS = 0.1
"""So much sooner than a device tells may the skill's own sound be heard; later is allowed for."""
LOOK_SECONDS = 0.25
WATCH_SECONDS = 2.0


class DeviceLost(AudioError):
    """The microphone went away while it was in use."""


class Microphone:
    """Blocks of 50 ms, 16 kHz, mono, 16 bit. The device's own rate is resampled once.

    without_echo: take out what the default loudspeaker plays, where the system has the means.
    own_sound: what the skill itself plays, for where it lacks them.
    own_echo: how loud either comes back.
    """

    def __init__(
        self,
        name: str | None = None,
        without_echo: bool = False,
        own_sound: OwnSound | None = None,
    ) -> None:
        self.name = name
        self._own_sound = own_sound
        self._without_echo = without_echo
        self._canceller: EchoCanceller | None = None
        self.own_echo = OwnEcho()
        self.overflows = 0
        self._queue: queue.Queue[bytes] = queue.Queue(QUEUE_BLOCKS)
        self._lock = threading.Lock()
        self._stream: Any = None
        self._resampler: Any = None
        self._rest = b""
        self._heard_at = 0.0
        self._rate_hz = RATE_HZ
        self._watch: threading.Event | None = None
        self._moved = threading.Event()

    def open(self) -> SoundDevice:
        """Start to hear. Raises AudioError where the device cannot be used."""
        sound = sound_library()
        device = find_device(self.name, "input")
        with self._lock:
            self._close()
            try:
                rate = self._rate(sound, device)
                self._stream = STREAMS.start(
                    lambda: sound.RawInputStream(
                        samplerate=rate,
                        channels=1,
                        dtype="int16",
                        device=device.index,
                        blocksize=int(rate * BLOCK_SECONDS),
                        latency="high",
                        callback=self._callback,
                    )
                )
            except (sound.PortAudioError, ValueError, OSError) as error:
                self._stream = None
                raise AudioError(
                    f"the microphone '{device.name}' cannot be used ({error}); "
                    "is another program using it?"
                ) from None
            self._heard_at = time.monotonic()
            self._rate_hz = rate
            self._watch_source()
            self.own_echo.begin()
            self._canceller = canceller(self.own_echo) if self._without_echo else None
            without = "without" if self._canceller else "with"
            LOG.info("microphone '%s' at %d Hz, %s its echo", device.name, rate, without)
        return device

    def reopen(self) -> SoundDevice:
        """Hear again after a loss, also by a device that came back under another number.

        Raises AudioError while it is not back.
        """
        try:
            return self.open()
        except AudioError:
            if not STREAMS.renew():
                raise
            return self.open()

    def _watch_source(self) -> None:
        """Notice when the sound server gives us another microphone, or our own loudspeaker."""
        source = source_of_this_process()
        if is_own_echo(source):
            self._close()
            raise AudioError("there is no microphone, only the loudspeaker's own sound")
        if source is None:
            return
        closed, moved = threading.Event(), self._moved

        def watch() -> None:
            while not closed.wait(WATCH_SECONDS):
                if source_of_this_process() not in (source, None):
                    moved.set()
                    return

        self._moved.clear()
        self._watch = closed
        threading.Thread(target=watch, name="source", daemon=True).start()

    def _rate(self, sound: Any, device: SoundDevice) -> int:
        try:
            sound.check_input_settings(device.index, channels=1, dtype="int16", samplerate=RATE_HZ)
        except (sound.PortAudioError, ValueError):
            import soxr

            self._resampler = soxr.ResampleStream(device.rate_hz, RATE_HZ, 1, dtype="float32")
            return device.rate_hz
        self._resampler = None
        return RATE_HZ

    def _callback(self, indata: Any, frames: int, times: Any, status: Any) -> None:
        self._heard_at = time.monotonic()
        if status:
            self.overflows += 1
        try:
            self._queue.put_nowait(bytes(indata))
        except queue.Full:
            self.overflows += 1

    def read(self) -> bytes:
        """The next block. Raises DeviceLost if the device falls silent for 1.5 seconds."""
        if self._moved.is_set():
            raise DeviceLost("the microphone went away; the sound server gave us another source")
        while len(self._rest) < BLOCK_BYTES:
            self._rest += self._resampled(self._next())
        block, self._rest = self._rest[:BLOCK_BYTES], self._rest[BLOCK_BYTES:]
        behind_seconds = self.behind_seconds
        if self._canceller is not None:
            return self._canceller.clean(block, behind_seconds)
        if self._own_sound is not None:
            at = time.monotonic() - behind_seconds
            level = self._own_sound.level_dbfs(at - BLOCK_SECONDS, at + EARLY_SECONDS)
            self.own_echo.hear(block, level, block)
        return block

    @property
    def behind_seconds(self) -> float:
        """How much was heard and waits to be read."""
        return self._queue.qsize() * BLOCK_SECONDS

    def _next(self) -> bytes:
        while True:
            try:
                return self._queue.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                stream = self._stream
                silent = time.monotonic() - self._heard_at > LOST_SECONDS
                if stream is None or not stream.active or silent:
                    raise DeviceLost("the microphone went away") from None

    def _resampled(self, raw: bytes) -> bytes:
        if self._resampler is None:
            return raw
        samples = np.frombuffer(raw, "<i2").astype(np.float32) / 32768
        return to_pcm(self._resampler.resample_chunk(samples))

    def flush(self) -> None:
        """Forget what was heard and not yet read."""
        seconds = len(self._rest) / 2 / RATE_HZ
        self._rest = b""
        while not self._queue.empty():
            try:
                seconds += len(self._queue.get_nowait()) / 2 / self._rate_hz
            except queue.Empty:
                break
        if self._canceller:
            self._canceller.skip(seconds)

    def close(self) -> None:
        """Stop hearing."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._watch is not None:
            self._watch.set()
            self._watch = None
        if self._canceller is not None:
            self._canceller.close()
            self._canceller = None
        if self._stream is not None:
            STREAMS.end(self._stream)
            self._stream = None
