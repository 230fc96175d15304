"""The network computes what its description says, also where it multiplies in short numbers."""

import numpy as np
import pytest

pytest.importorskip("jax", reason="the recipe's packages: pip install -e '.[train]'")

import jax
import jax.numpy as jnp

from models.recipe import network
from models.recipe.network import BYPASS, SPLICE, STEPS, STRIDE, Params, Size

SIZE = Size(bins=8, hidden=24, bottleneck=6, outputs=5)
FRAMES = 30


def as_described(params: Params, energies: np.ndarray) -> np.ndarray:
    """One utterance, frame by frame: each layer joins what lies so many steps apart."""

    def normed(x: np.ndarray, layer: Params) -> np.ndarray:
        scaled = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-5)
        return np.asarray(np.maximum(scaled * layer["scale"] + layer["shift"], 0.0))

    before, after = network.LEFT_STEPS, network.RIGHT_STEPS
    last = len(energies) - 1
    rows = [
        np.concatenate([
            energies[min(max(STRIDE * step + k - SPLICE, 0), last)] for k in range(2 * SPLICE + 1)
        ])
        for step in range(-before, len(energies) // STRIDE + after)
    ]  # fmt: skip
    x = normed(np.stack(rows) @ params["first"]["w"], params["first"])
    for layer, (back, forth) in zip(params["layers"], STEPS, strict=True):
        narrow = np.hstack([x[:-back], x[back:]]) @ layer["linear"]
        if forth:
            narrow = np.hstack([narrow[:-forth], narrow[forth:]])
        x = normed(narrow @ layer["w"], layer) + BYPASS * x[back : len(x) - forth]
    return np.asarray(x @ params["out"]["w"] + params["out"]["b"])


@pytest.mark.parametrize(("short", "apart"), [(False, 1e-3), (True, 0.2)])
def test_the_scores_are_those_of_the_layers_as_described(
    monkeypatch: pytest.MonkeyPatch, short: bool, apart: float
) -> None:
    monkeypatch.setattr(network, "_SHORT", short)
    params = network.initial(SIZE, 3)
    energies = np.random.default_rng(3).normal(size=(1, FRAMES, SIZE.bins)).astype(np.float32)
    scores, _, _ = network.forward(params, network.statistics(SIZE), jnp.asarray(energies), True)
    expected = as_described(params, energies[0])
    assert np.abs(np.asarray(scores[0]) - expected).max() < apart * np.abs(expected).max()


@pytest.mark.parametrize(("short", "apart"), [(False, 1e-5), (True, 0.02)])
def test_the_slope_of_a_product_is_that_of_a_product(
    monkeypatch: pytest.MonkeyPatch, short: bool, apart: float
) -> None:
    monkeypatch.setattr(network, "_SHORT", short)
    rng = np.random.default_rng(4)
    x, weights = (jnp.asarray(rng.normal(size=size), jnp.float32) for size in ((2, 5, 7), (7, 3)))

    def weighed(x: jax.Array, weights: jax.Array) -> jax.Array:
        return (network.times(x, weights) ** 2).sum()

    def plain(x: jax.Array, weights: jax.Array) -> jax.Array:
        return ((x @ weights) ** 2).sum()

    found, wanted = (jax.grad(f, argnums=(0, 1))(x, weights) for f in (weighed, plain))
    for one, other in zip(found, wanted, strict=True):
        assert float(jnp.abs(one - other).max()) < apart * float(jnp.abs(other).max())
