"""Writes the trained network as Kaldi's `final.mdl`, which Vosk reads.

Layouts after Kaldi's hmm-topology.cc, transition-model.cc, nnet-nnet.cc, nnet-simple-component.cc
and compressed-matrix.cc. Weights are kept in 16 bits (`CM2`), which halves the file.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.recipe.features import BINS, cepstral_transform
from models.recipe.network import BYPASS, LEFT_STEPS, RIGHT_STEPS, SPLICE, STEPS, STRIDE, Params
from voice_skill.models.graph import ALONE, BEGIN, END, INSIDE, UNITS, unit
from voice_skill.models.units import CONTEXTS, PHONES, entry_output, loop_output

_HALF = float(np.log(0.5))


@dataclass(frozen=True)
class Affine:
    """weights: (out, in); bias: (out,)."""

    name: str
    weights: np.ndarray
    bias: np.ndarray


def _integer(value: int) -> bytes:
    return b"\x04" + struct.pack("<i", value)


def _integers(values: list[int]) -> bytes:
    return b"\x04" + struct.pack("<i", len(values)) + struct.pack(f"<{len(values)}i", *values)


def _real(value: float) -> bytes:
    return b"\x04" + struct.pack("<f", value)


def _vector(values: np.ndarray) -> bytes:
    return b"FV \x04" + struct.pack("<i", len(values)) + values.astype("<f4").tobytes()


def _matrix(values: np.ndarray) -> bytes:
    low, high = float(values.min()), float(values.max())
    span = max(high - low, 1e-9)
    levels = np.round((values - low) / span * 65535).astype("<u2")
    return b"CM2 " + struct.pack("<ffii", low, span, *values.shape) + levels.tobytes()


def _outputs() -> Iterator[tuple[int, int]]:
    """(entry, loop) output of every Kaldi phone, in order."""
    for sound in ("SIL", "SPN"):
        yield entry_output(0, sound), loop_output(sound)
    for context in range(CONTEXTS):
        for phone in PHONES:
            for _ in (BEGIN, END, INSIDE, ALONE):
                yield entry_output(context, phone), loop_output(phone)


def transition_model() -> bytes:
    """One state a phone, whose first frame has an output of its own (the chain topology)."""
    assert unit(0, PHONES[0], BEGIN) == 3
    phones = list(range(1, UNITS + 1))
    state = _integer(0) + _integer(1) + _integer(2)
    state += _integer(0) + _real(0.5) + _integer(1) + _real(0.5)
    final = _integer(-1) + _integer(-1) + _integer(0)
    entry = _integer(2) + state + final
    topology = b"<Topology> " + _integers(phones) + _integers([-1] + [0] * UNITS)
    topology += _integer(-1) + _integer(1) + entry + b"</Topology> "
    tuples = b"".join(
        _integer(phone) + _integer(0) + _integer(first) + _integer(further)
        for phone, (first, further) in zip(phones, _outputs(), strict=True)
    )
    logs = np.full(2 * UNITS + 1, _HALF, np.float32)
    logs[0] = 0.0
    body = b"<Tuples> " + _integer(UNITS) + tuples + b"</Tuples> "
    body += b"<LogProbs> " + _vector(logs) + b"</LogProbs> "
    return b"<TransitionModel> " + topology + body + b"</TransitionModel> "


def affines(params: Params, stats: Params, epsilon: float = 1e-5) -> list[Affine]:
    """The layers with normalisation, input scaling and the cosine transform folded in."""
    fixed = params["input"]
    inverse = np.linalg.inv(cepstral_transform())
    first = np.asarray(params["first"]["w"], np.float64)
    blocks = first.reshape(2 * SPLICE + 1, BINS, -1) / np.asarray(fixed["deviation"])[None, :, None]
    shift = -np.einsum("b,kbh->h", np.asarray(fixed["mean"], np.float64), blocks)
    from_cepstra = np.einsum("bc,kbh->kch", inverse, blocks).reshape(first.shape)
    found = [_folded("first", from_cepstra, shift, params["first"], stats["first"], epsilon)]
    for number, layer in enumerate(params["layers"]):
        linear = np.asarray(layer["linear"], np.float64)
        found.append(Affine(f"narrow{number}", linear.T, np.zeros(linear.shape[1])))
        wide = np.asarray(layer["w"], np.float64)
        none = np.zeros(wide.shape[1])
        found.append(_folded(f"wide{number}", wide, none, layer, stats["layers"][number], epsilon))
    out = params["out"]
    found.append(Affine("out", np.asarray(out["w"], np.float64).T, np.asarray(out["b"])))
    return found


def _folded(
    name: str, weights: np.ndarray, shift: np.ndarray, layer: Params, stats: Params, epsilon: float
) -> Affine:
    scale = np.asarray(layer["scale"]) / np.sqrt(np.asarray(stats["var"]) + epsilon)
    bias = (shift - np.asarray(stats["mean"])) * scale + np.asarray(layer["shift"])
    return Affine(name, (weights * scale).T, bias)


def _config() -> list[str]:
    splice = [f"Offset(input, {k})" if k else "input" for k in range(-SPLICE, SPLICE + 1)]
    lines = [f"input-node name=input dim={BINS}"]

    def node(name: str, source: str) -> None:
        lines.append(f"component-node name={name} component={name} input={source}")

    node("first", f"Append({', '.join(splice)})")
    node("relu", "first")
    last = "relu"
    for number, (back, forth) in enumerate(STEPS):
        node(f"narrow{number}", f"Append(Offset({last}, {-back * STRIDE}), {last})")
        narrow = f"narrow{number}"
        ahead = f"Append({narrow}, Offset({narrow}, {forth * STRIDE}))" if forth else narrow
        node(f"wide{number}", ahead)
        node(f"relu{number}", f"wide{number}")
        node(f"sum{number}", f"Sum(relu{number}, Scale({BYPASS}, {last}))")
        last = f"sum{number}"
    node("out", last)
    lines.append("output-node name=output input=out objective=linear")
    return lines


def _components(layers: list[Affine]) -> Iterator[tuple[str, bytes]]:
    hidden = len(layers[0].bias)
    relu = b"<RectifiedLinearComponent> <Dim> " + _integer(hidden)
    relu += b"<ValueAvg> " + _vector(np.zeros(0)) + b"<DerivAvg> " + _vector(np.zeros(0))
    relu += b"<Count> " + b"\x08" + struct.pack("<d", 0.0) + b"<OderivRms> " + _vector(np.zeros(0))
    relu += b"<OderivCount> " + b"\x08" + struct.pack("<d", 0.0)
    relu += b"</RectifiedLinearComponent> "
    for layer in layers:
        text = b"<FixedAffineComponent> <LinearParams> " + _matrix(layer.weights)
        text += b"<BiasParams> " + _vector(layer.bias) + b"</FixedAffineComponent> "
        yield layer.name, text
        if layer.name == "first":
            yield "relu", relu
        elif layer.name.startswith("wide"):
            number = layer.name.removeprefix("wide")
            yield f"relu{number}", relu
            noop = b"<NoOpComponent> <Dim> " + _integer(hidden) + b"<BackpropScale> " + _real(1.0)
            yield f"sum{number}", noop + b"</NoOpComponent> "


def write_model(path: Path, layers: list[Affine]) -> None:
    """`final.mdl`, whole or not at all."""
    components = list(_components(layers))
    text = b"<Nnet3> \n" + "\n".join(_config()).encode() + b"\n\n"
    text += b"<NumComponents> " + _integer(len(components))
    for name, body in components:
        text += b"<ComponentName> " + name.encode() + b" " + body
    text += b"</Nnet3> <LeftContext> " + _integer(LEFT_STEPS * STRIDE + SPLICE)
    text += b"<RightContext> " + _integer(RIGHT_STEPS * STRIDE + SPLICE)
    text += b"<Priors> " + _vector(np.zeros(0))
    part = path.with_suffix(".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_bytes(b"\x00B" + transition_model() + text)
    part.replace(path)
