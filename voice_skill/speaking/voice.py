"""How the skill speaks: voice, rate and volume, changed in steps."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

RATES_WPM = (110, 125, 140, 155, 170, 190, 210)
VOLUMES = (0.25, 0.4, 0.55, 0.7, 0.85, 1.0)


@dataclass(frozen=True)
class Voice:
    """Voice of the synthesiser. rate_wpm: words a minute. volume: 0..1."""

    name: str = "en-us"
    rate_wpm: int = 155
    volume: float = 0.85

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> "Voice":
        """The voice that is remembered, with defaults for the rest."""
        plain = cls()
        return cls(
            str(settings.get("voice", plain.name)),
            int(settings.get("rate_wpm", plain.rate_wpm)),
            float(settings.get("volume", plain.volume)),
        )

    def adjusted(self, setting: Literal["rate", "volume"], step: Literal[-1, 1]) -> "Voice":
        """One step up or down; the same voice where there is no further step."""
        if setting == "rate":
            return replace(self, rate_wpm=int(_next(RATES_WPM, self.rate_wpm, step)))
        return replace(self, volume=_next(VOLUMES, self.volume, step))


def _next(ladder: tuple[float, ...], now: float, step: int) -> float:
    further = [v for v in ladder if (v > now if step > 0 else v < now)]
    if not further:
        return now
    return further[0] if step > 0 else further[-1]
