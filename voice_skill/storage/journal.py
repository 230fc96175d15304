"""An append-only list of events on disk: a session that no crash can lose.

One JSON object a line, synced at each; a line without its end, which a crash cut off, is none. The
file is readable by its owner alone.
"""

import contextlib
import dataclasses
import json
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from voice_skill.clock import boot, outlives_power
from voice_skill.dialog.events import Event
from voice_skill.errors import StorageError
from voice_skill.private import private_folder, sync_folder
from voice_skill.storage.event_codec import from_json, to_json

FORMAT = 1
ENDS = ("finished", "begun_anew")
"""Notes after which a session is never gone on with."""


class Journal:
    """A journal open for writing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    @classmethod
    def create(cls, path: Path, header: Mapping[str, Any]) -> "Journal":
        """A new journal. Raises StorageError where it cannot be written."""
        journal = cls(path)
        try:
            journal._open(os.O_CREAT | os.O_EXCL)
            journal._write({"format": FORMAT, **header})
        except StorageError:
            journal.discard()
            raise
        return journal

    @classmethod
    def anew(cls, path: Path, header: Mapping[str, Any]) -> "Journal":
        """A new journal in the place of an old one, if there is one."""
        with contextlib.suppress(OSError):  # then it cannot be created either
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
            private_folder(self.path.parent)
            self._file = os.open(self.path, os.O_WRONLY | os.O_APPEND | flags, 0o600)
            sync_folder(self.path.parent)
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

    def discard(self) -> None:
        """Close the file and delete it, if it was open: nothing shall go on from it."""
        if self._file is not None:
            self.close()
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)

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

    @property
    def ended(self) -> bool:
        """Whether it is never gone on with: it was finished, or another was begun in its place."""
        return any(end in note for note in self.notes for end in ENDS)


def read(path: Path) -> Record:
    """Read a journal, leaving out a last line without its end. Raises StorageError.

    Of a session that was cut off before its first line was whole, nothing is known.
    """
    try:
        *lines, _ = path.read_bytes().split(b"\n")
    except OSError as error:
        raise StorageError(f"{path}: cannot be read: {error.strerror}") from None
    rows = [_row(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        return Record({}, (), ())
    if rows[0].get("format") != FORMAT:
        raise StorageError(f"{path}: no session of this version; delete it")
    happened = tuple(from_json(row) for row in rows[1:] if "event" in row)
    return Record(rows[0], happened, tuple(row for row in rows[1:] if "event" not in row))


def _row(path: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):  # a whole line that is no JSON: damage, not a cut
        row = None
    if not isinstance(row, dict):
        raise StorageError(f"{path}:{number}: damaged; delete this session")
    return row


def has_ended(path: Path) -> bool:
    """The same as `ended`, by the last line alone, so that a thousand sessions are no wait."""
    try:
        *lines, _ = path.read_bytes().rsplit(b"\n", 2)
        row = json.loads(lines[-1]) if lines else None
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(row, dict) and any(end in row for end in ENDS)


def is_fresh(path: Path, header: Mapping[str, Any], now: datetime, fresh: timedelta) -> bool:
    """Whether a file was written to so lately. Where that is not known it is not: when the clock
    went back, or may have stood still since a restart."""
    if header.get("boot") != boot() and not outlives_power():
        return False
    try:
        age = now - datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo)
    except (OSError, OverflowError, ValueError):
        return False
    return timedelta(seconds=-1) < age < fresh
