"""`voice-skill model ...`: the models there are, installed and to be had."""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from voice_skill.errors import UsageError
from voice_skill.files import is_plain, shortened
from voice_skill.models.anatomy import read_anatomy
from voice_skill.models.check import check_model, prove_model
from voice_skill.models.download import Patience
from voice_skill.models.folder import find_model, starter
from voice_skill.models.install import install_local, install_source, lock
from voice_skill.models.second_ear import find_second_ear, prove_second_ear
from voice_skill.models.shelf import STARTER, Shelf
from voice_skill.models.sources import find_source, read_sources, sources_file
from voice_skill.models.vocabulary import UNKNOWN, vocabulary
from voice_skill.models.words import add_words, read_new_words

MAX_CARD_BYTES = 100_000
MAX_ACCURACY = 200


@dataclass(frozen=True)
class Listed:
    """One line of `model list`. state: in use, installed or available."""

    name: str
    state: str
    size_mb: float
    language: str
    licence: str
    accuracy: str


def listed() -> list[Listed]:
    """The starter, all that is installed, and all that can be fetched."""
    shelf = Shelf.from_platform()
    sources = read_sources(sources_file())
    using = find_model()
    found = [_installed(STARTER, starter(), using)]
    for name in (*shelf.installed(), *shelf.second_ears()):
        known = sources.get(name)
        item = _installed(name, shelf.place(name), using)
        if known is not None:
            item = Listed(name, item.state, item.size_mb, known.language, known.licence,
                          known.accuracy or item.accuracy)  # fmt: skip
        found.append(item)
    for name, source in sources.items():
        if name not in (*shelf.installed(), *shelf.second_ears()):
            accuracy = source.accuracy or "not measured"
            found.append(
                Listed(name, "available", source.size_mb, source.language, source.licence, accuracy)
            )
    return found


def _installed(name: str, folder: Path, using: Path) -> Listed:
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    card = _card(folder / "card.json")
    used = (using, find_second_ear())
    state = "in use" if folder.resolve() in [p.resolve() for p in used if p] else "installed"
    language, licence = shortened(card.get("language", "?")), shortened(card.get("licence", "?"))
    accuracy = shortened(card.get("accuracy", "not measured"), MAX_ACCURACY)
    return Listed(name, state, round(size, 1), language, licence, accuracy)


def _card(path: Path) -> dict[str, Any]:
    """What a model says of itself; nothing where that cannot be read."""
    try:
        if not is_plain(path):
            return {}
        with path.open("rb") as stream:
            card = json.loads(stream.read(MAX_CARD_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return card if isinstance(card, dict) else {}


def list_models(as_json: bool) -> int:
    """Print them."""
    found = listed()
    if as_json:
        print(json.dumps([asdict(item) for item in found]))
        return 0
    wide = max(len(item.name) for item in found)
    for item in found:
        print(
            f"{item.name:{wide}}  {item.state:9}  {item.size_mb:6.1f} MB  {item.language:5}  "
            f"{item.licence}; {item.accuracy}"
        )
    return 0


def install(name: str, path: Path | None, mirror: str | None, patience: Patience) -> int:
    """Install and use a model."""
    shelf = Shelf.from_platform()
    if path is not None and mirror is not None:
        raise UsageError("give --from or --mirror, not both")
    if name == STARTER:
        raise UsageError("the starter model comes with the program; nothing is to be installed")
    if path is not None:
        folder = install_local(shelf, name, path)
    else:
        source = find_source(name, sources_file())
        with tqdm(unit="B", unit_scale=True, desc=name, file=sys.stderr) as bar:

            def report(done: int, total: int) -> None:
                bar.total = total or None
                bar.update(done - bar.n)

            folder = install_source(shelf, source, mirror, report, patience)
    if name not in shelf.second_ears():
        shelf.use(name)
    print(f"installed and in use: {name} ({folder})")
    return 0


def verify(name: str | None) -> int:
    """Check a model: a name, a folder, or the one in use."""
    shelf = Shelf.from_platform()
    if name in shelf.second_ears():
        prove_second_ear(shelf.place(name))
        print(f"{shelf.place(name)}: whole; it looks a second time")
        return 0
    folder = _folder(name)
    prove_model(folder)
    parts = read_anatomy(folder)
    print(
        f"{folder}: whole; {parts.words} words, a network of {parts.components} parts and "
        f"{parts.weights} weights, a graph of {parts.states} states and {parts.arcs} arcs"
    )
    if UNKNOWN not in vocabulary(folder):
        print(f"but without {UNKNOWN}: it takes all that is said for the words it listens for")
    return 0


def use(name: str) -> int:
    """Choose what is heard with from now on."""
    shelf = Shelf.from_platform()
    if name == STARTER:
        shelf.use(None)
    else:
        if name in shelf.installed():
            check_model(shelf.place(name))
        shelf.use(name)
    print(f"in use: {name}")
    return 0


def remove(name: str) -> int:
    """Delete an installed model."""
    shelf = Shelf.from_platform()
    if name == STARTER:
        raise UsageError("the starter model comes with the program and stays")
    with lock(shelf):
        shelf.remove(name)
    print(f"removed: {name}; in use: {find_model().name}")
    return 0


def extend(path: Path, base: str | None, name: str) -> int:
    """Build a model that also knows the words of a file, and use it."""
    shelf = Shelf.from_platform()
    new = read_new_words(path)
    with lock(shelf):
        added = add_words(_folder(base), new, shelf.place(name))
    shelf.use(name)
    print(f"in use: {name}, with {len(added)} new words: {', '.join(added) or 'none'}")
    return 0


def _folder(name: str | None) -> Path:
    if name is None:
        return find_model()
    if name == STARTER:
        return starter()
    shelf = Shelf.from_platform()
    return shelf.place(name) if name in shelf.installed() else find_model(Path(name))
