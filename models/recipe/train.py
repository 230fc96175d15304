"""Trains the network. Resumable: a checkpoint every few minutes; seeded: the same run again."""

import pickle
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from models.recipe import network
from models.recipe.batches import Mixer, Shape, ahead
from models.recipe.network import Params, Size
from models.recipe.objective import Paths, denominator, numerator

SECOND_HEAD = 0.15
"""Weight of the frame-wise objective, whose targets are the sequence objective's own posteriors."""
OUTPUT_PENALTY = 0.0005
AVERAGE = 0.998
CHECKPOINT_SECONDS = 240.0


@dataclass(frozen=True)
class Plan:
    """batches: how many; rate: the highest learning rate; seed: of weights and batches."""

    batches: int
    rate: float
    seed: int


def _loss(
    params: Params, stats: Params, batch: dict[str, jax.Array], bigram: jax.Array
) -> tuple[jax.Array, tuple[Params, jax.Array]]:
    energies = (batch["energies"] - params["input"]["mean"]) / params["input"]["deviation"]
    scores, second, seen = network.forward(params, stats, energies, True)
    paths = Paths(**{name: batch[name] for name in Paths.__dataclass_fields__})
    steps = batch["lengths"].sum()
    sure, pull = jax.vjp(lambda s: numerator(s, batch["lengths"], paths), scores)
    # a text that cannot be said in so few steps has no path: leave it out
    possible = sure > -1e25
    gain = jnp.where(possible, sure - denominator(scores, batch["lengths"], bigram), 0.0).sum()
    posterior = jax.lax.stop_gradient(pull(jnp.where(possible, 1.0, 0.0))[0])
    frames = (posterior * jax.nn.log_softmax(second)).sum()
    loss = -(gain + SECOND_HEAD * frames) / steps + OUTPUT_PENALTY * (scores**2).mean()
    return loss, (seen, gain / steps)


def train(
    mixer: Mixer, shapes: Sequence[Shape], bigram: np.ndarray, size: Size, plan: Plan, folder: Path
) -> tuple[Params, Params]:
    """Weights (averaged over the last batches) and statistics. Checkpoints go to `folder`."""
    schedule = optax.warmup_cosine_decay_schedule(
        plan.rate / 20, plan.rate, min(300, plan.batches // 10 + 1), plan.batches, plan.rate / 100
    )
    optimizer = optax.chain(
        optax.clip_by_global_norm(2.0), optax.adamw(schedule, weight_decay=1e-4)
    )
    state = _resume(folder) or _fresh(mixer, shapes, size, plan, optimizer)
    if state["number"] >= plan.batches:
        return {**state["average"], "input": state["input"]}, state["stats"]
    matrix = jnp.asarray(bigram)

    @jax.jit
    def step(
        params: Params, fixed: Params, stats: Params, average: Params, memory: Any, batch: Any
    ) -> tuple[Params, Params, Params, Any, jax.Array]:
        def whole(p: Params) -> tuple[jax.Array, tuple[Params, jax.Array]]:
            return _loss({**p, "input": fixed}, stats, batch, matrix)

        grads, (seen, gain) = jax.grad(whole, has_aux=True)(params)
        updates, memory = optimizer.update(grads, memory, params)
        params = optax.apply_updates(params, updates)
        stats = jax.tree.map(lambda old, new: 0.98 * old + 0.02 * new, stats, seen)
        average = jax.tree.map(
            lambda old, new: AVERAGE * old + (1 - AVERAGE) * new, average, params
        )
        return params, stats, average, memory, gain

    saved = said = time.monotonic()
    begun, first, gains = saved, state["number"], []
    source = ahead(mixer, shapes, plan.seed, first)
    for number in range(first, plan.batches):
        batch = {name: jnp.asarray(values) for name, values in next(source).items()}
        state["params"], state["stats"], state["average"], state["memory"], gain = step(
            state["params"],
            state["input"],
            state["stats"],
            state["average"],
            state["memory"],
            batch,
        )
        gains.append(float(gain))
        state["number"] = number + 1
        now = time.monotonic()
        if now - said > 15 or number + 1 == plan.batches:
            left = (now - begun) / (number + 1 - first) * (plan.batches - number - 1) / 60
            line = f"training: {number + 1} of {plan.batches}, objective {np.mean(gains):.4f}"
            print(f"{line}, {left:.0f} min left", file=sys.stderr, flush=True)
            said, gains = now, []
        if now - saved > CHECKPOINT_SECONDS or number + 1 == plan.batches:
            _save(folder, state)
            saved = now
    return {**state["average"], "input": state["input"]}, state["stats"]


def _fresh(
    mixer: Mixer, shapes: Sequence[Shape], size: Size, plan: Plan, optimizer: Any
) -> dict[str, Any]:
    params = network.initial(size, plan.seed)
    sample = next(ahead(mixer, shapes, plan.seed, 0))["energies"].reshape(-1, size.bins)
    fixed = {"mean": sample.mean(axis=0), "deviation": sample.std(axis=0)}
    return {
        "params": params,
        "average": params,
        "input": fixed,
        "stats": network.statistics(size),
        "memory": optimizer.init(params),
        "number": 0,
    }


def _resume(folder: Path) -> dict[str, Any] | None:
    path = folder / "checkpoint.pickle"
    if not path.exists():
        return None
    with path.open("rb") as stream:
        state: dict[str, Any] = pickle.load(stream)
    print(f"training: resumed at {state['number']}", file=sys.stderr, flush=True)
    return state


def _save(folder: Path, state: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / "checkpoint.part"
    with part.open("wb") as stream:
        pickle.dump(jax.tree.map(np.asarray, state), stream)
    part.replace(folder / "checkpoint.pickle")
