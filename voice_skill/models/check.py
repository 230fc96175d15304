"""Reading a model before Vosk does, since Vosk ends the whole process on some damage."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from voice_skill.errors import ModelError
from voice_skill.files import is_plain, reason
from voice_skill.models.anatomy import read_anatomy
from voice_skill.models.folder import starter
from voice_skill.models.shelf import Shelf
from voice_skill.models.trying import try_model

MANIFEST = "manifest.sha256"
MAX_FILES = 2000
MAX_MANIFEST_BYTES = 1_000_000
_READ = ("am", "conf", "graph", "ivector", "rescore", "rnnlm")
"""The folders from which Vosk reads (its model.cc)."""
_BLOCK_BYTES = 1 << 20


def check_model(folder: Path) -> None:
    """Raise ModelError with one line if the model is not whole.

    One that was tried here, when it was shipped or installed, is compared with its checksums. Of
    any other its own checksums prove nothing: its parts are read, and it is tried.
    """
    if (folder / MANIFEST).is_file():
        _check_manifest(folder)
        if _is_tried(folder):
            return
    prove_model(folder)


def prove_model(folder: Path) -> None:
    """The same for one that comes from a stranger, whatever its checksums say of it."""
    refuse_odd(folder)
    if (folder / MANIFEST).is_file():
        _check_manifest(folder)
    read_anatomy(folder)
    try_model(folder)


def refuse_odd(folder: Path) -> None:
    """Raise ModelError for a pipe, a device, a link to a folder: none of them ever ends."""
    for count, path in enumerate(_entries(folder)):
        if count > MAX_FILES:
            raise ModelError(f"{folder}: over {MAX_FILES} files are too many for a model")
        try:
            odd = path.is_symlink() if path.is_dir() else not is_plain(path)
        except OSError as error:
            raise ModelError(f"{path}: cannot be read: {reason(error)}") from None
        if odd:
            raise ModelError(f"{path}: not a plain file; a model has no others")


def _entries(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        yield from (Path(place) / name for name in (*folders, *files))


def write_manifest(folder: Path) -> None:
    """The checksums of all files that Vosk reads, for `check_model`."""
    lines = [f"{_digest(folder / name)}  {name}" for name in _files(folder)]
    (folder / MANIFEST).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _is_tried(folder: Path) -> bool:
    """Whether it was tried before it came to where it is."""
    here = folder.resolve()
    return here == starter().resolve() or here.parent == Shelf.from_platform().folder.resolve()


def _files(folder: Path) -> list[str]:
    """All files that Vosk reads, by their names within the folder."""
    return sorted(
        path.relative_to(folder).as_posix()
        for name in _READ
        for path in (folder / name).rglob("*")
        if not path.is_dir()
    )


def _check_manifest(folder: Path) -> None:
    entries = _manifest(folder)
    listed = {name for _, name in entries}
    strange = next((name for name in _files(folder) if name not in listed), None)
    if strange is not None:
        raise _damaged(folder, strange, f"is not in its {MANIFEST}")
    for digest, name in entries:
        try:
            whole = is_plain(folder / name) and _digest(folder / name) == digest
        except OSError:
            raise _damaged(folder, name, "is missing") from None
        if not whole:
            raise _damaged(folder, name, "is damaged (its checksum is wrong)")


def _manifest(folder: Path) -> list[tuple[str, str]]:
    """Checksums and names."""
    try:
        with (folder / MANIFEST).open("rb") as stream:
            text = stream.read(MAX_MANIFEST_BYTES).decode("utf-8")
        pairs = [line.split(maxsplit=1) for line in text.splitlines() if line.strip()]
        entries = [(digest, name.lstrip("*")) for digest, name in pairs]
    except (OSError, ValueError):
        raise ModelError(f"{folder / MANIFEST}: cannot be read; install the model again") from None
    if any("\0" in name or ".." in Path(name).parts or Path(name).is_absolute()
           for _, name in entries):  # fmt: skip
        raise ModelError(f"{folder / MANIFEST}: names what is no file of the model")
    return entries


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def _damaged(folder: Path, name: str, what: str) -> ModelError:
    return ModelError(f"the speech model is not whole: {folder / name} {what}; install it again")
