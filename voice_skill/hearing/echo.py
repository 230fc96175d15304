"""Taking the skill's own voice out of what the microphone hears, where the system has the means.

libspeexdsp does it; what the loudspeaker plays comes from the monitor that PulseAudio and PipeWire
keep of it (`parec`), so other programs' music goes too. Measured: docs/measurements.md.
"""

import ctypes
import ctypes.util
import shutil
import subprocess
import threading

from voice_skill.audio.sound import RATE_HZ, level_dbfs
from voice_skill.errors import AudioError
from voice_skill.hearing.own_echo import OwnEcho

HINT = "for better hearing over a loudspeaker: sudo apt install libspeexdsp1 pulseaudio-utils"
FRAME_BYTES = 320
TAIL_SECONDS = 0.3
_SET_SAMPLING_RATE = 24
AHEAD_SECONDS = 0.08
"""So much of what was played is at hand when the first block is heard: a block, and some more for
its fragments arriving unevenly. The rest of the delay is for the filter to find."""
PATIENCE_SECONDS = 0.2
START_SECONDS = 2.0
MOST_SECONDS = 0.5
"""Further apart than this, one of the two has lost sound, and they are paired anew."""


class SpeexFilter:
    """Adapts to the way from the loudspeaker to the microphone. Raises AudioError without it."""

    def __init__(self) -> None:
        name = ctypes.util.find_library("speexdsp")
        if name is None:
            raise AudioError(HINT)
        self._library = ctypes.CDLL(name)
        self._library.speex_echo_state_init.restype = ctypes.c_void_p
        pointer = self._library.speex_echo_state_init(FRAME_BYTES // 2, int(TAIL_SECONDS * RATE_HZ))
        self._state = ctypes.c_void_p(pointer)
        rate = ctypes.c_int(RATE_HZ)
        self._library.speex_echo_ctl(self._state, _SET_SAMPLING_RATE, ctypes.byref(rate))

    def __call__(self, heard: bytes, played: bytes) -> bytes:
        """What is left of a block (16 kHz, mono, 16 bit) without the echo of what was played."""
        parts: list[bytes] = []
        for start in range(0, len(heard), FRAME_BYTES):
            out = ctypes.create_string_buffer(FRAME_BYTES)
            piece = slice(start, start + FRAME_BYTES)
            self._library.speex_echo_cancellation(self._state, heard[piece], played[piece], out)
            parts.append(out.raw)
        return b"".join(parts)

    def __del__(self) -> None:
        if getattr(self, "_state", None):
            self._library.speex_echo_state_destroy(self._state)


class Monitor:
    """What the default loudspeaker plays, 16 kHz, mono, 16 bit, as it is played."""

    def __init__(self) -> None:
        program = shutil.which("parec")
        if program is None:
            raise AudioError(HINT)
        self._arrived = threading.Condition()
        self._waiting = bytearray()
        self._process = subprocess.Popen(
            [program, "--device=@DEFAULT_MONITOR@", f"--rate={RATE_HZ}", "--channels=1",
             "--format=s16le", "--latency-msec=20"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        threading.Thread(target=self._read, name="monitor", daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        while piece := self._process.stdout.read1(1 << 14):  # type: ignore[attr-defined]
            with self._arrived:
                self._waiting += piece
                self._arrived.notify()

    def begin(self) -> bool:
        """Wait for the first sound. False where none comes."""
        with self._arrived:
            return self._arrived.wait_for(lambda: bool(self._waiting), START_SECONDS)

    def keep(self, seconds: float) -> None:
        """Forget all but the last so many seconds."""
        with self._arrived:
            size = int(seconds * RATE_HZ) * 2
            del self._waiting[: max(0, len(self._waiting) - size)]

    def take(self, size: int, patience_seconds: float = PATIENCE_SECONDS) -> bytes:
        """The next so many bytes; fewer if they do not come in time."""
        with self._arrived:
            self._arrived.wait_for(lambda: len(self._waiting) >= size, patience_seconds)
            piece = bytes(self._waiting[:size])
            del self._waiting[:size]
            return piece

    @property
    def seconds(self) -> float:
        """How much waits to be taken."""
        return len(self._waiting) / 2 / RATE_HZ

    def close(self) -> None:
        """End the recording."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()


class EchoCanceller:
    """Pairs what is heard with what was played, sample by sample, and filters it.

    own_echo: told of each pair.
    """

    def __init__(self, own_echo: OwnEcho) -> None:
        self._filter = SpeexFilter()
        self._own_echo = own_echo
        self._monitor = Monitor()
        self._missing = 0
        self._paired = False
        if not self._monitor.begin():
            self._monitor.close()
            raise AudioError("the sound server does not tell what it plays; is PulseAudio running?")

    def clean(self, heard: bytes, behind_seconds: float = 0.0) -> bytes:
        """A block without the echo. As it was heard where what was played is not known.

        behind_seconds: how much was heard after it and waits to be read.
        """
        if not self._paired and not self._pair(AHEAD_SECONDS + behind_seconds):
            self._own_echo.hear(heard, None, heard)
            return heard
        if self._missing:  # waited for once: a server that stalls must not hold up ear and count
            self._missing -= len(self._monitor.take(self._missing, 0.0))
        played = b"" if self._missing else self._monitor.take(len(heard))
        self._missing += len(heard) - len(played)
        too_much = self._monitor.seconds - behind_seconds
        apart_seconds = max(self._missing / 2 / RATE_HZ, too_much)
        self._paired = apart_seconds < MOST_SECONDS
        known = len(played) == len(heard)
        left = self._filter(heard, played) if known else heard
        self._own_echo.hear(heard, level_dbfs(played) if known else None, left)
        return left

    def _pair(self, ahead_seconds: float) -> bool:
        """Begin where both are there; a suspended or dead loudspeaker plays nothing."""
        if self._monitor.seconds < ahead_seconds:
            return False
        self._monitor.keep(ahead_seconds)
        self._missing, self._paired = 0, True
        return True

    def skip(self, seconds: float) -> None:
        """So much was heard and thrown away."""
        self._missing += int(seconds * RATE_HZ) * 2

    def close(self) -> None:
        """End it."""
        self._monitor.close()


def canceller(own_echo: OwnEcho) -> EchoCanceller | None:
    """One for the default loudspeaker, or None where the system lacks the means."""
    try:
        return EchoCanceller(own_echo)
    except AudioError:
        return None
