"""What is remembered for a person: the emergency number, the voice, the devices."""

import sys
from collections.abc import Mapping
from typing import Any

from voice_skill.errors import UsageError
from voice_skill.session.store import Store
from voice_skill.speaking.voice import RATES_WPM, VOLUMES

NAMES = {
    "emergency_number": "the number to call in an emergency, such as 112 (spoken as given)",
    "input": "the microphone, by a part of its name",
    "output": "the loudspeaker, by a part of its name",
    "voice": "the voice of the synthesiser, such as en-us",
    "rate_wpm": f"words a minute, {RATES_WPM[0]} to {RATES_WPM[-1]}",
    "volume": f"{VOLUMES[0]} to {VOLUMES[-1]}",
}
RANGES: Mapping[str, tuple[int, int] | tuple[float, float]] = {
    "rate_wpm": (RATES_WPM[0], RATES_WPM[-1]),
    "volume": (VOLUMES[0], VOLUMES[-1]),
}
"""What "slower" and "quieter" come to, and no further: a guide that is not heard guides nobody."""
TEXTS = ("emergency_number",)
"""Settings that prompts use in braces."""


def load(store: Store) -> dict[str, Any]:
    """All settings that differ from the defaults."""
    return store.load("settings")


def texts(store: Store) -> dict[str, str]:
    """The settings that stand in spoken texts."""
    return {name: str(value) for name, value in load(store).items() if name in TEXTS}


def show() -> int:
    """Print every setting with its value."""
    known = load(Store.from_platform())
    for name, text in NAMES.items():
        print(f"{name} = {known.get(name, '(default)')}    {text}")
    return 0


def change(name: str, value: str) -> int:
    """Set one. Raises UsageError on a name or a value that makes no sense."""
    _known(name)
    parsed = _parsed(name, value)
    store = Store.from_platform()
    store.save("settings", {**load(store), name: parsed})
    print(f"{name} = {parsed}", file=sys.stderr)
    return 0


def forget(name: str) -> int:
    """Back to the default."""
    _known(name)
    store = Store.from_platform()
    store.save("settings", {k: v for k, v in load(store).items() if k != name})
    return 0


def _parsed(name: str, value: str) -> str | int | float:
    if name == "emergency_number" and not any(sign.isdigit() for sign in value):
        raise UsageError(f"'{name}' is written in figures, such as 112, not '{value}'")
    if name not in RANGES:
        return value
    least, most = RANGES[name]
    try:
        number = type(least)(value)
    except ValueError:
        raise UsageError(f"'{name}' needs a number, not '{value}'") from None
    if not least <= number <= most:
        raise UsageError(f"'{name}' is from {least} to {most}, not {value}")
    return number


def _known(name: str) -> None:
    if name not in NAMES:
        raise UsageError(f"there is no setting '{name}'; the settings: {', '.join(NAMES)}")
