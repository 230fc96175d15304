"""Where sessions, settings and the profile are kept: on this device, for their owner alone."""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import platformdirs

from voice_skill.errors import StorageError, UsageError
from voice_skill.session.journal import Record, read

APP = "voice-skill"


@dataclass(frozen=True)
class Store:
    """A folder that holds everything kept."""

    folder: Path

    @classmethod
    def from_platform(cls) -> "Store":
        """The user's data folder on this platform."""
        return cls(Path(platformdirs.user_data_dir(APP)))

    @property
    def sessions(self) -> Path:
        """The folder of the journals and reports."""
        return self.folder / "sessions"

    def new_session(self, now: datetime) -> Path:
        """The path of a journal not yet there."""
        stem = now.strftime("%Y-%m-%d_%H-%M-%S")
        for number in range(1, 1000):
            name = stem if number == 1 else f"{stem}_{number}"
            path = self.sessions / f"{name}.jsonl"
            if not path.exists():
                return path
        raise StorageError(f"{self.sessions}: too many sessions in one second")

    def journals(self) -> list[Path]:
        """All journals, oldest first."""
        return sorted(self.sessions.glob("*.jsonl"))

    def find(self, name: str) -> Path:
        """One journal by its name or `last`. Raises UsageError."""
        found = self.journals()
        if name == "last" and found:
            return found[-1]
        for path in found:
            if path.stem == name:
                return path
        raise UsageError(f"there is no session '{name}'; see: voice-skill sessions list")

    def delete(self, path: Path) -> None:
        """Delete a session with its reports."""
        for file in (path, *(path.with_suffix(s) for s in (".txt", ".json", ".wav", ".warmup"))):
            file.unlink(missing_ok=True)

    def unfinished(self, fingerprint: str) -> tuple[Path, Record] | None:
        """The newest session, if it was cut off and was made with this very dialog."""
        found = self.last(fingerprint)
        return found if found and not found[1].finished and len(found[1].events) > 1 else None

    def last(self, fingerprint: str) -> tuple[Path, Record] | None:
        """The newest session, if it can be read and was made with this very dialog."""
        for path in reversed(self.journals()[-1:]):
            try:
                record = read(path)
            except StorageError:
                return None
            if record.header.get("dialog") == fingerprint:
                return path, record
        return None

    def load(self, name: str) -> dict[str, Any]:
        """A small JSON file (`settings`, `profile`), empty if it is not there."""
        path = self.folder / f"{name}.json"
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise StorageError(f"{path}: cannot be read: {error.strerror}") from None
        except ValueError as error:
            raise StorageError(f"{path}: damaged ({error}); delete it") from None
        if not isinstance(data, dict):
            raise StorageError(f"{path}: not an object; delete it")
        return data

    def save(self, name: str, data: Mapping[str, Any]) -> None:
        """Replace a small JSON file at once or not at all."""
        write_private(
            self.folder / f"{name}.json", json.dumps(data, ensure_ascii=False, indent=2) + "\n"
        )


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads, whole or not at all. Raises StorageError."""
    part = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(path)
    except OSError as error:
        if part:
            Path(part).unlink(missing_ok=True)
        raise StorageError(f"cannot write {path}: {error.strerror}") from None
