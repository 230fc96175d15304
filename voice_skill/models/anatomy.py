"""Reading the parts of a model folder: tokens, dimensions, graph headers, vocabulary.

Layouts after Kaldi's transition-model.cc, nnet-nnet.cc, kaldi-matrix.cc and OpenFst's fst.cc.
"""

import re
import struct
from dataclasses import dataclass
from pathlib import Path

from voice_skill.errors import ModelError

_FST_MAGIC = 2125659606
_SYMBOLS_MAGIC = 2125658996
_ORDER = (b"<TransitionModel>", b"<Topology>", b"</Topology>", b"<LogProbs>", b"</TransitionModel>",
          b"<Nnet3>", b"<NumComponents>", b"</Nnet3>")  # fmt: skip
_STATE_BYTES, _ARC_BYTES = 20, 16
_MATRIX_BYTES = {b"FM": 4, b"DM": 8, b"CM2": 2, b"CM3": 1}
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
    components, weights, inputs = _read_network(folder / "am" / "final.mdl")
    features = _setting(folder / "conf" / "mfcc.conf", "num-ceps")
    if features is not None and inputs and features != inputs:
        raise ModelError(
            f"{folder}: the network takes {inputs} numbers a frame, conf/mfcc.conf makes {features}"
        )
    main = "HCLG.fst" if (folder / "graph" / "HCLG.fst").exists() else "HCLr.fst"
    states, arcs = _read_graph(folder / "graph" / main)
    if main == "HCLr.fst":
        _read_graph(folder / "graph" / "Gr.fst")
        numbers = _text(folder / "graph" / "disambig_tid.int").split()
        if not numbers or not all(number.isdigit() for number in numbers):
            raise ModelError(f"{folder}/graph/disambig_tid.int: not a list of numbers")
    return Anatomy(components, weights, inputs, states, arcs, len(read_words(folder)))


def _read_network(path: Path) -> tuple[int, int, int]:
    data = _bytes(path)
    if data[:2] != b"\0B":
        raise ModelError(f"{path}: no Kaldi model in binary form")
    at = 0
    for token in _ORDER:
        at = data.find(token, at)
        if at < 0:
            raise ModelError(f"{path}: cut short or damaged, {token.decode()} is missing")
    start = data.index(b"<NumComponents> ") + len(b"<NumComponents> ")
    (said,) = struct.unpack_from("<xi", data, start)
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
    node = re.search(rb"input-node name=input dim=(\d+)", data)
    if b"<Priors>" not in data[at:] or node is None:
        raise ModelError(f"{path}: cut short or damaged at its end")
    return found, weights, int(node.group(1))


def _dimensions(data: bytes, match: re.Match[bytes]) -> tuple[int, int]:
    """Rows and columns of a matrix: plain ones mark each number, packed ones have a header."""
    layout = "<xixi" if match.group(1) in (b"FM", b"DM") else "<8xii"
    try:
        rows, columns = struct.unpack_from(layout, data, match.end())
    except struct.error:
        return 0, 0
    return rows, columns


def _read_graph(path: Path) -> tuple[int, int]:
    data = _bytes(path)
    try:
        kind, start, states, arcs, at = _header(data, 0)
        wrapped = kind.endswith("lookahead")
        if wrapped:
            # a lookahead graph wraps a plain one, after a number of its own
            kind, start, states, arcs, at = _header(data, at + 4)
    except (struct.error, UnicodeDecodeError):
        raise ModelError(f"{path}: no OpenFst graph, or damaged in its header") from None
    whole = 0 <= start < states and 16 * max(arcs, 0) <= len(data)
    if whole and wrapped and kind == "const":
        whole = _reach_ends(data, at + _STATE_BYTES * states + _ARC_BYTES * arcs)
    if not whole:
        raise ModelError(f"{path}: cut short, {states} states and {arcs} arcs do not fit in it")
    return states, arcs


def _reach_ends(data: bytes, at: int) -> bool:
    """Whether what lookahead needs to know, after the states and arcs, is there to its end."""
    try:
        (present,) = struct.unpack_from("<?", data, at)
        at += 1
        for _ in range(2 if present else 0):
            (side,) = struct.unpack_from("<?", data, at)
            at = _skip_reach(data, at + 1) if side else at + 1
    except struct.error:
        return False
    return at == len(data)


def _skip_reach(data: bytes, at: int) -> int:
    """The end of one table: for each state the intervals of the words that can follow."""
    _, relabelled = struct.unpack_from("<??", data, at)
    at += 2
    if relabelled:
        (pairs,) = struct.unpack_from("<q", data, at)
        at += 8 + 8 * pairs
    _, sets = struct.unpack_from("<iq", data, at)
    at += 12
    for _ in range(sets):
        (intervals,) = struct.unpack_from("<q", data, at)
        at += 8 + 8 * intervals + 4
    return at


def _header(data: bytes, at: int) -> tuple[str, int, int, int, int]:
    """Kind, start state, states, arcs of a graph, and where its header ends."""
    (magic,) = struct.unpack_from("<i", data, at)
    kind, at = _string(data, at + 4)
    arc, at = _string(data, at)
    if magic != _FST_MAGIC or arc != "standard":
        raise struct.error
    _, _, _, start, states, arcs = struct.unpack_from("<iiQqqq", data, at)
    return kind, start, states, arcs, at + struct.calcsize("<iiQqqq")


def _string(data: bytes, at: int) -> tuple[str, int]:
    (size,) = struct.unpack_from("<i", data, at)
    if not 0 < size < 100:
        raise struct.error
    return data[at + 4 : at + 4 + size].decode("ascii"), at + 4 + size


def read_words(folder: Path) -> dict[str, int]:
    """Every word of a model and its number: from `words.txt`, or kept within the grammar graph.

    Raises ModelError where neither can be read.
    """
    path = folder / "graph" / "words.txt"
    if path.exists():
        return _listed_words(path)
    inner = folder / "graph" / "Gr.fst"
    try:
        words = _symbols(_bytes(inner))
    except (struct.error, UnicodeDecodeError, IndexError):
        words = {}
    if len(words) < 2:
        raise ModelError(f"{path}: is missing, and {inner.name} holds no words either")
    return words


def _listed_words(path: Path) -> dict[str, int]:
    words = {}
    for line, text in enumerate(_text(path).splitlines(), start=1):
        parts = text.split()
        if len(parts) != 2 or not parts[1].isdigit():
            raise ModelError(f"{path}:{line}: not a word and its number")
        words[parts[0]] = int(parts[1])
    if len(words) < 2:
        raise ModelError(f"{path}: it has no words")
    return words


def _symbols(data: bytes) -> dict[str, int]:
    """The symbol table after a graph's header."""
    _, _, _, _, at = _header(data, 0)
    (magic,) = struct.unpack_from("<i", data, at)
    if magic != _SYMBOLS_MAGIC:
        return {}
    (size,) = struct.unpack_from("<i", data, at + 4)
    at += 8 + size
    _, count = struct.unpack_from("<qq", data, at)
    at += 16
    words = {}
    for _ in range(min(count, len(data))):
        (size,) = struct.unpack_from("<i", data, at)
        word = data[at + 4 : at + 4 + size].decode("utf-8")
        (words[word],) = struct.unpack_from("<q", data, at + 4 + size)
        at += 12 + size
    return words


def _setting(path: Path, name: str) -> int | None:
    match = re.search(rf"^--{name}=(\d+)", _text(path), re.MULTILINE)
    return int(match.group(1)) if match else None


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError:
        raise ModelError(f"{path}: is missing") from None
    if not data:
        raise ModelError(f"{path}: is empty")
    return data


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        raise ModelError(f"{path}: cannot be read as text") from None
