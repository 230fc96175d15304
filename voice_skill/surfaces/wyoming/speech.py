"""The voice of the service: what conversations reply, and what else is asked for, as sound."""

import threading
import time
from collections import OrderedDict
from collections.abc import Container, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from voice_skill.audio.sound import to_pcm
from voice_skill.speaking.cache import PromptCache
from voice_skill.speaking.earcons import earcon
from voice_skill.speaking.synthesiser import Synthesiser
from voice_skill.speaking.voice import Voice
from voice_skill.surfaces.turns.passage import Layout, word_of
from voice_skill.surfaces.turns.talk import Playing, Talk
from voice_skill.surfaces.turns.turn import Reply
from voice_skill.visit.warm_up import Row

RATE_HZ = 22050
MAX_REPLIES = 128
"""Replies whose sound may still be asked for."""
MAX_VOICES = 3
MAX_CHARACTERS = 8000
"""Of a text; the longest reply, a warm-up of ten minutes, has half of it."""


class Speech:
    """Speaks replies as they were meant: in time, in the voice of their conversation.

    impersonal: lines whose sound may stay on the disk.
    """

    def __init__(self, folder: Path, impersonal: Container[str], voice: Voice) -> None:
        self.usual = voice
        self._folder, self._impersonal = folder, impersonal
        self._caches: OrderedDict[Voice, PromptCache] = OrderedDict()
        self._replies: OrderedDict[str, tuple[Talk, Reply, Voice]] = OrderedDict()
        self._lock = threading.Lock()
        self._maker = ThreadPoolExecutor(1, "synthesis")

    def note(self, talk: Talk, reply: Reply, voice: Voice) -> None:
        """A reply that may be asked for by its text."""
        with self._lock:
            self._replies[reply.text] = (talk, reply, voice)
            self._replies.move_to_end(reply.text)
            while len(self._replies) > MAX_REPLIES:
                self._replies.popitem(last=False)

    def sound_of(self, text: str) -> Iterator[bytes]:
        """16-bit samples, mono, at RATE_HZ, piece by piece. Raises SpeechError."""
        with self._lock:
            known = self._replies.get(text)
        if known is None:
            yield self._spoken(text[:MAX_CHARACTERS], self.usual)
            return
        talk, reply, voice = known
        layout = Layout(lambda row: self._row(row, voice), RATE_HZ)
        talk.playing = Playing(reply, layout.anchors, time.monotonic())
        for piece in layout.lay(reply.passages):
            talk.playing = Playing(reply, layout.anchors, talk.playing.since)
            yield piece

    def _row(self, row: Row, voice: Voice) -> bytes:
        if row.kind != "earcon":
            return self._spoken(
                word_of(row).rstrip(".") if row.kind == "count" else row.text, voice
            )
        return _at_rate(*earcon(row.text))

    def _spoken(self, line: str, voice: Voice) -> bytes:
        return self._maker.submit(self._make, line, voice).result()

    def _make(self, line: str, voice: Voice) -> bytes:
        """In the one thread that owns the synthesisers."""
        cache = self._caches.pop(voice, None)
        if cache is None:
            cache = PromptCache(self._folder, Synthesiser(voice), self._impersonal)
        self._caches[voice] = cache
        while len(self._caches) > MAX_VOICES:
            self._caches.popitem(last=False)[1].close()
        return _at_rate(*cache.sound(line)) if line.strip() else b""

    def close(self) -> None:
        """End the synthesisers."""
        for cache in list(self._caches.values()):
            cache.synthesiser.close()
        self._maker.shutdown(wait=True, cancel_futures=True)
        for cache in self._caches.values():
            cache.close()


def _at_rate(pcm: bytes, rate_hz: int) -> bytes:
    if rate_hz == RATE_HZ:
        return pcm
    import soxr

    samples = np.frombuffer(pcm, "<i2").astype(np.float32) / 32768
    return to_pcm(soxr.resample(samples, rate_hz, RATE_HZ))
