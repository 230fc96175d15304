"""The sequence objective: lattice-free maximum mutual information over a phone bigram.

For each utterance the log probability of all state paths that say its text (numerator), minus that
of all paths over all phones (denominator). No alignment is needed: both sums run over all of them.
After Hadian et al., End-to-end speech recognition using lattice-free MMI (Interspeech 2018).
"""

from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np

from voice_skill.models.units import (
    CONTEXT_OF,
    CONTEXTS,
    SOUNDS,
    entry_output,
    loop_output,
)

NEVER = -1e30
FAINTEST = -40.0
"""Scores further below a frame's best count as this: the sums then cannot underflow."""
_ENTRY = np.array([[entry_output(k, sound) for sound in SOUNDS] for k in range(CONTEXTS)])
_LOOP = np.array([loop_output(sound) for sound in SOUNDS])
_KIND = np.array([[CONTEXT_OF[sound] == k for sound in SOUNDS] for k in range(CONTEXTS)])


@dataclass(frozen=True)
class Paths:
    """What a batch says, as chains of states, (batch, states) each.

    loop: output of staying; entry, skip: outputs of entering from the state before and from the
    one before that; entry_weight, skip_weight: their log probabilities (NEVER where impossible);
    last: (batch,) index of the last state, a silence that may be left out.
    """

    loop: jax.Array
    entry: jax.Array
    skip: jax.Array
    entry_weight: jax.Array
    skip_weight: jax.Array
    last: jax.Array


jax.tree_util.register_dataclass(
    Paths,
    data_fields=["loop", "entry", "skip", "entry_weight", "skip_weight", "last"],
    meta_fields=[],
)


def numerator(scores: jax.Array, lengths: jax.Array, paths: Paths) -> jax.Array:
    """scores: (batch, steps, outputs); lengths: (batch,) steps. Returns (batch,) log sums."""

    def take(outputs: jax.Array) -> jax.Array:
        wide = jnp.broadcast_to(outputs[:, None], (*scores.shape[:2], outputs.shape[1]))
        return jnp.take_along_axis(scores, wide, axis=2).swapaxes(0, 1)

    loop, entry, skip = take(paths.loop), take(paths.entry), take(paths.skip)
    number = jnp.arange(paths.loop.shape[1])
    first = jnp.where(number == 0, entry[0] + paths.entry_weight, NEVER)
    first = jnp.where(number == 1, skip[0] + paths.skip_weight, first)

    def move(alpha: jax.Array, at: tuple[jax.Array, ...]) -> tuple[jax.Array, None]:
        step, stay, come, leap = at
        before = jnp.pad(alpha, ((0, 0), (1, 0)), constant_values=NEVER)[:, :-1]
        further = jnp.pad(alpha, ((0, 0), (2, 0)), constant_values=NEVER)[:, :-2]
        routes = jnp.stack(
            [
                alpha + stay,
                before + come + paths.entry_weight,
                further + leap + paths.skip_weight,
            ]
        )
        new = jnp.maximum(jax.nn.logsumexp(routes, axis=0), NEVER)
        return jnp.where((step < lengths)[:, None], new, alpha), None

    steps = jnp.arange(1, scores.shape[1])
    alpha, _ = jax.lax.scan(move, first, (steps, loop[1:], entry[1:], skip[1:]))
    ends = jnp.stack([paths.last, paths.last - 1], axis=1)
    return jax.nn.logsumexp(jnp.take_along_axis(alpha, ends, axis=1), axis=1)


def denominator(scores: jax.Array, lengths: jax.Array, bigram: jax.Array) -> jax.Array:
    """bigram: (sounds, sounds) probabilities of the next sound. Returns (batch,) log sums."""
    by_kind = jnp.asarray(_KIND)[:, :, None] * bigram[None]
    spread = by_kind.swapaxes(0, 1).reshape(len(SOUNDS), -1)
    top = jax.lax.stop_gradient(scores.max(axis=2, keepdims=True))
    likely = jnp.exp(jnp.maximum(scores - top, FAINTEST)).swapaxes(0, 1)
    silence = SOUNDS.index("SIL")
    first = 0.5 * bigram[silence] + 0.5 * jax.nn.one_hot(silence, len(SOUNDS))
    start = first * likely[0][:, _ENTRY[0]]
    sums = start.sum(axis=1, keepdims=True)
    state = (start / sums, jnp.log(sums[:, 0]) + top[:, 0, 0])

    def move(
        carry: tuple[jax.Array, jax.Array], at: tuple[jax.Array, ...]
    ) -> tuple[tuple[jax.Array, jax.Array], None]:
        alpha, total = carry
        step, frame, offset = at
        arriving = (alpha @ spread).reshape(-1, CONTEXTS, len(SOUNDS))
        new = (arriving * frame[:, _ENTRY]).sum(axis=1) + alpha * frame[:, _LOOP]
        norm = new.sum(axis=1, keepdims=True) + 1e-30
        valid = (step < lengths)[:, None]
        total = jnp.where(valid[:, 0], total + jnp.log(norm[:, 0]) + offset, total)
        return (jnp.where(valid, new / norm, alpha), total), None

    steps = jnp.arange(1, scores.shape[1])
    offsets = top[:, 1:, 0].swapaxes(0, 1)
    (_, total), _ = jax.lax.scan(move, state, (steps, likely[1:], offsets))
    return total
