"""What is remembered for a person: the emergency number, the voice, the devices."""

import contextlib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from voice_skill.errors import StorageError, UsageError
from voice_skill.near import did_you_mean
from voice_skill.speaking.voice import RATES_WPM, VOLUMES
from voice_skill.storage.store import Store

MAX_CHARACTERS = 200
Text = Annotated[str, Field(min_length=1, max_length=MAX_CHARACTERS)]


class Settings(BaseModel):
    """What the file may hold. "Slower" and "quieter" come to the least values, and no further: a
    guide that is not heard guides nobody."""

    model_config = ConfigDict(strict=True)

    emergency_number: Annotated[Text, Field(pattern=r"[0-9]")] | None = None
    microphone: Text | None = None
    loudspeaker: Text | None = None
    voice: Text | None = None
    rate_wpm: Annotated[int, Field(ge=RATES_WPM[0], le=RATES_WPM[-1])] | None = None
    volume: Annotated[float, Field(ge=VOLUMES[0], le=VOLUMES[-1])] | None = None


NAMES = {
    "emergency_number": "the number to call in an emergency, such as 112 (spoken as given)",
    "microphone": "the microphone, by a part of its name",
    "loudspeaker": "the loudspeaker, by a part of its name",
    "voice": "the voice of the synthesiser, such as en-us",
    "rate_wpm": f"words a minute, {RATES_WPM[0]} to {RATES_WPM[-1]}",
    "volume": f"{VOLUMES[0]} to {VOLUMES[-1]}",
}
OLD_NAMES = {"input": "microphone", "output": "loudspeaker"}
"""What some were called before; files and habits may still say so."""
NAME = "settings"
NUMBERS: Mapping[str, type[int] | type[float]] = {"rate_wpm": int, "volume": float}
TEXTS = ("emergency_number",)
"""Settings that prompts use in braces."""


def load(store: Store) -> dict[str, Any]:
    """All settings that differ from the defaults. Raises StorageError where one makes no sense."""
    data = _kept(store)
    for name, problem in _problems(data).items():
        raise StorageError(f"{file_of(store)}: {name} makes no sense ({problem}); "
                           f"use: voice-skill settings forget {name}")  # fmt: skip
    return _known_ones(data)


def usable(store: Store) -> dict[str, Any]:
    """Those that can be read and make sense: a session holds nobody up for the others."""
    with contextlib.suppress(StorageError):
        data = _kept(store)
        wrong = _problems(data)
        return {n: value for n, value in _known_ones(data).items() if n not in wrong}
    return {}


def remember(store: Store, change: Mapping[str, Any]) -> None:
    """Keep some settings with the others. Raises StorageError."""
    with store.changing():
        store.save(NAME, {**_kept(store), **change})


def file_of(store: Store) -> Path:
    """The file that holds them."""
    return store.folder / f"{NAME}.json"


def _kept(store: Store) -> dict[str, Any]:
    """What the file holds, by the names of today."""
    data = store.load(NAME)
    old = {OLD_NAMES[n]: value for n, value in data.items() if n in OLD_NAMES}
    return {**old, **{n: value for n, value in data.items() if n not in OLD_NAMES}}


def _known_ones(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name in NAMES}


def _problems(data: Mapping[str, Any]) -> dict[str, str]:
    """Why each value that makes no sense does not."""
    try:
        Settings.model_validate(data)
    except ValidationError as error:
        return {str(wrong["loc"][0]): wrong["msg"] for wrong in error.errors()}
    return {}


def texts(store: Store) -> dict[str, str]:
    """The settings that stand in spoken texts."""
    return {name: str(value) for name, value in usable(store).items() if name in TEXTS}


def show() -> int:
    """Print every setting with its value."""
    known = load(Store.from_platform())
    for name, text in NAMES.items():
        print(f"{name} = {known.get(name, '(default)')}    {text}")
    return 0


def change(name: str, value: str) -> int:
    """Set one. Raises UsageError on a name or a value that makes no sense."""
    name = _known(name)
    parsed = _parsed(name, value)
    remember(Store.from_platform(), {name: parsed})
    print(f"{name} = {parsed}", file=sys.stderr)
    return 0


def forget(name: str) -> int:
    """Back to the default."""
    name = _known(name)
    store = Store.from_platform()
    with store.changing():
        store.save(NAME, {k: v for k, v in _kept(store).items() if k != name})
    return 0


def _parsed(name: str, value: str) -> str | int | float:
    kind = NUMBERS.get(name, str)
    try:
        value.encode()
        parsed: str | int | float = kind(value)
    except UnicodeEncodeError:
        raise UsageError(f"'{name}' needs a text in UTF-8") from None
    except ValueError:
        raise UsageError(f"'{name}' needs a number, not '{value}'") from None
    problem = _problems({name: parsed}).get(name)
    if problem and name == "emergency_number":
        raise UsageError(f"'{name}' is written in figures, such as 112, not '{value}'")
    if problem:
        raise UsageError(f"'{name}' is {NAMES[name]}, not '{value}'")
    return parsed


def _known(name: str) -> str:
    """The name of today. Raises UsageError for one that there is not."""
    if name in OLD_NAMES:
        print(f"voice-skill: {name} is now called {OLD_NAMES[name]}", file=sys.stderr)
        return OLD_NAMES[name]
    if name not in NAMES:
        near = did_you_mean(name, NAMES)
        raise UsageError(f"there is no setting '{name}'; the settings: {', '.join(NAMES)}{near}")
    return name
