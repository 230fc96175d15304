"""What is remembered for a person: the emergency number, the voice, the devices."""

import sys
from typing import Any

from voice_skill.errors import UsageError
from voice_skill.session.store import Store

NAMES = {
    "emergency_number": "the number to call in an emergency, such as 112 (spoken as given)",
    "input": "the microphone, by a part of its name",
    "output": "the loudspeaker, by a part of its name",
    "voice": "the voice of the synthesiser, such as en-us",
    "rate_wpm": "words a minute",
    "volume": "0 to 1",
}
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
    store = Store.from_platform()
    try:
        parsed: Any = {"rate_wpm": int, "volume": float}.get(name, str)(value)
    except ValueError:
        raise UsageError(f"'{name}' needs a number, not '{value}'") from None
    store.save("settings", {**load(store), name: parsed})
    print(f"{name} = {parsed}", file=sys.stderr)
    return 0


def forget(name: str) -> int:
    """Back to the default."""
    _known(name)
    store = Store.from_platform()
    store.save("settings", {k: v for k, v in load(store).items() if k != name})
    return 0


def _known(name: str) -> None:
    if name not in NAMES:
        raise UsageError(f"there is no setting '{name}'; the settings: {', '.join(NAMES)}")
