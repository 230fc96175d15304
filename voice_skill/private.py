"""What is written for its owner alone: whole or not at all, and on the disk once that is said.

A lock dies with its process, so that what a crash left behind is nobody's.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from voice_skill.errors import StorageError

MAX_WAIT_SECONDS = 5.0
"""A change takes some milliseconds; after this long its process is held to hang."""
PART = ".part-"
"""Begins the name of a file that is being written."""
LOCK = ".lock"


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner enters, and what is missing above it. Raises OSError."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=0o700, exist_ok=True)


def write_private(path: Path, content: str | bytes) -> None:
    """Write a file that only its owner reads, whole or not at all. Raises StorageError."""
    part = ""
    try:
        data = content.encode() if isinstance(content, str) else content
        private_folder(path.parent)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=PART)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(path)
        sync_folder(path.parent)
    except OSError as error:
        if part:
            with contextlib.suppress(OSError):
                Path(part).unlink(missing_ok=True)
        raise StorageError(f"cannot write {path}: {error.strerror}") from None
    except UnicodeEncodeError:
        raise StorageError(f"cannot write {path}: not a text in UTF-8") from None


def sync_folder(folder: Path) -> None:
    """Wait until names in a folder are on the disk too, where the system can."""
    with contextlib.suppress(OSError):  # some systems open no folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def lock_of(path: Path) -> Path:
    """The file beside it that is locked by whoever writes it."""
    return path.with_name(path.name + LOCK)


class Claim:
    """The right to write a file, for as long as this process lives."""

    def __init__(self, path: Path) -> None:
        self._place = lock_of(path)
        self._lock = filelock.FileLock(self._place, mode=0o600, thread_local=False)

    def take(self, seconds: float = 0.0) -> bool:
        """Whether it is ours now; else a living process has it. Raises StorageError."""
        try:
            private_folder(self._place.parent)
            self._lock.acquire(timeout=seconds)
        except filelock.Timeout:
            return False
        except (OSError, NotImplementedError) as error:
            why = getattr(error, "strerror", None) or "it cannot be locked"
            raise StorageError(f"cannot write {self._place}: {why}") from None
        return True

    def give_back(self, over: bool = False) -> None:
        """Leave it to others. over: nobody will want it again. Twice is harmless."""
        if self._lock.is_locked:
            if over:
                with contextlib.suppress(OSError):
                    self._place.unlink(missing_ok=True)
            self._lock.release()


def claimed(path: Path) -> Claim | None:
    """The right to write a file, or None where a living process has it. Raises StorageError."""
    claim = Claim(path)
    return claim if claim.take() else None


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Only one process at a time changes what is kept in a folder. Raises StorageError."""
    claim = Claim(folder / "changes")
    if not claim.take(MAX_WAIT_SECONDS):
        raise StorageError(f"{folder}: another process does not let it go; end that")
    try:
        yield
    finally:
        claim.give_back()
