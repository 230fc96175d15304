"""Sound devices by name. The sound library is loaded late, with a hint where it is missing."""

import re
import threading
from dataclasses import dataclass
from typing import Any, Literal

from voice_skill.errors import AudioError

Direction = Literal["input", "output"]
_DIRECTIONS: tuple[Direction, ...] = ("input", "output")
LIBRARY = threading.RLock()
"""Held where the list of devices is read or made anew, and where a stream is begun."""
_NUMBER = re.compile(r" \(hw:\d+,\d+\)$")
"""ALSA's number of a card, which changes when it is plugged in again."""


def sound_library() -> Any:
    """The module sounddevice. Raises AudioError naming the system package."""
    try:
        import sounddevice
    except ImportError:
        raise AudioError(
            "sounddevice is missing; install it with: pip install sounddevice"
        ) from None
    except Exception as error:  # OSError without PortAudio, PortAudioError with a broken ALSA
        raise AudioError(
            f"no sound: {' '.join(str(error).split())}; "
            "install PortAudio with: sudo apt install libportaudio2"
        ) from None
    return sounddevice


@dataclass(frozen=True)
class SoundDevice:
    """One device as the system lists it."""

    index: int
    name: str
    inputs: int
    outputs: int
    rate_hz: int
    default: frozenset[Direction]

    def describe(self) -> str:
        """A line for people."""
        kinds = [k for k, n in (("microphone", self.inputs), ("loudspeaker", self.outputs)) if n]
        mark = " (default)" if self.default else ""
        return f"{self.name}: {' and '.join(kinds)}, {self.rate_hz} Hz{mark}"


def list_devices() -> tuple[SoundDevice, ...]:
    """Every device that can hear or speak."""
    sound = sound_library()
    try:
        with LIBRARY:
            rows = sound.query_devices()
            chosen = tuple(sound.default.device)
    except sound.PortAudioError as error:
        raise AudioError(f"the sound devices cannot be listed: {error}") from None
    return tuple(
        SoundDevice(
            index=index,
            name=str(row["name"]),
            inputs=int(row["max_input_channels"]),
            outputs=int(row["max_output_channels"]),
            rate_hz=int(row["default_samplerate"]),
            default=frozenset(d for d, c in zip(_DIRECTIONS, chosen, strict=True) if c == index),
        )
        for index, row in enumerate(rows)
    )


def find_device(name: str | None, direction: Direction) -> SoundDevice:
    """The device whose name contains `name`, but for its number, or the default.

    Raises AudioError.
    """
    fitting = [d for d in list_devices() if (d.inputs if direction == "input" else d.outputs)]
    kind = "microphone" if direction == "input" else "loudspeaker"
    if not fitting:
        raise AudioError(f"there is no {kind}; plug one in, or use: voice-skill run --text")
    if name is None:
        return next((d for d in fitting if direction in d.default), fitting[0])
    exact = [d for d in fitting if d.name == name]
    part = _NUMBER.sub("", name).lower()
    found = exact or [d for d in fitting if part in d.name.lower()]
    if len(found) == 1:
        return found[0]
    names = ", ".join(d.name for d in (found or fitting))
    problem = "fits several" if found else "is not there"
    raise AudioError(f"the {kind} '{name}' {problem}; choose one of: {names}")
