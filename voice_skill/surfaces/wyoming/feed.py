"""Sound that comes in chunks of a client's own form, as the blocks that ears hear."""

import queue
from collections.abc import Iterator

from wyoming.audio import AudioChunk, AudioChunkConverter

from voice_skill.audio.sound import BLOCK_BYTES, RATE_HZ
from voice_skill.surfaces.wyoming.events import BadEvent

MAX_SECONDS = 60.0
"""Of one stream: nobody answers for so long."""
MAX_WAITING_BLOCKS = 1200
STALLED_SECONDS = 10.0
"""A microphone that sends nothing for so long is gone."""
MIN_RATE_HZ, MAX_RATE_HZ = 8000, 48000
WIDTHS, MAX_CHANNELS = (1, 2, 4), 2


class Feed:
    """Filled by a connection, read by the thread that hears."""

    def __init__(self) -> None:
        self._blocks: queue.Queue[bytes | None] = queue.Queue(MAX_WAITING_BLOCKS + 1)
        self._converter = AudioChunkConverter(rate=RATE_HZ, width=2, channels=1)
        self._rest = b""
        self._bytes = 0
        self._ended = False

    def add(self, chunk: AudioChunk) -> None:
        """Sound as it comes. Raises BadEvent for none of a form that microphones give."""
        if self._ended:
            return
        if not (
            MIN_RATE_HZ <= chunk.rate <= MAX_RATE_HZ
            and chunk.width in WIDTHS
            and 1 <= chunk.channels <= MAX_CHANNELS
            and len(chunk.audio) % (chunk.width * chunk.channels) == 0
        ):
            raise BadEvent("sound of a form that is not heard; send 16 kHz, 16 bit, mono")
        pcm = self._converter.convert(chunk).audio
        self._bytes += len(pcm)
        self._rest += pcm
        while len(self._rest) >= BLOCK_BYTES:
            self._put(self._rest[:BLOCK_BYTES])
            self._rest = self._rest[BLOCK_BYTES:]
        if self._bytes > MAX_SECONDS * RATE_HZ * 2:
            self.end()

    def end(self) -> None:
        """No more comes. Twice is harmless."""
        if not self._ended:
            self._ended = True
            if self._rest:
                self._put(self._rest.ljust(BLOCK_BYTES, b"\0"))
            self._blocks.put_nowait(None)

    def _put(self, block: bytes) -> None:
        if self._blocks.qsize() < MAX_WAITING_BLOCKS:  # else nobody hears it any more
            self._blocks.put_nowait(block)

    def __iter__(self) -> Iterator[bytes]:
        """The blocks, until the end, or until nothing comes any more."""
        while True:
            try:
                block = self._blocks.get(timeout=STALLED_SECONDS)
            except queue.Empty:
                return
            if block is None:
                return
            yield block
