"""The shape of what is said freely: its parts, whether all of it can be read, what is repeated."""

import re
from itertools import pairwise

Words = tuple[str, ...]
_ENDS = re.compile(r"[.,;:!?\u2026]+(?=\s|$)|[\n\u2013\u2014]+|\s-+(?=\s)")
_READABLE = re.compile(r"[\sa-z'\u2018\u2019\"\u201c\u201d-]*", re.IGNORECASE | re.ASCII)
_FIGURES = re.compile(r"(?<!\S)\d{1,2}(?!\S)")
MAX_REPEATED = 4
"""So many words that are said again at once are taken for one saying."""
_LONG, _HUM = re.compile(r"([a-z])\1{2,}"), re.compile(r"([a-z])\1+")


def parts_of(text: str) -> list[str]:
    """The text between marks: "no, pain" is not "no pain"."""
    return [part.strip() for part in _ENDS.split(text) if part.strip()]


def readable(part: str) -> bool:
    """Whether it is nothing but words in letters that are known, and whole figures by themselves.

    Marks within figures, as in "7/10", other alphabets and signs may turn what they stand beside.
    """
    return _READABLE.fullmatch(_FIGURES.sub("", part)) is not None


def shortened(words: Words) -> Words:
    """Without letters that are drawn out: "whoaaa", "niiice"; of a hum two are left."""
    return tuple(word[:2] if _HUM.fullmatch(word) else _LONG.sub(r"\1", word) for word in words)


def unrepeated(words: Words) -> Words:
    """Without what is said again at once: "stop stop stop", "hold on hold on"."""
    kept: list[str] = []
    for word in words:
        kept.append(word)
        for size in range(1, min(MAX_REPEATED, len(kept) // 2) + 1):
            if kept[-size:] == kept[-2 * size : -size]:
                del kept[-size:]
                break
    return tuple(kept)


def counted(figures: list[int]) -> bool:
    """Whether these are the numbers of somebody who counts along, up or down."""
    steps = {after - before for before, after in pairwise(figures)}
    return bool(figures) and (not steps or steps in ({1}, {-1}))
