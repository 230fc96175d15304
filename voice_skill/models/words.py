"""Teaching a starter model new words: its graph is built again, its network stays as it is."""

import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np

from voice_skill.errors import ModelError, UsageError
from voice_skill.files import reason, shortened, text_lines
from voice_skill.models.anatomy import read_words
from voice_skill.models.check import MANIFEST, prove_model, refuse_odd, write_manifest
from voice_skill.models.graph import Bigram, Costs, build_graph
from voice_skill.models.install import NEW, put_in_place
from voice_skill.models.pronunciation import (
    Pronunciation,
    guess,
    read_dictionary,
    write_dictionary,
)
from voice_skill.models.units import PHONES

LEXICON, UNIGRAM, COSTS = "build/lexicon.txt", "build/unigram.txt", "build/costs.json"
BIGRAM = "build/bigram.txt"
_GRAPH_FILES = ("graph", "build", MANIFEST)


def read_new_words(path: Path) -> dict[str, tuple[Pronunciation, ...]]:
    """A word a line, with its sounds in ARPAbet or without, then espeak-ng's are taken.

    Raises UsageError with the line for what is no word.
    """
    found: dict[str, list[Pronunciation]] = {}
    for number, line in enumerate(text_lines(path), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        word, *phones = line.split()
        word = word.lower()
        if not word.replace("'", "").replace("-", "").isalpha():
            raise UsageError(f"{path}:{number}: {word!r} is not a word; one word a line")
        wrong = [phone for phone in phones if phone not in PHONES]
        if wrong:
            raise UsageError(f"{path}:{number}: {' '.join(wrong)} is no ARPAbet sound")
        found.setdefault(word, []).append(tuple(phones) if phones else guess(word))
    if not found:
        raise UsageError(f"{path}: no words in it; write one a line")
    return {word: tuple(dict.fromkeys(items)) for word, items in found.items()}


def add_words(base: Path, new: dict[str, tuple[Pronunciation, ...]], target: Path) -> list[str]:
    """Write a copy of the model `base` that also knows `new` to `target`. Returns the new words.

    Raises ModelError where `base` cannot be built again (only models with a `build/` folder can),
    or `target` cannot be written.
    """
    if not (base / LEXICON).is_file():
        raise ModelError(f"{base}: its graph cannot be built again (no {LEXICON}); use the starter")
    refuse_odd(base)
    try:
        lexicon = read_dictionary(base / LEXICON)
        unigram = read_unigram(base / UNIGRAM)
        costs = Costs(**json.loads((base / COSTS).read_text(encoding="utf-8")))
        bigram = Bigram(np.loadtxt(base / BIGRAM))
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise ModelError(f"{base}/build: damaged ({shortened(error)}); install it again") from None
    added = sorted(word for word in new if word not in lexicon)
    for word, items in new.items():
        lexicon[word] = tuple(dict.fromkeys((*items, *lexicon.get(word, ()))))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=NEW) as name:
            fresh = Path(name) / "model"
            shutil.copytree(base, fresh, ignore=shutil.ignore_patterns(*_GRAPH_FILES))
            write_graph(fresh, lexicon, unigram, bigram, costs)
            write_manifest(fresh)
            prove_model(fresh)
            missing = set(new) - set(read_words(fresh))
            if missing:
                raise ModelError(
                    f"{target}: these words did not arrive: {', '.join(sorted(missing))}"
                )
            put_in_place(fresh, target)
    except OSError as error:
        raise ModelError(f"{target}: cannot be written: {reason(error)}") from None
    return added


def write_graph(
    folder: Path,
    lexicon: dict[str, tuple[Pronunciation, ...]],
    unigram: dict[str, float],
    bigram: Bigram,
    costs: Costs,
) -> None:
    """A model's `graph/`, and in `build/` what it was built from."""
    build_graph(folder / "graph", lexicon, unigram, bigram, costs)
    (folder / "build").mkdir(exist_ok=True)
    write_dictionary(folder / LEXICON, lexicon)
    lines = [f"{word} {cost:.3f}" for word, cost in sorted(unigram.items())]
    (folder / UNIGRAM).write_text("\n".join(lines) + "\n", encoding="utf-8")
    np.savetxt(folder / BIGRAM, bigram.costs, fmt="%.3f")
    text = json.dumps(asdict(costs))
    (folder / COSTS).write_text(text + "\n", encoding="utf-8")


def read_unigram(path: Path) -> dict[str, float]:
    """The cost of each word where no grammar is given, natural log."""
    pairs = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {word: float(cost) for word, cost in pairs}
