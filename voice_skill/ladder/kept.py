"""Where somebody's place on the ladder is kept: one small file on this device."""

from dataclasses import asdict
from datetime import date
from typing import Any

from voice_skill.errors import StorageError
from voice_skill.ladder.climb import Climb, Session
from voice_skill.session.store import Store

NAME, FORMAT = "ladder", 1


def load(store: Store) -> Climb:
    """The place that was kept; the beginning where there is none. Raises StorageError."""
    data = store.load(NAME)
    if not data:
        return Climb()
    path = store.folder / f"{NAME}.json"
    if isinstance(data.get("format"), int) and data["format"] > FORMAT:
        raise StorageError(f"{path}: made by a newer voice_skill; update this one to read it")
    try:
        return _from_json(data)
    except (KeyError, TypeError, ValueError):
        raise StorageError(f"{path}: makes no sense; delete it to begin the ladder again") from None


def save(store: Store, climb: Climb) -> None:
    """Keep a place, whole or not at all."""
    data = asdict(climb)
    data["since"] = climb.since.isoformat() if climb.since else None
    if climb.last:
        data["last"] = {"day": climb.last.day.isoformat(), "morning": climb.last.morning}
    store.save(NAME, {"format": FORMAT, **data})


def _from_json(data: dict[str, Any]) -> Climb:
    numbers = {name: data[name] for name in ("step", "repeats", "tops")}
    last = data["last"]
    if not all(isinstance(n, int) and 0 <= n <= 20 for n in numbers.values()):
        raise ValueError("numbers out of range")
    if last and last["morning"] not in (None, "yes", "no"):
        raise ValueError("no morning")
    return Climb(
        **numbers,
        since=date.fromisoformat(data["since"]) if data["since"] else None,
        last=Session(date.fromisoformat(last["day"]), last["morning"]) if last else None,
    )
