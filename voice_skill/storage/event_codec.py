"""Events as plain data and back, each value of the type that it was."""

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from voice_skill.dialog import events
from voice_skill.dialog.events import Event
from voice_skill.errors import StorageError

_TYPES: dict[str, TypeAdapter[Any]] = {
    cls.__name__: TypeAdapter(cls)
    for cls in (
        events.Started,
        events.Answered,
        events.NoInput,
        events.NoMatch,
        events.Device,
        events.Resumed,
    )
}


def to_json(event: Event) -> dict[str, Any]:
    """An event as plain data."""
    data = dataclasses.asdict(event)
    if isinstance(event, events.Started):
        data["past"]["flags"] = sorted(event.past.flags)
    return {"event": type(event).__name__, **data}


def from_json(data: Mapping[str, Any]) -> Event:
    """The event that `to_json` made. Raises StorageError on anything else."""
    kind, values = data.get("event"), {k: v for k, v in data.items() if k != "event"}
    event: Event = checked(_TYPES, kind, values)
    return event


def checked(types: Mapping[str, TypeAdapter[Any]], kind: object, values: Mapping[str, Any]) -> Any:
    """Kept values as one of these types, each of the type it was. Raises StorageError."""
    adapter = types.get(kind) if isinstance(kind, str) else None
    if adapter is None:
        raise StorageError(f"the journal holds an unknown event: {kind!r}")
    try:
        found = adapter.validate_json(json.dumps(values), strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise StorageError(f"the journal holds what was never kept: {place}: {first['msg']}"
                           ) from None  # fmt: skip
    unknown = values.keys() - {field.name for field in dataclasses.fields(found)}
    if unknown:
        raise StorageError(f"the journal holds what is not known: {', '.join(sorted(unknown))}")
    return found
