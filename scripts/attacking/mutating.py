"""Damaging bytes in ways that happen or that somebody would try, by a seeded generator."""

import random
from collections.abc import Callable

ODD: tuple[bytes, ...] = (
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"9" * 5000, b"-1", b"1e999", b"NaN", b"-",
    b"null", b"[]", b"{}", b"{", b"}", b"{0}", b"{x.__class__}", b"?", b"[" * 3000, b'"', b"'",
    b"\\", b"\n", b"\r\n", b"\t", b"- ", b": ", b"#", b"&a *a", b"!!a", b"%", b"@", b"../../x",
    b"/dev/zero", b"2030-01-01T00:00:00", b"9999-12-31", b"0000-00-00", b"no " * 1500, b"true",
    b"5", b'["event"]', "²".encode(), "٣".encode(), "\u202e\u0301\u200b".encode(), "😀".encode(),
)  # fmt: skip
"""Pieces that are put in."""


def mutated(data: bytes, rng: random.Random) -> tuple[bytes, str]:
    """One to three changes. Returns what came of them and how they are called."""
    names = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        way = rng.choice(_WAYS)
        data = way(data, rng)
        names.append(way.__name__.strip("_"))
    return data, "+".join(names)


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _flip(data: bytes, rng: random.Random) -> bytes:
    if not data:
        return data
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :]


def _drop(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at + rng.choice((1, 3, 20, 500)) :]


def _repeat(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    piece = data[at : at + rng.choice((1, 10, 200))]
    return data[:at] + piece * rng.choice((2, 3, 30)) + data[at:]


def _put_in(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(ODD) + data[at:]


def _replace_word(data: bytes, rng: random.Random) -> bytes:
    words = data.split(b" ")
    words[rng.randrange(len(words))] = rng.choice(ODD)
    return b" ".join(words)


def _swap_lines(data: bytes, rng: random.Random) -> bytes:
    lines = data.split(b"\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _number(data: bytes, rng: random.Random) -> bytes:
    """Four or eight bytes become a huge or negative number, as in a header."""
    at = rng.randrange(len(data) + 1)
    value = rng.choice((-1, 2**31 - 1, 2**62, -(2**63), 0, 1, 255))
    size = rng.choice((4, 8))
    piece = (value % (1 << 8 * size)).to_bytes(size, "little")
    return data[:at] + piece + data[at + size :]


_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut, _flip, _drop, _repeat, _put_in, _replace_word, _swap_lines, _number,
)  # fmt: skip
