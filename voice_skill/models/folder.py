"""Finding an acoustic model on this machine."""

import os
from collections.abc import Iterator
from pathlib import Path

from voice_skill.errors import ModelError
from voice_skill.models.shelf import STARTER, Shelf

VARIABLE = "VOICE_SKILL_MODEL"
_PACKAGE = Path(__file__).resolve().parent.parent


def find_model(explicit: Path | None = None) -> Path:
    """The folder to use: named, by environment, installed, known to Vosk, or the starter.

    Raises ModelError if a named folder is no model; a place that was not named is passed over.
    """
    named = explicit or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if named is not None:
        if not is_model(named):
            raise ModelError(f"{named}: no Vosk model here (am/final.mdl and graph/ are missing)")
        return named.resolve()
    for folder in _usual_places():
        if is_model(folder):
            return folder
    raise ModelError("no speech model found; install voice_skill again, or name one with --model")


def is_model(folder: Path) -> bool:
    """Whether a folder looks like a Vosk model."""
    return (folder / "am" / "final.mdl").is_file() and (folder / "graph").is_dir()


def starter() -> Path:
    """The model that the project ships: in the wheel, or at the top of a checkout."""
    packaged = _PACKAGE / "data" / "models" / STARTER
    return packaged if packaged.is_dir() else _PACKAGE.parent / "models" / STARTER


def _usual_places() -> Iterator[Path]:
    shelf = Shelf.from_platform()
    chosen = shelf.current()
    if chosen is not None:
        yield shelf.place(chosen)
    roots = [os.environ.get("VOSK_MODEL_PATH"), "/usr/share/vosk", "~/.cache/vosk"]
    for root in roots:
        if root:
            folder = Path(root).expanduser()
            yield folder
            yield from sorted(folder.glob("vosk-model*en*")) if folder.is_dir() else ()
    yield starter()
