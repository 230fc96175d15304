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
MEASURED_BATCHES = 24
CHECKPOINT_SECONDS = 240.0


@dataclass(frozen=True)
class Plan:
    """batches: how many; rate: the highest learning rate; seed: of weights and batches."""

    batches: int
    rate: float
    seed: int


def _loss(
    params: Params, empty: Params, batch: dict[str, jax.Array], bigram: jax.Array
) -> tuple[jax.Array, jax.Array]:
    energies = (batch["energies"] - params["input"]["mean"]) / params["input"]["deviation"]
    scores, second, _ = network.forward(params, empty, energies, True)
    paths = Paths(**{name: batch[name] for name in Paths.__dataclass_fields__})
    steps = batch["lengths"].sum()
    sure, pull = jax.vjp(lambda s: numerator(s, batch["lengths"], paths), scores)
    # a text that cannot be said in so few steps has no path: leave it out
    possible = sure > -1e25
    gain = jnp.where(possible, sure - denominator(scores, batch["lengths"], bigram), 0.0).sum()
    posterior = jax.lax.stop_gradient(pull(jnp.where(possible, 1.0, 0.0))[0])
    frames = (posterior * jax.nn.log_softmax(second)).sum()
    loss = -(gain + SECOND_HEAD * frames) / steps + OUTPUT_PENALTY * (scores**2).mean()
    return loss, gain / steps


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
    matrix, empty = jnp.asarray(bigram), network.statistics(size)

    @jax.jit
    def step(
        learner: Params, fixed: Params, batch: Params, decay: float
    ) -> tuple[Params, jax.Array]:
        def whole(p: Params) -> tuple[jax.Array, jax.Array]:
            return _loss({**p, "input": fixed}, empty, batch, matrix)

        grads, gain = jax.grad(whole, has_aux=True)(learner["params"])
        updates, memory = optimizer.update(grads, learner["memory"], learner["params"])
        params = optax.apply_updates(learner["params"], updates)
        average = jax.tree.map(
            lambda old, new: decay * old + (1 - decay) * new, learner["average"], params
        )
        return {"params": params, "average": average, "memory": memory}, gain

    learner = {name: state[name] for name in ("params", "average", "memory")}
    log = _Log(folder, state["input"], state["number"], plan.batches)
    source = ahead(mixer, shapes, plan.seed, state["number"])
    for number in range(state["number"], plan.batches):
        batch = {name: jnp.asarray(values) for name, values in next(source).items()}
        decay = min(AVERAGE, (number + 1) / (number + 10))
        learner, gain = step(learner, state["input"], batch, decay)
        log.batch(number + 1, float(gain), learner)
    params = {**learner["average"], "input": state["input"]}
    return params, _measured(params, mixer, shapes, plan, size)


class _Log:
    """Says how the training goes, and keeps checkpoints."""

    def __init__(self, folder: Path, fixed: Params, first: int, batches: int) -> None:
        self._folder, self._fixed, self._first, self._batches = folder, fixed, first, batches
        self._begun = self._saved = self._said = time.monotonic()
        self._gains: list[float] = []

    def batch(self, done: int, gain: float, learner: Params) -> None:
        """One more batch is learnt."""
        self._gains.append(gain)
        now, last = time.monotonic(), done == self._batches
        if now - self._said > 15 or last:
            left = (now - self._begun) / (done - self._first) * (self._batches - done) / 60
            line = f"training: {done} of {self._batches}, objective {np.mean(self._gains):.4f}"
            print(f"{line}, {left:.0f} min left", file=sys.stderr, flush=True)
            self._said, self._gains = now, []
        if now - self._saved > CHECKPOINT_SECONDS or last:
            _save(self._folder, {**learner, "input": self._fixed, "number": done})
            self._saved = now


def _measured(
    params: Params, mixer: Mixer, shapes: Sequence[Shape], plan: Plan, size: Size
) -> Params:
    """The statistics of the averaged weights, over fresh batches."""
    empty = network.statistics(size)

    @jax.jit
    def look(energies: jax.Array) -> Params:
        scaled = (energies - params["input"]["mean"]) / params["input"]["deviation"]
        return network.forward(params, empty, scaled, True)[2]

    source = ahead(mixer, shapes[:1], plan.seed, plan.batches)
    seen = [look(jnp.asarray(next(source)["energies"])) for _ in range(MEASURED_BATCHES)]
    mean: Params = jax.tree.map(lambda *values: jnp.mean(jnp.stack(values), axis=0), *seen)
    return mean


def _fresh(
    mixer: Mixer, shapes: Sequence[Shape], size: Size, plan: Plan, optimizer: Any
) -> dict[str, Any]:
    params = network.initial(size, plan.seed)
    sample = next(ahead(mixer, shapes, plan.seed, 0))["energies"].reshape(-1, size.bins)
    fixed = {"mean": sample.mean(axis=0), "deviation": sample.std(axis=0)}
    memory = optimizer.init(params)
    return {"params": params, "average": params, "input": fixed, "memory": memory, "number": 0}


def _resume(folder: Path) -> dict[str, Any] | None:
    path = folder / "checkpoint.pickle"
    if not path.exists():
        return None
    with path.open("rb") as stream:
        state: dict[str, Any] = pickle.load(stream)
    state["number"] = int(state["number"])
    print(f"training: resumed at {state['number']}", file=sys.stderr, flush=True)
    return state


def _save(folder: Path, state: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / "checkpoint.part"
    with part.open("wb") as stream:
        pickle.dump(jax.tree.map(np.asarray, state), stream)
    part.replace(folder / "checkpoint.pickle")
