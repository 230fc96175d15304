"""From texts to chains of sounds, and the bigram over sounds that all of them imply."""

import itertools
import random
from collections.abc import Mapping, Sequence

import numpy as np

from models.recipe.objective import NEVER
from voice_skill.models.pronunciation import Pronunciation
from voice_skill.models.units import (
    CONTEXT_OF,
    GARBAGE,
    SILENCE,
    SOUNDS,
    entry_output,
    loop_output,
)

Lexicon = Mapping[str, tuple[Pronunciation, ...]]
FIRST_SHARE = 0.8
"""How often the first pronunciation of a word with variants is taken."""
PAUSE = 0.5
"""Share of word boundaries with a silence, for the bigram."""


def draw_sounds(
    words: Sequence[str], lexicon: Lexicon, garbage: float, rng: random.Random
) -> list[Pronunciation]:
    """One pronunciation a word; a share of words becomes garbage, so that it learns all speech."""
    drawn: list[Pronunciation] = []
    for word in words:
        variants = lexicon[word]
        if rng.random() < garbage:
            drawn.append((GARBAGE,))
        elif len(variants) == 1 or rng.random() < FIRST_SHARE:
            drawn.append(variants[0])
        else:
            drawn.append(rng.choice(variants[1:]))
    return drawn


def bigram(
    texts: Sequence[Sequence[str]], lexicon: Lexicon, garbage: float, power: float
) -> np.ndarray:
    """(sounds, sounds) probabilities of the next sound, smoothed. Also across words.

    power: of the frequencies. A network that learns beside the whole bigram lifts what is rare in
    it, and hears it too often where a grammar is searched without: below one, it is flatter.
    """
    rng = random.Random(0)
    counts = np.full((len(SOUNDS), len(SOUNDS)), 0.5)
    for words in texts:
        chain = [SILENCE]
        for sounds in draw_sounds(words, lexicon, garbage, rng):
            chain += sounds
            if rng.random() < PAUSE:
                chain.append(SILENCE)
        chain.append(SILENCE)
        for before, after in itertools.pairwise(chain):
            counts[SOUNDS.index(before), SOUNDS.index(after)] += 1
    silence = SOUNDS.index(SILENCE)
    counts[silence, silence] = 0.0
    flat = counts**power
    return np.asarray(flat / flat.sum(axis=1, keepdims=True), np.float32)


def chain(words: Sequence[Pronunciation], weights: np.ndarray) -> dict[str, np.ndarray]:
    """The states of one utterance: every word's sounds, a silence that may be left out around it.

    weights: log of the bigram. Returns loop, entry, skip (int) and entry_weight, skip_weight.
    """
    sounds, optional = [SILENCE], [True]
    for word in words:
        sounds += [*word, SILENCE]
        optional += [False] * len(word) + [True]
    loop = [loop_output(sound) for sound in sounds]
    entry, skip, entry_weight, skip_weight = [], [], [], []
    for at, sound in enumerate(sounds):
        before = sounds[at - 1] if at else SILENCE
        entry.append(entry_output(CONTEXT_OF[before], sound))
        entry_weight.append(_weight(weights, before, sound) if at else 0.0)
        if at and optional[at - 1]:
            further = sounds[at - 2] if at > 1 else SILENCE
            skip.append(entry_output(CONTEXT_OF[further], sound))
            skip_weight.append(_weight(weights, further, sound))
        else:
            skip.append(entry[-1])
            skip_weight.append(NEVER)
    # an utterance begins with a silence, or without one, at even odds: see `denominator`
    entry_weight[0] = float(np.log(0.5))
    if len(sounds) > 1:
        skip_weight[1] += float(np.log(0.5))
    return {
        "loop": np.array(loop),
        "entry": np.array(entry),
        "skip": np.array(skip),
        "entry_weight": np.array(entry_weight, np.float32),
        "skip_weight": np.array(skip_weight, np.float32),
    }


def _weight(weights: np.ndarray, before: str, after: str) -> float:
    return float(weights[SOUNDS.index(before), SOUNDS.index(after)])
