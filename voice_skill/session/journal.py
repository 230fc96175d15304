"""An append-only list of events on disk: a session that no crash can lose.

One JSON object a line, synced at each; a line cut off by a crash is left out when read. The file is
readable by its owner alone.
"""

import dataclasses
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from voice_skill.dialog import events
from voice_skill.dialog.events import Event
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.dialog.past import Past, Week
from voice_skill.errors import StorageError

FORMAT = 1
_TYPES = {
    cls.__name__: cls
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
    try:
        values = {k: v for k, v in data.items() if k != "event"}
        if data["event"] == "Answered":
            values["interpretation"] = Interpretation(**values["interpretation"])
        if data["event"] == "Started" and "past" in values:
            values["past"] = _past(values["past"])
        event: Event = _TYPES[data["event"]](**values)
    except (KeyError, TypeError) as error:
        raise StorageError(f"the journal holds an unknown event: {error}") from None
    return event


def _past(data: Mapping[str, Any]) -> Past:
    return Past(**{**data, "flags": frozenset(data["flags"]), "week": Week(**data["week"])})


class Journal:
    """A journal open for writing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    @classmethod
    def create(cls, path: Path, header: Mapping[str, Any]) -> "Journal":
        """A new journal. Raises StorageError where it cannot be written."""
        journal = cls(path)
        journal._open(os.O_CREAT | os.O_EXCL)
        journal._write({"format": FORMAT, **header})
        return journal

    @classmethod
    def anew(cls, path: Path, header: Mapping[str, Any]) -> "Journal":
        """A new journal in the place of an old one, if there is one."""
        path.unlink(missing_ok=True)
        return cls.create(path, header)

    @classmethod
    def reopen(cls, path: Path) -> "Journal":
        """Go on with a journal, dropping a line that a crash cut off."""
        journal = cls(path)
        journal._open(0)
        whole = path.read_bytes().rfind(b"\n") + 1
        assert journal._file is not None
        os.ftruncate(journal._file, whole)
        return journal

    def _open(self, flags: int) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file = os.open(self.path, os.O_WRONLY | os.O_APPEND | flags, 0o600)
        except OSError as error:
            raise StorageError(
                f"cannot keep the session in {self.path}: {error.strerror}"
            ) from None

    def keep(self, event: Event) -> None:
        """Append one event and wait until it is on the disk."""
        self._write(to_json(event))

    def note(self, record: Mapping[str, Any], synced: bool = True) -> None:
        """Append a line that is no event, such as the end of the session.

        synced: wait until it is on the disk; otherwise it only outlives the program.
        """
        self._write(record, synced)

    def _write(self, record: Mapping[str, Any], synced: bool = True) -> None:
        line = (json.dumps(record, ensure_ascii=False) + "\n").encode()
        if self._file is None:
            return
        try:
            if os.write(self._file, line) != len(line):
                raise OSError(28, "No space left on device")
            if synced:
                os.fsync(self._file)
        except OSError as error:
            raise StorageError(
                f"cannot keep the session in {self.path}: {error.strerror}"
            ) from None

    def close(self) -> None:
        """Close the file; closing twice is harmless."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclasses.dataclass(frozen=True)
class Record:
    """A journal as read: its header, the events, and the notes that are no events."""

    header: Mapping[str, Any]
    events: tuple[Event, ...]
    notes: tuple[Mapping[str, Any], ...]

    @property
    def finished(self) -> bool:
        """Whether the session reached an end of its own."""
        return any("finished" in note for note in self.notes)


def read(path: Path) -> Record:
    """Read a journal, leaving out a last line that was cut off. Raises StorageError."""
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise StorageError(f"{path}: cannot be read: {error.strerror}") from None
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            rows.append(json.loads(line))
        except ValueError:
            if number < len(lines):  # a whole line that is no JSON: damage, not a cut
                raise StorageError(f"{path}:{number}: damaged; delete this session") from None
    if not rows or rows[0].get("format") != FORMAT:
        raise StorageError(f"{path}: no session of this version; delete it")
    happened = tuple(from_json(row) for row in rows[1:] if "event" in row)
    return Record(rows[0], happened, tuple(row for row in rows[1:] if "event" not in row))
