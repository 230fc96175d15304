"""A picture as Mermaid text, which many code hosts and editors draw by themselves."""

import re
import textwrap
from collections.abc import Iterator

from voice_skill.pages.text import printable
from voice_skill.review.graph import RED_FLAGS, Box, Edge, End, Picture

WIDTH = 46
"""Letters in a line of a box."""
_PLAIN = frozenset(" .,?!'/=_+-")
_MARKDOWN = re.compile(r"^[-+=]|(?<=^\d)\.|(?<=^\d\d)\.|(?<![^\W_])_|_(?![^\W_])")
"""Signs that make a list or stress of a line."""
_ARROWS = {"way_on": "-->", "rule": "-.->", "red_flag": "==>"}


def to_mermaid(picture: Picture) -> str:
    """The picture as the text of a Mermaid flowchart."""
    return "\n".join(_lines(picture)) + "\n"


def safe(text: str) -> str:
    """Text for a label in quotes: all that Mermaid might read as its own is a code."""
    plain = printable(text)
    marks = {found.start() for found in _MARKDOWN.finditer(plain)}
    return "".join(
        letter if (letter.isalnum() or letter in _PLAIN) and at not in marks else f"#{ord(letter)};"
        for at, letter in enumerate(plain)
    )


def _lines(picture: Picture) -> Iterator[str]:
    yield "flowchart LR"
    yield f"  %% {safe(picture.title)}"
    yield f'  legend["{_label(picture.title, *picture.legend)}"]:::words'
    for group in picture.groups:
        yield f'  subgraph {group.id}["{safe(group.title)}"]'
        yield "    direction TB"
        yield from (f"    {_box(box)}" for box in group.boxes)
        yield "  end"
    yield from (f"  {_end(end)}" for end in picture.ends)
    yield from (f"  {_edge(edge)}" for edge in picture.edges)
    yield "  classDef words text-align:left,stroke-dasharray:4"
    yield "  classDef walked stroke-width:5px,font-weight:bold"
    strong = [str(n) for n, edge in enumerate(picture.edges) if edge.walked]
    if strong:
        yield f"  linkStyle {','.join(strong)} stroke-width:5px"


def _label(*lines: str) -> str:
    parts = (part for line in lines for part in textwrap.wrap(line, WIDTH))
    return "<br/>".join(safe(part) for part in parts)


def _box(box: Box) -> str:
    if box.walked is None:
        return f'{box.id}["{_label(box.name, *box.lines)}"]'
    return f'{box.id}["{_label(box.name, *box.lines, box.walked)}"]:::walked'


def _end(end: End) -> str:
    words = [end.care, end.time_frame, *(["this session"] if end.walked else [])]
    opening, closing = ("[[", "]]") if end.care in RED_FLAGS else ("([", "])")
    mark = ":::walked" if end.walked else ""
    return f'{end.id}{opening}"{_label(*words)}"{closing}{mark}'


def _edge(edge: Edge) -> str:
    label = f'|"{_label(" ".join(edge.labels))}"|' if edge.labels else ""
    return f"{edge.source} {_ARROWS[edge.kind]}{label} {edge.target}"
