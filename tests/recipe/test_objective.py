"""The sequence objective, against plain enumeration of all paths."""

import itertools

import numpy as np
import pytest

pytest.importorskip("jax", reason="the recipe's packages: pip install -e '.[train]'")

import jax.numpy as jnp

from models.recipe.objective import Paths, denominator, numerator
from models.recipe.transcripts import chain
from voice_skill.models.units import CONTEXT_OF, OUTPUTS, SOUNDS, entry_output, loop_output

STEPS = 4


def random_scores(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(STEPS, OUTPUTS)).astype(np.float32)


def random_bigram(seed: int) -> np.ndarray:
    drawn = np.random.default_rng(seed).random((len(SOUNDS), len(SOUNDS))) + 0.1
    drawn[SOUNDS.index("SIL"), SOUNDS.index("SIL")] = 0
    return (drawn / drawn.sum(axis=1, keepdims=True)).astype(np.float32)


def path_weight(
    sounds: tuple[str, ...], lengths: tuple[int, ...], scores: np.ndarray, bigram: np.ndarray
) -> float:
    """Log weight of one way through: these sounds, each for so many steps."""
    total, step, before = 0.0, 0, None
    for sound, length in zip(sounds, lengths, strict=True):
        if before is None:
            silent = 0.5 if sound == "SIL" else 0.0
            total += np.log(silent + 0.5 * bigram[SOUNDS.index("SIL"), SOUNDS.index(sound)])
            context = 0
        else:
            total += np.log(bigram[SOUNDS.index(before), SOUNDS.index(sound)])
            context = CONTEXT_OF[before]
        total += scores[step, entry_output(context, sound)]
        total += sum(scores[step + k, loop_output(sound)] for k in range(1, length))
        step, before = step + length, sound
    return float(total)


def splits(count: int) -> list[tuple[int, ...]]:
    """All ways to share the steps among so many sounds, one at least each."""
    ways = itertools.product(range(1, STEPS + 1), repeat=count)
    return [way for way in ways if sum(way) == STEPS]


def log_sum(values: list[float]) -> float:
    return float(np.logaddexp.reduce(values))


@pytest.mark.parametrize("seed", range(5))
def test_the_numerator_sums_all_ways_to_say_a_text(seed: int) -> None:
    scores, bigram = random_scores(seed), random_bigram(seed)
    text = [("K", "AE"), ("T",)]
    states = chain(text, np.log(np.maximum(bigram, 1e-9)))
    paths = Paths(
        **{name: jnp.asarray(states[name])[None] for name in states},
        last=jnp.asarray([len(states["loop"]) - 1]),
    )
    found = float(numerator(jnp.asarray(scores)[None], jnp.asarray([STEPS]), paths)[0])
    ways = []
    for first, middle, last in itertools.product((True, False), repeat=3):
        sounds = ("SIL",) * first + ("K", "AE") + ("SIL",) * middle + ("T",) + ("SIL",) * last
        ways += [path_weight(sounds, way, scores, bigram) for way in splits(len(sounds))]
    assert found == pytest.approx(log_sum(ways), abs=1e-3)


@pytest.mark.parametrize("seed", range(3))
def test_the_denominator_sums_all_ways_to_say_anything(seed: int) -> None:
    scores, bigram = random_scores(seed)[:2], random_bigram(seed)
    found = float(denominator(jnp.asarray(scores)[None], jnp.asarray([2]), jnp.asarray(bigram))[0])
    ways = []
    with np.errstate(divide="ignore"):
        for sound in SOUNDS:
            ways.append(path_weight((sound,), (2,), scores, bigram))
            ways += [path_weight((sound, other), (1, 1), scores, bigram) for other in SOUNDS]
    assert found == pytest.approx(log_sum(ways), abs=1e-3)


@pytest.mark.parametrize("seed", range(5))
def test_what_is_said_is_never_likelier_than_anything_at_all(seed: int) -> None:
    scores, bigram = random_scores(seed) * 4, random_bigram(seed)
    states = chain([("Y", "EH", "S")], np.log(np.maximum(bigram, 1e-9)))
    paths = Paths(
        **{name: jnp.asarray(states[name])[None] for name in states},
        last=jnp.asarray([len(states["loop"]) - 1]),
    )
    lengths = jnp.asarray([STEPS])
    part = numerator(jnp.asarray(scores)[None], lengths, paths)[0]
    whole = denominator(jnp.asarray(scores)[None], lengths, jnp.asarray(bigram))[0]
    assert float(part) <= float(whole) + 1e-3
