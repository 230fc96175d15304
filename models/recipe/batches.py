"""Batches for the trainer: utterances joined, altered in the mel domain, with their chains."""

import queue
import random
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.recipe import network
from models.recipe.features import BINS
from models.recipe.objective import NEVER
from models.recipe.transcripts import Lexicon, chain, draw_sounds

_FLOOR = -15.9
"""Kaldi's log of nothing at all: digital silence."""
_DECIBEL = 0.2303
"""One decibel in log energies: a tenth of the logarithm of ten."""


@dataclass(frozen=True)
class Shape:
    """A bucket: frames and states of each utterance, utterances of a batch."""

    frames: int
    states: int
    utterances: int


@dataclass(frozen=True)
class Utterance:
    """energies: (frames, 40) float16; words: what is said."""

    energies: np.ndarray
    words: tuple[str, ...]


def read_shards(folder: Path, name: str) -> list[Utterance]:
    """All utterances of the shards `NAME-*.npz`."""
    found = []
    for path in sorted(folder.glob(f"{name}-*.npz")):
        with np.load(path) as shard:
            energies, texts = shard["energies"], shard["texts"]
            ends = np.cumsum(shard["lengths"])
        for start, end, text in zip([0, *ends[:-1]], ends, texts, strict=True):
            found.append(Utterance(energies[start:end], tuple(str(text).split())))
    return found


class Noises:
    """What is mixed in: recorded noises, other people's talk, steady noise of any colour."""

    def __init__(self, recorded: Sequence[np.ndarray], talk: Sequence[Utterance]) -> None:
        self._recorded, self._talk = recorded, talk

    def draw(self, frames: int, rng: random.Random) -> np.ndarray:
        """(frames, 40) energies, at any level."""
        kind = rng.random()
        if kind < 0.4 and self._recorded:
            return _cut(rng.choice(self._recorded), frames, rng)
        if kind < 0.6:
            talkers = rng.randint(1, 4)
            voices = [_cut(rng.choice(self._talk).energies, frames, rng) for _ in range(talkers)]
            return np.asarray(np.logaddexp.reduce(np.stack(voices), axis=0), np.float32)
        colour = _curve(rng, 2.5) + np.linspace(0, rng.uniform(-4, 1), BINS)
        wobble = np.random.default_rng(rng.getrandbits(32)).standard_normal((frames, BINS)) * 0.4
        return np.asarray(colour + wobble, np.float32)


def _cut(energies: np.ndarray, frames: int, rng: random.Random) -> np.ndarray:
    start = rng.randrange(max(1, len(energies)))
    order = (start + np.arange(frames)) % max(1, len(energies))
    return np.asarray(energies[order], np.float32)


def _curve(rng: random.Random, size: float) -> np.ndarray:
    bins = np.arange(BINS) / BINS
    waves = [rng.gauss(0, size / (k + 1)) * np.cos(np.pi * k * bins) for k in (1, 2, 3)]
    return np.asarray(np.sum(waves, axis=0), np.float32)


def altered(energies: np.ndarray, noises: Noises, rng: random.Random) -> np.ndarray:
    """Another microphone, level, band and noise, as sums and masks of log energies."""
    x = energies.astype(np.float32) + rng.uniform(-3.5, 2.0)
    if rng.random() < 0.1:
        x = mumbled(x, rng)
    if rng.random() < 0.08:
        x = given_back(x, rng)
    if rng.random() < 0.6:
        x += _curve(rng, 1.0)
    if rng.random() < 0.62:
        loud = float(np.log(np.mean(np.exp(np.clip(x, -20, 30)))))
        noise = noises.draw(len(x), rng)
        below_db = rng.uniform(2, 28)
        level = float(np.log(np.mean(np.exp(np.clip(noise, -20, 30)))))
        x = np.logaddexp(x, noise + (loud - level - below_db * _DECIBEL))
    if rng.random() < 0.2:
        # a telephone: nothing below some 250 Hz and above 3.4 to 4 kHz
        x[:, : rng.randint(2, 5)] -= rng.uniform(2, 8)
        x[:, rng.randint(27, 30) :] -= rng.uniform(4, 14)
    floor = _FLOOR if rng.random() < 0.25 else rng.uniform(-4, 7.5)
    x = np.logaddexp(x, floor + 0.3 * _curve(rng, 1.0))
    if rng.random() < 0.4:
        first, width = rng.randrange(BINS), rng.randint(1, 6)
        x[:, first : first + width] = x.mean()
    if rng.random() < 0.3 and len(x) > 60:
        first = rng.randrange(len(x) - 8)
        x[first : first + rng.randint(2, 7)] = x.mean()
    return np.asarray(x, np.float32)


def mumbled(x: np.ndarray, rng: random.Random) -> np.ndarray:
    """Quieter, and dull: little or nothing above some 1.5 to 2.6 kHz."""
    dull = np.zeros(BINS, np.float32)
    dull[rng.randint(17, 24) :] = rng.uniform(3, 14)
    return np.asarray(x - rng.uniform(0.0, 3.0) - dull, np.float32)


def given_back(x: np.ndarray, rng: random.Random) -> np.ndarray:
    """With itself once more, 5 to 12 dB weaker and 0.1 to 0.4 s later, as a wall gives it.

    x: (frames, 40) log energies, ten milliseconds each.
    """
    late = min(rng.randint(10, 40), len(x) - 1)
    back = np.full_like(x, _FLOOR)
    back[late:] = x[: len(x) - late] - rng.uniform(5, 12) * _DECIBEL
    return np.asarray(np.logaddexp(x, back), np.float32)


class Mixer:
    """Makes batches without end. sources: (share, utterances) pairs."""

    def __init__(
        self,
        sources: Sequence[tuple[float, list[Utterance]]],
        noises: Noises,
        lexicon: Lexicon,
        bigram: np.ndarray,
        garbage: float,
    ) -> None:
        self._shares = [share for share, _ in sources]
        self._sources = [utterances for _, utterances in sources]
        self._noises, self._lexicon, self._garbage = noises, lexicon, garbage
        self._weights = np.log(np.maximum(bigram, 1e-9))

    def batch(self, shape: Shape, rng: random.Random) -> dict[str, np.ndarray]:
        """energies, lengths (in steps of three frames), and the chains' arrays."""
        out = {
            "energies": np.zeros((shape.utterances, shape.frames, BINS), np.float32),
            "lengths": np.zeros(shape.utterances, np.int32),
            "loop": np.zeros((shape.utterances, shape.states), np.int32),
            "entry": np.zeros((shape.utterances, shape.states), np.int32),
            "skip": np.zeros((shape.utterances, shape.states), np.int32),
            "entry_weight": np.full((shape.utterances, shape.states), NEVER, np.float32),
            "skip_weight": np.full((shape.utterances, shape.states), NEVER, np.float32),
            "last": np.zeros(shape.utterances, np.int32),
        }
        row = 0
        while row < shape.utterances:
            joined = self._joined(shape, rng)
            sounds = draw_sounds(joined.words, self._lexicon, self._garbage, rng)
            states = chain(sounds, self._weights)
            size, frames = len(states["loop"]), len(joined.energies)
            # every sound takes a step; what is said too fast for that is left out
            if size > shape.states or 3 * sum(map(len, sounds)) >= frames:
                continue
            energies = altered(joined.energies, self._noises, rng)
            out["energies"][row, :frames] = energies
            out["energies"][row, frames:] = energies[-1]
            out["lengths"][row] = -(-frames // network.STRIDE)
            out["last"][row] = size - 1
            for name, values in states.items():
                out[name][row, :size] = values
            row += 1
        return out

    def _joined(self, shape: Shape, rng: random.Random) -> Utterance:
        parts: list[Utterance] = []
        frames = 0
        for _ in range(12):
            source = rng.choices(self._sources, self._shares)[0]
            item = rng.choice(source)
            if frames + len(item.energies) > shape.frames:
                continue
            parts.append(item)
            frames += len(item.energies)
        if not parts:
            return self._joined(shape, rng)
        energies = np.concatenate([item.energies for item in parts])
        return Utterance(energies, tuple(word for item in parts for word in item.words))


def ahead(
    mixer: Mixer, shapes: Sequence[Shape], seed: int, first: int
) -> Iterator[dict[str, np.ndarray]]:
    """Batches from number `first` on, made in a thread while the last one is learnt from.

    A batch depends on the seed and its number alone, so training resumes where it stopped.
    """
    ready: queue.Queue[dict[str, np.ndarray]] = queue.Queue(maxsize=4)

    def make() -> None:
        number = first
        while True:
            rng = random.Random(f"{seed} {number}")
            ready.put(mixer.batch(shapes[number % len(shapes)], rng))
            number += 1

    threading.Thread(target=make, daemon=True, name="batches").start()
    while True:
        yield ready.get()
