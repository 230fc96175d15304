"""Builds the decoding graph of a starter model: which sounds make which words.

The graph is a prefix tree of pronunciations. Each way into the tree begins at one of nine roots,
one for each kind of sound before, so that the first sound of a word knows what it follows. It is
compiled by OpenFst (`openfst.py`); a new word needs no training.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from voice_skill.models.openfst import write_const, write_lookahead
from voice_skill.models.pronunciation import Pronunciation
from voice_skill.models.units import CONTEXT_OF, CONTEXTS, GARBAGE, PHONES, SILENCE, SOUNDS
from voice_skill.models.vocabulary import UNKNOWN

BEGIN, END, INSIDE, ALONE = range(4)
_POSITION_NAMES = {BEGIN: "begin", END: "end", INSIDE: "internal", ALONE: "singleton"}
SILENCE_UNIT, GARBAGE_UNIT = 1, 2
UNITS = 2 + CONTEXTS * len(PHONES) * len(_POSITION_NAMES)
"""Kaldi phones of the model: silence, garbage, and every sound after every kind, by position."""


@dataclass(frozen=True)
class Costs:
    """What paths cost, in natural logs, beside the network's scores.

    The network learns its scores together with a bigram over sounds, so that a share of that
    may belong into the graph (share). bonus: what each sound of a word wins back; it favours long
    words. word: what each whole word wins back, long or short. garbage: of `[unk]`. Chosen on the
    development people and on synthetic voices that were not in training.
    """

    share: float = 0.5
    bonus: float = 1.0
    garbage: float = 4.0
    word: float = 0.0


@dataclass(frozen=True)
class Bigram:
    """costs: (sounds, sounds) array, what it costs to go from one to the next, natural log."""

    costs: np.ndarray

    def after(self, sound: str, following: str) -> float:
        """The cost of a sound after another."""
        return float(self.costs[SOUNDS.index(sound), SOUNDS.index(following)])

    def after_kind(self, context: int, following: str) -> float:
        """The cost of a sound after a kind of sound, the mean of its members."""
        members = [sound for sound in SOUNDS if CONTEXT_OF[sound] == context]
        if context == CONTEXT_OF[SILENCE]:
            members = [SILENCE]
        return float(np.mean([self.after(sound, following) for sound in members]))


def unit(context: int, phone: str, position: int) -> int:
    """The Kaldi phone of a sound after a kind of sound at a place in its word; from 1."""
    return 3 + (context * len(PHONES) + PHONES.index(phone)) * 4 + position


def enter(kaldi_phone: int) -> int:
    """Transition id of the first frame."""
    return 2 * kaldi_phone


def stay(kaldi_phone: int) -> int:
    """Transition id of every further frame."""
    return 2 * kaldi_phone - 1


def word_boundaries() -> str:
    """The text of `word_boundary.int`: what each Kaldi phone is in its word."""
    lines = [f"{SILENCE_UNIT} nonword", f"{GARBAGE_UNIT} singleton"]
    for context in range(CONTEXTS):
        for phone in PHONES:
            for position, name in _POSITION_NAMES.items():
                lines.append(f"{unit(context, phone, position)} {name}")
    return "\n".join(lines) + "\n"


@dataclass
class _Tree:
    """The arcs under construction: from, to, input, output, cost."""

    arcs: list[tuple[int, int, int, int, float]] = field(default_factory=list)
    nodes: dict[tuple[int, int], int] = field(default_factory=dict)
    inner: dict[Pronunciation, int] = field(default_factory=dict)
    states: int = 0

    def state(self) -> int:
        self.states += 1
        return self.states - 1

    def child(self, parent: int, kaldi_phone: int, cost: float) -> int:
        """The state after a sound, made with its loop when new."""
        key = (parent, kaldi_phone)
        if key not in self.nodes:
            self.nodes[key] = self.state()
            self.arcs.append((parent, self.nodes[key], enter(kaldi_phone), 0, cost))
            self.arcs.append((self.nodes[key], self.nodes[key], stay(kaldi_phone), 0, 0.0))
        return self.nodes[key]


def _arcs(
    lexicon: Mapping[str, Iterable[Pronunciation]],
    words: Mapping[str, int],
    bigram: Bigram,
    costs: Costs,
) -> _Tree:
    tree = _Tree()
    start = tree.state()
    roots = [tree.state() for _ in range(CONTEXTS)]
    tree.arcs.append((start, roots[0], 0, 0, 0.0))
    silence, garbage = tree.state(), tree.state()
    for context, root in enumerate(roots):
        before = root if context else start
        pause = costs.share * bigram.after_kind(context, SILENCE) if context else 0.0
        tree.arcs.append((before, silence, enter(SILENCE_UNIT), 0, pause))
        strange = costs.share * bigram.after_kind(context, GARBAGE) + costs.garbage
        tree.arcs.append((root, garbage, enter(GARBAGE_UNIT), 0, strange))
    tree.arcs.append((silence, silence, stay(SILENCE_UNIT), 0, 0.0))
    tree.arcs.append((silence, roots[CONTEXT_OF[SILENCE]], 0, 0, 0.0))
    tree.arcs.append((garbage, garbage, stay(GARBAGE_UNIT), 0, 0.0))
    tree.arcs.append((garbage, start, 0, words[UNKNOWN], 0.0))

    def within(before: str, sound: str) -> float:
        return costs.share * bigram.after(before, sound) - costs.bonus

    def first(context: int, sound: str) -> float:
        return costs.share * bigram.after_kind(context, sound) - costs.bonus

    for word in sorted(lexicon):
        for phones in lexicon[word]:
            _add(tree, phones, words[word], -costs.word, roots, within, first)
    return tree


def _add(
    tree: _Tree,
    phones: Pronunciation,
    label: int,
    leaving: float,
    roots: list[int],
    within: Callable[[str, str], float],
    first: Callable[[int, str], float],
) -> None:
    """A pronunciation, from each of the roots; what follows the first sound is shared by all.

    leaving: the cost of the arc that carries the word's label.
    """
    target = roots[CONTEXT_OF[phones[-1]]]
    position = ALONE if len(phones) == 1 else BEGIN
    parents = [
        tree.child(root, unit(context, phones[0], position), first(context, phones[0]))
        for context, root in enumerate(roots)
    ]
    for depth in range(1, len(phones)):
        last = depth == len(phones) - 1
        sound, before = phones[depth], phones[depth - 1]
        kaldi_phone = unit(CONTEXT_OF[before], sound, END if last else INSIDE)
        cost = within(before, sound)
        key = (*phones[: depth + 1], "end" if last else "")
        if key not in tree.inner:
            tree.inner[key] = tree.child(parents[0], kaldi_phone, cost)
        for parent in parents:
            if (parent, kaldi_phone) not in tree.nodes:
                tree.nodes[parent, kaldi_phone] = tree.inner[key]
                tree.arcs.append((parent, tree.inner[key], enter(kaldi_phone), 0, cost))
        parents = [tree.inner[key]]
    for parent in parents:
        tree.arcs.append((parent, target, 0, label, leaving))


def _lines(tree: _Tree) -> Iterator[str]:
    for source, target, label, out, cost in tree.arcs:
        yield f"{source} {target} {label} {out} {cost:.4f}\n"
    for state in range(1 + CONTEXTS):
        yield f"{state}\n"


def build_graph(
    folder: Path,
    lexicon: Mapping[str, Iterable[Pronunciation]],
    unigram: Mapping[str, float],
    bigram: Bigram,
    costs: Costs,
) -> None:
    """Write `HCLr.fst`, `Gr.fst`, `words.txt`, `disambig_tid.int`, `phones/` into `folder`.

    unigram: the cost of each word where no grammar is given, natural log; the dearest for a word it
    lacks. Raises ModelError where OpenFst is missing or fails.
    """
    words = {word: number for number, word in enumerate(sorted(lexicon), start=1)}
    words[UNKNOWN] = len(words) + 1
    tree = _arcs(lexicon, words, bigram, costs)
    (folder / "phones").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        renumbered = write_lookahead(_lines(tree), folder / "HCLr.fst", Path(scratch))
        numbers = {word: renumbered[number] for word, number in words.items()}
        dearest = max(unigram.values(), default=10.0)
        loop = [f"0 0 {number} {number} {unigram.get(word, dearest):.4f}\n"
                for word, number in numbers.items()]  # fmt: skip
        write_const([*loop, "0\n"], folder / "Gr.fst", Path(scratch))
    listed = sorted(numbers.items(), key=lambda item: item[1])
    text = "".join(f"{word} {number}\n" for word, number in [("<eps>", 0), *listed])
    (folder / "words.txt").write_text(text, encoding="utf-8")
    (folder / "disambig_tid.int").write_text(f"{2 * UNITS + 1}\n")
    (folder / "phones" / "word_boundary.int").write_text(word_boundaries())
