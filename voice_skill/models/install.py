"""Installing a model: fetched or from this machine, checked, and only then put in place."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from voice_skill.errors import ModelError, UsageError
from voice_skill.files import reason
from voice_skill.models.check import check_model, prove_model, refuse_odd, write_manifest
from voice_skill.models.download import Patience, Report, download
from voice_skill.models.folder import is_model
from voice_skill.models.second_ear import is_second_ear, prove_second_ear
from voice_skill.models.shelf import Shelf
from voice_skill.models.sources import Source
from voice_skill.models.unpack import unpack

_MEGABYTE = 1_000_000
NEW = ".new-"
"""Begins the name of the folder in which a model is made ready, before it is put in its place."""
_LOCAL_MOST_BYTES = 4_000 * _MEGABYTE
WAIT_SECONDS = 1800.0


@contextmanager
def lock(shelf: Shelf) -> Iterator[None]:
    """Held while a model is installed or removed; a second process says so and waits for it.

    Raises ModelError where the shelf cannot be written to, or the other one does not end.
    """
    try:
        shelf.folder.mkdir(parents=True, exist_ok=True)
        held = filelock.FileLock(shelf.folder / ".lock")
        try:
            held.acquire(timeout=0)
        except filelock.Timeout:
            print("another model is being installed or removed; waiting for it", file=sys.stderr)
            held.acquire(timeout=WAIT_SECONDS)
    except filelock.Timeout:
        raise ModelError(f"{shelf.folder}: another process does not let it go; end that") from None
    except OSError as error:
        raise ModelError(f"{shelf.folder}: cannot be written: {reason(error)}") from None
    try:
        _sweep(shelf.folder)
        yield
    finally:
        held.release()


def _sweep(folder: Path) -> None:
    """What an installation left that was killed: nobody else is at work while the lock is held."""
    for left in folder.glob(f"{NEW}*"):
        shutil.rmtree(left, ignore_errors=True)


def install_source(
    shelf: Shelf, source: Source, mirror: str | None, report: Report, patience: Patience
) -> Path:
    """Fetch, check, put in place. mirror: an address under which the archive lies instead.

    A whole model that is there already is left alone, a damaged one is replaced. Raises ModelError;
    then nothing is half-installed.
    """
    with lock(shelf):
        target = shelf.place(source.name)
        if is_second_ear(target) if source.ear == "second" else _whole(target):
            return target
        most = int(source.unpacked_mb * _MEGABYTE)
        _room(shelf.folder, int(source.size_mb * _MEGABYTE) + most)
        archive = shelf.folder / ".downloads" / f"{source.name}.zip"
        file_name = source.url.rsplit("/", 1)[1]
        url = f"{mirror.rstrip('/')}/{file_name}" if mirror else source.url
        if not archive.exists():
            limit = int(source.size_mb * 1.5 * _MEGABYTE)
            download(url, archive, source.sha256, limit, report, patience)
        try:
            _place(shelf, archive, target, most)
        except ModelError:
            archive.unlink()
            raise
        archive.unlink()
    return target


def install_local(shelf: Shelf, name: str, path: Path) -> Path:
    """From a zip archive or a model folder on this machine. Raises UsageError, ModelError."""
    if not path.exists():
        raise UsageError(f"{path}: there is no such file or folder")
    with lock(shelf):
        target = shelf.place(name)
        if _whole(target):
            raise UsageError(f"'{name}' is installed; first: voice-skill model remove {name}")
        _place(shelf, path, target, _LOCAL_MOST_BYTES)
    return target


def _whole(folder: Path) -> bool:
    """Whether a model is there and sound, so that nothing need be put in its place."""
    try:
        check_model(folder)
    except ModelError:
        return False
    return is_model(folder)


def _place(shelf: Shelf, source: Path, target: Path, most_bytes: int) -> None:
    """Unpack or copy beside the target, check, and rename: whole or not at all."""
    with tempfile.TemporaryDirectory(dir=shelf.folder, prefix=NEW) as name:
        fresh = Path(name) / "model"
        try:
            if source.is_dir():
                _copy(shelf, _model_in(source, source), fresh, most_bytes)
            else:
                unpack(source, Path(name) / "unpacked", most_bytes)
                _model_in(source, Path(name) / "unpacked").rename(fresh)
            _prove(fresh)
            put_in_place(fresh, target)
        except OSError as error:
            raise ModelError(f"{target}: cannot be written: {reason(error)}") from None


def _prove(fresh: Path) -> None:
    """Try it. Raises ModelError."""
    if is_second_ear(fresh):
        prove_second_ear(fresh)
        return
    prove_model(fresh)
    write_manifest(fresh)


def _copy(shelf: Shelf, model: Path, fresh: Path, most_bytes: int) -> None:
    if shelf.folder.resolve().is_relative_to(model.resolve()):
        raise UsageError(f"{model}: the installed models lie within it; name another")
    refuse_odd(model)
    size = sum(path.stat().st_size for path in model.rglob("*"))
    if size > most_bytes:
        raise ModelError(f"{model}: {size // _MEGABYTE} MB are more than a model is")
    _room(shelf.folder, size)
    shutil.copytree(model, fresh)


def put_in_place(fresh: Path, target: Path) -> None:
    """Let a folder take the place of another; what was there goes last. Raises OSError."""
    if target.is_dir():
        target.rename(fresh.with_name("old"))  # deleted with the folder in which both lie
    fresh.rename(target)


def _model_in(source: Path, folder: Path) -> Path:
    """The model's folder: this one, or one in it, as archives are packed."""
    inner = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    inner += [path for outer in inner for path in sorted(outer.iterdir()) if path.is_dir()]
    places = (folder, *inner)
    found = next((path for path in places if is_model(path) or is_second_ear(path)), None)
    if found is None:
        raise ModelError(f"{source}: no Vosk model in it (am/final.mdl and graph/ are missing)")
    return found


def _room(folder: Path, wanted_bytes: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < wanted_bytes:
        raise ModelError(
            f"{folder}: {wanted_bytes // _MEGABYTE} MB are needed, {free // _MEGABYTE} MB are free"
        )
