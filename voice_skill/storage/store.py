"""Where sessions, settings and the profile are kept: on this device, for their owner alone."""

import json
import re
import secrets
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import platformdirs

from voice_skill.errors import StorageError, UsageError
from voice_skill.private import LOCK, PART, alone, private_folder, write_private

APP = "voice-skill"
_NUMBERED = re.compile(r"(\d{4,})_\d{4}-\d\d-\d\d_[0-9a-f]{8}")
_PARTS = (".txt", ".json", ".wav", ".warmup", f".jsonl{LOCK}", f".warmup{LOCK}")
"""What belongs to a session, beside its journal."""


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
        """The path of a journal that no other session has. Raises StorageError.

        Its number tells the order of sessions, whatever the clock says.
        """
        try:
            private_folder(self.sessions)
            for folder in (self.folder, self.sessions):
                if folder.stat().st_mode & 0o077:  # made by an earlier version
                    folder.chmod(0o700)
        except OSError as error:
            raise StorageError(f"cannot write {self.sessions}: {error.strerror}") from None
        number = 1 + max((_place(path)[0] for path in self.journals()), default=0)
        return self.sessions / f"{number:04}_{now:%Y-%m-%d}_{secrets.token_hex(4)}.jsonl"

    def journals(self) -> list[Path]:
        """All journals, oldest first."""
        return sorted(self.sessions.glob("*.jsonl"), key=_place)

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
        """Delete a session with all that belongs to it."""
        for file in (path, *(path.with_suffix(part) for part in _PARTS)):
            file.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Delete what writing left half done, if it was cut off."""
        for folder in (self.folder, self.sessions):
            for file in folder.glob(f"{PART}*"):
                file.unlink(missing_ok=True)

    def changing(self) -> AbstractContextManager[None]:
        """Held while something kept is read, changed and written again. Raises StorageError."""
        return alone(self.folder)

    def load(self, name: str) -> dict[str, Any]:
        """A small JSON file (`settings`, `profile`), empty if it is not there."""
        path = self.folder / f"{name}.json"
        try:
            data = json.loads(path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise StorageError(f"{path}: cannot be read: {error.strerror}") from None
        except (ValueError, RecursionError) as error:
            raise StorageError(f"{path}: damaged ({error}); delete it") from None
        if not isinstance(data, dict):
            raise StorageError(f"{path}: not an object; delete it")
        return data

    def save(self, name: str, data: Mapping[str, Any]) -> None:
        """Replace a small JSON file at once or not at all."""
        write_private(
            self.folder / f"{name}.json", json.dumps(data, ensure_ascii=False, indent=2) + "\n"
        )


def _place(path: Path) -> tuple[int, str]:
    """The place of a journal in the order of sessions; those without a number came before."""
    numbered = _NUMBERED.fullmatch(path.stem)
    return (int(numbered[1]) if numbered else 0), path.stem
