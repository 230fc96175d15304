"""What is remembered of a person between sessions: one small file, and only values that make sense.

A value that makes no sense is left out, so that its question is asked again.
"""

from collections.abc import Mapping

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.interpretation import Value
from voice_skill.errors import StorageError, UsageError
from voice_skill.storage.store import Store
from voice_skill.visit.facts import checked_value

NAME, FORMAT = "profile", 1


def load(dialog: Dialog, store: Store) -> dict[str, Value]:
    """What is remembered. Raises StorageError where the file cannot be read."""
    data = store.load(NAME)
    path = store.folder / f"{NAME}.json"
    if isinstance(data.get("format"), int) and data["format"] > FORMAT:
        raise StorageError(f"{path}: made by a newer voice_skill; update this one to read it")
    values = data.get("values", {})
    if not isinstance(values, Mapping):
        raise StorageError(f"{path}: makes no sense; delete it")
    return {name: value for name, value in values.items() if _known(dialog, name, value)}


def save(store: Store, values: Mapping[str, Value]) -> None:
    """Remember these values, whole or not at all."""
    store.save(NAME, {"format": FORMAT, "values": dict(values)})


def keep_only(dialog: Dialog, store: Store, values: Mapping[str, Value]) -> None:
    """Forget all but these; with none of them all is forgotten, also where it cannot be read."""
    with store.changing():
        known = load(dialog, store) if values else {}
        save(store, {name: value for name, value in known.items() if name in values})


def _known(dialog: Dialog, name: str, value: object) -> bool:
    if name not in dialog.fields or not dialog.fields[name].profile:
        return False
    try:
        found = checked_value(dialog, name, value)
    except (UsageError, TypeError):
        return False
    same = type(found) is type(value) and found == value  # true is not an age of one
    return same and found not in (None, "unsure")
