"""A picture in Graphviz's language, and the pictures that its `dot` makes of it."""

import shutil
import subprocess
import textwrap
from collections.abc import Iterator
from typing import Literal

from voice_skill.drawing.graph import RED_FLAGS, Box, Edge, End, Group, Picture
from voice_skill.errors import DrawingError

WIDTH = 46
"""Letters in a line of a box."""
TIME_LIMIT_SECONDS = 120
_HINT = (
    "install it (Debian: sudo apt install graphviz; macOS: brew install graphviz), "
    "or write Mermaid text instead: -o FILE.mmd"
)


def render(text: str, form: Literal["svg", "png"]) -> bytes:
    """The picture that Graphviz makes. Raises DrawingError where it cannot."""
    program = shutil.which("dot")
    if program is None:
        raise DrawingError(f"Graphviz's dot is not installed; {_HINT}")
    try:
        done = subprocess.run([program, f"-T{form}"], input=text.encode(), capture_output=True,
                              timeout=TIME_LIMIT_SECONDS, check=True)  # fmt: skip
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise DrawingError(f"Graphviz's dot failed: {told[0]}") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DrawingError(f"Graphviz's dot did not finish: {error}") from None
    return done.stdout


def to_dot(picture: Picture) -> str:
    """The picture as dot text."""
    return "\n".join(_lines(picture)) + "\n"


def quoted(*lines: str) -> str:
    """Lines as one dot string: nothing in it is a command, an escape or an entity."""
    return '"' + "\\n".join(_escaped(line) for line in lines) + '"'


def _escaped(text: str) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return plain.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')


def _lines(picture: Picture) -> Iterator[str]:
    yield "digraph dialog {"
    yield "  rankdir=LR; ranksep=3.2; nodesep=0.18; newrank=true; charset=\"UTF-8\";"
    yield '  fontname="Helvetica"; fontsize=22; labelloc=t; labeljust=l;'
    yield f"  label={quoted(picture.title, *picture.legend)};"
    yield '  node [shape=box, fontname="Helvetica", fontsize=13, margin="0.12,0.06"];'
    yield '  edge [fontname="Helvetica", fontsize=13];'
    for group in picture.groups:
        yield from _group(group)
    for end in picture.ends:
        yield _end(end)
    yield f"  {{ rank=same; {' '.join(quoted(end.id) + ';' for end in picture.ends)} }}"
    for edge in picture.edges:
        yield _edge(edge)
    yield "}"


def _group(group: Group) -> Iterator[str]:
    yield f"  subgraph {quoted('cluster_' + group.id)} {{"
    yield f"    label={quoted(group.title)}; style=rounded; rank=same;"
    for box in group.boxes:
        yield f"    {_box(box)}"
    yield "  }"


def _box(box: Box) -> str:
    text = [part for line in box.lines for part in textwrap.wrap(line, WIDTH)]
    name = box.name if box.walked is None else f"{box.name}  =>  {box.walked}"
    style = "" if box.walked is None else ', penwidth=4, fontname="Helvetica-Bold"'
    return f"{quoted(box.id)} [label={quoted(name, *text)}{style}];"


def _end(end: End) -> str:
    strong = ", peripheries=3" if end.care in RED_FLAGS else ""
    style = ", penwidth=4" if end.walked else ""
    lines = [end.care, *textwrap.wrap(end.time_frame, 18)]
    lines += ["(this session)"] if end.walked else []
    return (
        f"  {quoted(end.id)} [shape=ellipse, fontsize=22, label={quoted(*lines)}"
        f"{strong}{style}];"
    )


def _edge(edge: Edge) -> str:
    return "  -> ".join([f"  {quoted(edge.source)}", f"{quoted(edge.target)} [{_look(edge)}];"])


def _look(edge: Edge) -> str:
    label = quoted(*textwrap.wrap(" ".join(edge.labels), 30))
    parts = [f"label={label}"] if edge.labels else []
    if edge.kind == "way_on" and not edge.labels:
        parts.append("constraint=false")
    if edge.kind == "red_flag":
        parts.append('color="black:invis:black"')
    width = {"way_on": 0.7, "rule": 1.0, "red_flag": 2.0}[edge.kind]
    parts.append(f"penwidth={width + 3 if edge.walked else width}")
    return ", ".join(parts)
