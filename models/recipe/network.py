"""The network: a factored time-delay network on every third frame, in JAX.

All layers run at a third of the frame rate; the first splices nine frames around each third one,
the later ones look a few steps back, and one of them forth. Right context is 7 frames (70 ms): more
would be heard as delay.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

Params = dict[str, Any]
STRIDE = 3
SPLICE = 4
"""Frames on either side of the first layer."""
STEPS = ((1, 1), (1, 0), (1, 0), (2, 0), (2, 0), (3, 0), (3, 0))
"""For each later layer: steps of three frames back and forth."""
LEFT_STEPS = sum(back for back, _ in STEPS)
RIGHT_STEPS = sum(forth for _, forth in STEPS)
BYPASS = 0.66
_EPSILON = 1e-5


@dataclass(frozen=True)
class Size:
    """bins: mel bins; hidden, bottleneck: widths; outputs: scores a frame."""

    bins: int
    hidden: int
    bottleneck: int
    outputs: int


def initial(size: Size, seed: int) -> Params:
    """Random weights. `mean` and `deviation` of the input are set from data by the trainer."""
    rng = np.random.default_rng(seed)

    def weights(rows: int, columns: int, gain: float = 1.0) -> np.ndarray:
        drawn = rng.standard_normal((rows, columns)) * gain / np.sqrt(rows)
        return np.asarray(drawn, np.float32)

    def norm(width: int) -> Params:
        return {"scale": np.ones(width, np.float32), "shift": np.zeros(width, np.float32)}

    first = {"w": weights((2 * SPLICE + 1) * size.bins, size.hidden), **norm(size.hidden)}
    layers = [
        {
            "linear": weights(2 * size.hidden, size.bottleneck),
            "w": weights((2 if forth else 1) * size.bottleneck, size.hidden),
            **norm(size.hidden),
        }
        for _, forth in STEPS
    ]
    out = {"w": weights(size.hidden, size.outputs, 0.1), "b": np.zeros(size.outputs, np.float32)}
    second = {"w": weights(size.hidden, size.outputs, 0.1), "b": np.zeros(size.outputs, np.float32)}
    return {"first": first, "layers": layers, "out": out, "second": second}


def statistics(size: Size) -> Params:
    """Running means and variances of each layer before its nonlinearity."""
    one = {"mean": np.zeros(size.hidden, np.float32), "var": np.ones(size.hidden, np.float32)}
    return {"first": dict(one), "layers": [dict(one) for _ in STEPS]}


def forward(
    params: Params, stats: Params, energies: jax.Array, training: bool
) -> tuple[jax.Array, jax.Array, Params]:
    """energies: (batch, frames, bins), normalised; frames a multiple of three.

    Returns the scores and the second head's (batch, frames / 3, outputs), and the statistics of
    this batch (when training) or those given.
    """
    steps = energies.shape[1] // STRIDE
    before, after = LEFT_STEPS * STRIDE + SPLICE, RIGHT_STEPS * STRIDE + SPLICE
    padded = jnp.pad(energies, ((0, 0), (before, after), (0, 0)), mode="edge")
    total = steps + LEFT_STEPS + RIGHT_STEPS
    spliced = jnp.concatenate(
        [padded[:, k : k + STRIDE * total : STRIDE][:, :total] for k in range(2 * SPLICE + 1)],
        axis=2,
    )
    seen: Params = {"layers": []}
    x, seen["first"] = _normed(
        times(spliced, params["first"]["w"]), params["first"], stats["first"], training
    )
    for layer, stat, (back, forth) in zip(params["layers"], stats["layers"], STEPS, strict=True):
        narrow = _spliced(x, layer["linear"], back)
        wide = _spliced(narrow, layer["w"], forth) if forth else times(narrow, layer["w"])
        wide, one = _normed(wide, layer, stat, training)
        seen["layers"].append(one)
        x = wide + BYPASS * x[:, back : x.shape[1] - forth]
    scores = x @ params["out"]["w"] + params["out"]["b"]
    return scores, x @ params["second"]["w"] + params["second"]["b"], seen


def _spliced(x: jax.Array, weights: jax.Array, steps: int) -> jax.Array:
    """What two frames, so many steps apart and joined, give: shifted after the product, not before.

    The joined frames need not be written out, which took as long as the product.
    """
    early, late = jnp.split(weights, 2)
    both = times(x, jnp.concatenate([early, late], axis=1))
    width = weights.shape[1]
    return both[:, :-steps, :width] + both[:, steps:, width:]


@jax.custom_vjp
def times(x: jax.Array, weights: jax.Array) -> jax.Array:
    """The product of (batch, steps, inputs) and (inputs, outputs).

    Where the processor multiplies numbers of 16 bits, with those, summed in 32: twice as fast.
    """
    return jnp.einsum("bti,io->bto", _short(x), _short(weights), **_SUM)


def _times(x: jax.Array, weights: jax.Array) -> tuple[jax.Array, tuple[jax.Array, jax.Array]]:
    x, weights = _short(x), _short(weights)
    return jnp.einsum("bti,io->bto", x, weights, **_SUM), (x, weights)


def _pulled(both: tuple[jax.Array, jax.Array], pull: jax.Array) -> tuple[jax.Array, jax.Array]:
    (x, weights), pull = both, _short(pull)
    return (
        jnp.einsum("bto,io->bti", pull, weights, **_SUM),
        jnp.einsum("bti,bto->io", x, pull, **_SUM),
    )


times.defvjp(_times, _pulled)


def _short(x: jax.Array) -> jax.Array:
    return x.astype(jnp.bfloat16) if _SHORT else x


def _multiplies_short() -> bool:
    """Whether the processor has instructions for it; elsewhere it would be slower."""
    try:
        return "bf16" in Path("/proc/cpuinfo").read_text()
    except OSError:
        return False


_SHORT = _multiplies_short()
_SUM: dict[str, Any] = {"preferred_element_type": jnp.float32}


def _normed(x: jax.Array, layer: Params, stats: Params, training: bool) -> tuple[jax.Array, Params]:
    if training:
        stats = {"mean": x.mean(axis=(0, 1)), "var": x.var(axis=(0, 1))}
    scaled = (x - stats["mean"]) * jax.lax.rsqrt(stats["var"] + _EPSILON)
    return jax.nn.relu(scaled * layer["scale"] + layer["shift"]), stats
