"""The diary on disk: one entry a line, written whole or not at all, for its owner alone."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from voice_skill.diary.entry import Entry, Morning
from voice_skill.errors import StorageError, UsageError
from voice_skill.private import write_private
from voice_skill.storage.store import Store

FORMAT = 3
"""Version 1 had no `since_rest`, `rules`, `ladder`, version 2 no `session`: both are read too."""


@dataclass(frozen=True)
class Book:
    """All entries in the order in which they were written, whatever the clock said.

    cut: whether a last line was cut off, and so left out.
    """

    path: Path
    entries: tuple[Entry, ...] = ()
    cut: bool = False

    @classmethod
    def from_store(cls, store: Store) -> "Book":
        """The diary of this device."""
        return cls.read(cls.place(store))

    @staticmethod
    def place(store: Store) -> Path:
        """The file of it."""
        return store.folder / "diary.jsonl"

    @classmethod
    def read(cls, path: Path) -> "Book":
        """Read it, leaving out a last line that was cut off. Raises StorageError."""
        try:
            lines = path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return cls(path)
        except OSError as error:
            raise StorageError(f"{path}: cannot be read: {error.strerror}") from None
        if not any(line.strip() for line in lines):  # something emptied it
            raise StorageError(f"{path}: empty; move it away to begin a new one")
        entries: list[Entry] = []
        cut = False
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                data = json.loads(line)
                if number == 1:
                    _check_format(path, data)
                else:
                    entries.append(Entry.from_json(data))
            except (ValueError, RecursionError, StorageError) as error:
                cut = not isinstance(error, StorageError) and 1 < number == len(lines)
                if not cut:  # by a crash or a full disk
                    problem = str(error) if isinstance(error, StorageError) else "damaged"
                    raise StorageError(f"{path}:{number}: {problem}") from None
        return cls(path, tuple(entries), cut)

    @property
    def gap(self) -> str | None:
        """What to tell of it: nothing where it is whole."""
        return f"{self.path}: the last line was cut off and is left out" if self.cut else None

    def with_entry(self, entry: Entry) -> "Book":
        """The same with one entry more; a session that is written again replaces itself."""
        places = [i for i, e in enumerate(self.entries) if e.identity == entry.identity]
        if not places:
            return replace(self, entries=(*self.entries, entry))
        entries = list(self.entries)
        morning = entry.morning or entries[places[-1]].morning
        entries[places[-1]] = replace(entry, morning=morning)
        return replace(self, entries=tuple(entries))

    def with_morning(self, morning: Morning, told_in: str | None = None) -> "Book":
        """The last warm-up (without any, the last entry) with its next-morning answer.

        told_in: the session in which it was told, which asks of those before it. Raises UsageError
        where there is none.
        """
        asked = [i for i, entry in enumerate(self.entries)
                 if not (told_in and entry.session and entry.session >= told_in)]  # fmt: skip
        if not asked:
            raise UsageError("the diary is empty, so there is no yesterday")
        warmed = [i for i in asked if self.entries[i].routine]
        last = (warmed or asked)[-1]
        entries = list(self.entries)
        entries[last] = replace(entries[last], morning=morning)
        return replace(self, entries=tuple(entries))

    def save(self) -> None:
        """Replace the file at once or not at all."""
        rows: Iterable[object] = ({"format": FORMAT}, *(entry.to_json() for entry in self.entries))
        write_private(self.path, "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows))


def _check_format(path: Path, data: object) -> None:
    found = data.get("format") if isinstance(data, dict) else None
    if isinstance(found, int) and found > FORMAT:
        raise StorageError("made by a newer voice_skill; update this one to read it")
    if not isinstance(found, int) or found < 1:
        raise StorageError("no diary; move it away to begin a new one")
