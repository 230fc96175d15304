"""Reading OpenFst's graph files: headers, lookahead tables, the words within.

Layouts after OpenFst's fst.cc.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voice_skill.errors import ModelError
from voice_skill.files import is_plain, reason

_FST_MAGIC = 2125659606
_SYMBOLS_MAGIC = 2125658996
_STATE_BYTES, _ARC_BYTES = 20, 16
_ARC = np.dtype([("input", "<i4"), ("output", "<i4"), ("cost", "<f4"), ("to", "<i4")])


@dataclass(frozen=True)
class Graph:
    """A graph's size. inputs, outputs: the numbers on its arcs, none where they cannot be read."""

    states: int
    arcs: int
    inputs: frozenset[int] = frozenset()
    outputs: frozenset[int] = frozenset()


def read_graph(path: Path) -> Graph:
    """Raises ModelError where it is damaged or cut short."""
    data = file_bytes(path)
    try:
        kind, start, states, arcs, at = _header(data, 0)
        wrapped = kind.endswith("lookahead")
        if wrapped:
            # a lookahead graph wraps a plain one, after a number of its own
            kind, start, states, arcs, at = _header(data, at + 4)
    except (struct.error, UnicodeDecodeError):
        raise ModelError(f"{path}: no OpenFst graph, or damaged in its header") from None
    # a state takes a bit at least, in the most packed kind
    whole = 0 <= start < states <= 8 * len(data) and 0 <= 16 * arcs <= len(data)
    end = at + _STATE_BYTES * states + _ARC_BYTES * arcs
    if whole and kind == "const":
        whole = _reach_ends(data, end) if wrapped else end <= len(data)
    if not whole:
        raise ModelError(f"{path}: cut short, {states} states and {arcs} arcs do not fit in it")
    if kind != "const" or not (wrapped or end == len(data)):
        return Graph(states, arcs)
    found = np.frombuffer(data, _ARC, arcs, at + _STATE_BYTES * states)
    if arcs and not 0 <= found["to"].min() <= found["to"].max() < states:
        raise ModelError(f"{path}: damaged, an arc leads to no state")
    numbers = (frozenset(np.unique(found[side]).tolist()) for side in ("input", "output"))
    return Graph(states, arcs, *numbers)


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
        at += 8 + 8 * _count("<q", data, at)
    sets = _count("<4xq", data, at)
    at += 12
    for _ in range(sets):
        at += 8 + 8 * _count("<q", data, at) + 4
    return at


def _count(layout: str, data: bytes, at: int) -> int:
    """How many of something follow. Raises struct.error for more than there is room for."""
    (count,) = struct.unpack_from(layout, data, at)
    if not 0 <= count <= len(data):
        raise struct.error
    return int(count)


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


def symbols(path: Path) -> dict[str, int]:
    """The words that a graph holds after its header, with their numbers; none if damaged."""
    try:
        return _symbols(file_bytes(path))
    except (struct.error, UnicodeDecodeError, IndexError):
        return {}


def _symbols(data: bytes) -> dict[str, int]:
    _, _, _, _, at = _header(data, 0)
    (magic,) = struct.unpack_from("<i", data, at)
    if magic != _SYMBOLS_MAGIC:
        return {}
    at += 8 + _count("<i", data, at + 4)
    count = _count("<8xq", data, at)
    at += 16
    words = {}
    for _ in range(count):
        size = _count("<i", data, at)
        word = data[at + 4 : at + 4 + size].decode("utf-8")
        (words[word],) = struct.unpack_from("<q", data, at + 4 + size)
        at += 12 + size
    return words


def file_bytes(path: Path) -> bytes:
    """All of a file. Raises ModelError where it is missing or empty."""
    try:
        if not is_plain(path) and not path.is_dir():
            raise ModelError(f"{path}: not a plain file")
        data = path.read_bytes()
    except FileNotFoundError:
        raise ModelError(f"{path}: is missing") from None
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {reason(error)}") from None
    if not data:
        raise ModelError(f"{path}: is empty")
    return data
