"""Installing a model: fetched or from this machine, checked, and only then put in place."""

import shutil
import tempfile
from pathlib import Path

import filelock

from voice_skill.errors import ModelError, UsageError
from voice_skill.models.check import check_model
from voice_skill.models.download import Patience, Report, download
from voice_skill.models.folder import is_model
from voice_skill.models.shelf import Shelf
from voice_skill.models.sources import Source
from voice_skill.models.unpack import unpack

_MEGABYTE = 1_000_000
_LOCAL_MOST_BYTES = 4_000 * _MEGABYTE
WAIT_SECONDS = 1800.0


def lock(shelf: Shelf) -> filelock.FileLock:
    """Held while a model is installed or removed; a second process waits for it."""
    shelf.folder.mkdir(parents=True, exist_ok=True)
    return filelock.FileLock(shelf.folder / ".lock", timeout=WAIT_SECONDS)


def install_source(
    shelf: Shelf, source: Source, mirror: str | None, report: Report, patience: Patience
) -> Path:
    """Fetch, check, put in place. mirror: an address under which the archive lies instead.

    A model that is there already is left alone. Raises ModelError; then nothing is half-installed.
    """
    with lock(shelf):
        target = shelf.place(source.name)
        if is_model(target):
            return target
        most = int(source.unpacked_mb * _MEGABYTE)
        _room(shelf.folder, int(source.size_mb * _MEGABYTE) + most)
        archive = shelf.folder / "downloads" / f"{source.name}.zip"
        file_name = source.url.rsplit("/", 1)[1]
        url = f"{mirror.rstrip('/')}/{file_name}" if mirror else source.url
        if not archive.exists():
            limit = int(source.size_mb * 1.5 * _MEGABYTE)
            download(url, archive, source.sha256, limit, report, patience)
        try:
            _place(shelf, archive, target, most)
        finally:
            archive.unlink(missing_ok=True)
    return target


def install_local(shelf: Shelf, name: str, path: Path) -> Path:
    """From a zip archive or a model folder on this machine. Raises UsageError, ModelError."""
    if not path.exists():
        raise UsageError(f"{path}: there is no such file or folder")
    with lock(shelf):
        target = shelf.place(name)
        if is_model(target):
            raise UsageError(f"'{name}' is installed; first: voice-skill model remove {name}")
        _place(shelf, path, target, _LOCAL_MOST_BYTES)
    return target


def _place(shelf: Shelf, source: Path, target: Path, most_bytes: int) -> None:
    """Unpack or copy beside the target, check, and rename: whole or not at all."""
    with tempfile.TemporaryDirectory(dir=shelf.folder, prefix=".new-") as name:
        fresh = Path(name) / "model"
        fresh.mkdir()
        try:
            if source.is_dir():
                _room(shelf.folder, sum(p.stat().st_size for p in source.rglob("*")))
                shutil.copytree(source, fresh, dirs_exist_ok=True)
            else:
                unpack(source, fresh, most_bytes)
        except OSError as error:
            raise ModelError(f"{target}: cannot be written: {error.strerror}") from None
        if not is_model(fresh):
            raise ModelError(f"{source}: no Vosk model in it (am/final.mdl and graph/ are missing)")
        check_model(fresh)
        fresh.rename(target)


def _room(folder: Path, wanted_bytes: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < wanted_bytes:
        raise ModelError(
            f"{folder}: {wanted_bytes // _MEGABYTE} MB are needed, {free // _MEGABYTE} MB are free"
        )
