"""The network: a factored time-delay network on every third frame, in JAX.

All layers run at a third of the frame rate; the first splices nine frames around each third one,
the later ones look a few steps back, and one of them forth. Right context is 7 frames (70 ms): more
would be heard as delay.
"""

from dataclasses import dataclass
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
        spliced @ params["first"]["w"], params["first"], stats["first"], training
    )
    for layer, stat, (back, forth) in zip(params["layers"], stats["layers"], STEPS, strict=True):
        narrow = jnp.concatenate([x[:, :-back], x[:, back:]], axis=2) @ layer["linear"]
        if forth:
            narrow = jnp.concatenate([narrow[:, :-forth], narrow[:, forth:]], axis=2)
        wide, one = _normed(narrow @ layer["w"], layer, stat, training)
        seen["layers"].append(one)
        x = wide + BYPASS * x[:, back : x.shape[1] - forth]
    scores = x @ params["out"]["w"] + params["out"]["b"]
    return scores, x @ params["second"]["w"] + params["second"]["b"], seen


def _normed(x: jax.Array, layer: Params, stats: Params, training: bool) -> tuple[jax.Array, Params]:
    if training:
        stats = {"mean": x.mean(axis=(0, 1)), "var": x.var(axis=(0, 1))}
    scaled = (x - stats["mean"]) * jax.lax.rsqrt(stats["var"] + _EPSILON)
    return jax.nn.relu(scaled * layer["scale"] + layer["shift"]), stats
