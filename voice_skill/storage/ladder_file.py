"""Where somebody's place on the ladder is kept: one small file on this device."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from voice_skill.errors import StorageError
from voice_skill.ladder.progression import Climb, Session
from voice_skill.storage.store import Store

NAME, FORMAT = "ladder", 1


def place(store: Store) -> Path:
    """The file of it."""
    return store.folder / f"{NAME}.json"


def load(store: Store) -> Climb:
    """The place that was kept; the beginning where there is none. Raises StorageError."""
    data = store.load(NAME)
    if not data:
        return Climb()
    path = place(store)
    if isinstance(data.get("format"), int) and data["format"] > FORMAT:
        raise StorageError(f"{path}: made by a newer voice_skill; update this one to read it")
    try:
        return _Place.model_validate_json(json.dumps(data)).climb()
    except ValidationError:
        raise StorageError(f"{path}: makes no sense; delete it to begin the ladder again") from None


def save(store: Store, climb: Climb) -> None:
    """Keep a place, whole or not at all."""
    data = asdict(climb)
    data["since"] = climb.since.isoformat() if climb.since else None
    if climb.last:
        data["last"] = {"day": climb.last.day.isoformat(), "morning": climb.last.morning}
    store.save(NAME, {"format": FORMAT, **data})


class _Last(BaseModel):
    day: date
    morning: Literal["yes", "no"] | None


class _Place(BaseModel):
    """What the file may hold."""

    model_config = ConfigDict(strict=True)

    step: int = Field(ge=0, le=20)
    repeats: int = Field(ge=0, le=20)
    tops: int = Field(ge=0, le=20)
    since: date | None
    last: _Last | None

    def climb(self) -> Climb:
        last = Session(self.last.day, self.last.morning) if self.last else None
        return Climb(self.step, self.repeats, self.tops, self.since, last)
