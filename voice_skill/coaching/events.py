"""What can happen in a warm-up: the input of `step`. Times are seconds from its begin."""

from dataclasses import dataclass
from typing import Literal

from voice_skill.coaching.meaning import Meaning


@dataclass(frozen=True)
class Began:
    """The warm-up begins."""

    at_seconds: float


@dataclass(frozen=True)
class Resumed:
    """The program was cut off, and goes on with what it had kept."""

    at_seconds: float


@dataclass(frozen=True)
class Tick:
    """Time has passed. Before what is due it changes nothing."""

    at_seconds: float


@dataclass(frozen=True)
class Heard:
    """Something was said and understood (or not)."""

    at_seconds: float
    meaning: Meaning
    said: str = ""


@dataclass(frozen=True)
class DeviceChanged:
    """The microphone or the loudspeaker went away or came back."""

    at_seconds: float
    present: bool
    device: Literal["input", "output"] = "input"


Event = Began | Resumed | Tick | Heard | DeviceChanged
