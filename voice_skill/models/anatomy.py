"""Reading the parts of a model folder: the network's tokens and dimensions, its graph, its words.

Layouts after Kaldi's transition-model.cc, nnet-nnet.cc and kaldi-matrix.cc.
"""

import re
import struct
from dataclasses import dataclass
from pathlib import Path

from voice_skill.errors import ModelError
from voice_skill.models.graph_file import file_bytes, read_graph, symbols

_ORDER = (b"<TransitionModel>", b"<Topology>", b"</Topology>", b"<LogProbs>", b"</TransitionModel>",
          b"<Nnet3>", b"<NumComponents>", b"</Nnet3>")  # fmt: skip
_MATRIX_BYTES = {b"FM": 4, b"DM": 8, b"CM2": 2, b"CM3": 1}
_NUMBER = re.compile(r"[0-9]{1,9}")
_MATRIX = re.compile(rb"<(?:LinearParams|Params)> (FM|DM|CM2|CM3) ")


@dataclass(frozen=True)
class Anatomy:
    """What a model is: sizes of its network, graph and word list."""

    components: int
    weights: int
    inputs: int
    states: int
    arcs: int
    words: int


def read_anatomy(folder: Path) -> Anatomy:
    """Raises ModelError with one line for the first thing that is not as it must be."""
    components, weights, inputs, transitions = _read_network(folder / "am" / "final.mdl")
    features = _setting(folder / "conf" / "mfcc.conf", "num-ceps")
    if features is not None and inputs and features != inputs:
        raise ModelError(
            f"{folder}: the network takes {inputs} numbers a frame, conf/mfcc.conf makes {features}"
        )
    words = read_words(folder)
    main = "HCLG.fst" if (folder / "graph" / "HCLG.fst").exists() else "HCLr.fst"
    graph = read_graph(folder / "graph" / main)
    marks, said = frozenset[int](), graph.outputs
    if main == "HCLr.fst":
        marks = _marks(folder / "graph" / "disambig_tid.int")
        if min(marks) <= transitions:  # Vosk would walk in a circle for ever
            raise ModelError(f"{folder}/graph/disambig_tid.int: names transitions of the network")
        # which words may follow which, where no grammar is given
        said = read_graph(folder / "graph" / "Gr.fst").outputs
    if max(graph.inputs - marks, default=0) > transitions:
        raise ModelError(f"{folder / 'graph' / main}: made for another network than am/final.mdl")
    unnamed = said - {*words.values()} - {0}
    if unnamed:
        raise ModelError(
            f"{folder}/graph: {len(unnamed)} words of the graph have no name in words.txt"
        )
    return Anatomy(components, weights, inputs, graph.states, graph.arcs, len(words))


def _marks(path: Path) -> frozenset[int]:
    """Numbers in the graph that stand for no transition."""
    numbers = _text(path).split()
    if not numbers or not all(map(_NUMBER.fullmatch, numbers)):
        raise ModelError(f"{path}: not a list of numbers")
    return frozenset(map(int, numbers))


def _read_network(path: Path) -> tuple[int, int, int, int]:
    """Components, weights, inputs, and the highest number of a transition."""
    data = file_bytes(path)
    if data[:2] != b"\0B":
        raise ModelError(f"{path}: no Kaldi model in binary form")
    at = 0
    for token in _ORDER:
        at = data.find(token, at)
        if at < 0:
            raise ModelError(f"{path}: cut short or damaged, {token.decode()} is missing")
    count = re.search(rb"<NumComponents> \x04(.{4})", data, re.DOTALL)
    said = struct.unpack("<i", count.group(1))[0] if count else "nothing"
    found = data.count(b"<ComponentName> ")
    if said != found:
        raise ModelError(f"{path}: {found} components where it says {said}")
    weights = 0
    for match in _MATRIX.finditer(data):
        rows, columns = _dimensions(data, match)
        size = rows * columns * _MATRIX_BYTES[match.group(1)]
        if rows <= 0 or columns <= 0 or match.end() + size > len(data):
            raise ModelError(f"{path}: cut short or damaged, a matrix of {rows} x {columns}")
        weights += rows * columns
    node = re.search(rb"input-node name=input dim=([0-9]{1,9})\b", data)
    if b"<Priors>" not in data[at:] or node is None:
        raise ModelError(f"{path}: cut short or damaged at its end")
    vector = re.search(rb"<LogProbs> FV \x04(.{4})", data, re.DOTALL)
    if vector is None:
        raise ModelError(f"{path}: damaged, its transitions cannot be read")
    return found, weights, int(node.group(1)), struct.unpack("<i", vector.group(1))[0] - 1


def _dimensions(data: bytes, match: re.Match[bytes]) -> tuple[int, int]:
    """Rows and columns of a matrix: plain ones mark each number, packed ones have a header."""
    layout = "<xixi" if match.group(1) in (b"FM", b"DM") else "<8xii"
    try:
        rows, columns = struct.unpack_from(layout, data, match.end())
    except struct.error:
        return 0, 0
    return rows, columns


def read_words(folder: Path) -> dict[str, int]:
    """Every word of a model and its number: from `words.txt`, or kept within the grammar graph.

    Raises ModelError where neither can be read.
    """
    path = folder / "graph" / "words.txt"
    if path.exists():
        return _listed_words(path)
    inner = folder / "graph" / "Gr.fst"
    words = symbols(inner)
    if len(words) < 2:
        raise ModelError(f"{path}: is missing, and {inner.name} holds no words either")
    return words


def _listed_words(path: Path) -> dict[str, int]:
    words = {}
    for line, text in enumerate(_text(path).splitlines(), start=1):
        parts = text.split()
        if len(parts) != 2 or not _NUMBER.fullmatch(parts[1]):
            raise ModelError(f"{path}:{line}: not a word and its number")
        words[parts[0]] = int(parts[1])
    if len(words) < 2:
        raise ModelError(f"{path}: it has no words")
    return words


def _setting(path: Path, name: str) -> int | None:
    match = re.search(rf"^--{name}=([0-9]{{1,9}})\b", _text(path), re.MULTILINE)
    return int(match.group(1)) if match else None


def _text(path: Path) -> str:
    try:
        return file_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        raise ModelError(f"{path}: cannot be read as text") from None
