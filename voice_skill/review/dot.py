"""A picture in Graphviz's language, and the pictures that its `dot` makes of it."""

import html
import shutil
import subprocess
import textwrap
from collections.abc import Iterator
from typing import Literal

from voice_skill.errors import DrawingError
from voice_skill.pages.text import printable
from voice_skill.review.graph import RED_FLAGS, Box, Edge, End, Group, Picture

FONT = "Helvetica"
WIDTH, LABEL_WIDTH = 46, 34
"""Letters in a line of a box, and of the words at a line."""
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


def told_svg(svg: bytes, picture: Picture) -> bytes:
    """The SVG with a role, a title and words for those who do not see it."""
    words = f"{' '.join(picture.legend)} {' '.join(map(_in_words, picture.groups))}"
    told = (
        f'<title id="picture-title">{safe(picture.title)}</title>'
        f'<desc id="picture-words">{safe(words)}</desc>'
    )
    root = '<svg role="img" aria-labelledby="picture-title picture-words" '
    before, _, rest = svg.decode().partition("<svg ")
    given, _, drawn = rest.partition(">")
    return f"{before}{root}{given}>{told}{drawn}".encode()


def _in_words(group: Group) -> str:
    return f"{group.title}: {', '.join(box.name for box in group.boxes)}."


def to_dot(picture: Picture) -> str:
    """The picture as dot text."""
    return "\n".join(_lines(picture)) + "\n"


def safe(text: str) -> str:
    """Text for a label in angle brackets: nothing in it is markup or a control character."""
    return html.escape(printable(text))


def _name(text: str) -> str:
    """Text as a quoted name; it becomes the title of an SVG."""
    plain = printable(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def _lines(picture: Picture) -> Iterator[str]:
    yield f"digraph {_name(picture.title)} {{"
    yield '  graph [rankdir=LR, ranksep=4, nodesep=0.35, labelloc=t, labeljust=l, charset="UTF-8",'
    yield f'    fontname="{FONT}", fontsize=15, label=<{_title(picture)}>];'
    yield f'  node [shape=plain, fontname="{FONT}", fontsize=13];'
    yield f'  edge [fontname="{FONT}", fontsize=13];'
    yield from (f"  {group.id} [label=<{_table(group)}>];" for group in picture.groups)
    if len(picture.groups) > 1:
        row = " -> ".join(group.id for group in picture.groups)
        yield f"  {{ rank=same; {row} [style=invis] }}"
    home = {box.id: group.id for group in picture.groups for box in group.boxes}
    yield from _ends(picture, home)
    boxes = {box.id: box for group in picture.groups for box in group.boxes}
    yield from (_edge(edge, boxes, home) for edge in picture.edges if _drawn(edge, home))
    yield "}"


def _ends(picture: Picture, home: dict[str, str]) -> Iterator[str]:
    """Each end once beside every stage that leads to it, so that no line runs far."""
    for end in picture.ends:
        ways = [edge for edge in picture.edges if edge.target == end.id]
        for group in dict.fromkeys(home[edge.source] for edge in ways):
            walked = any(edge.walked for edge in ways if home[edge.source] == group)
            yield _end(f"{end.id}_{group}", end, end.walked and walked)
        if not ways:
            yield _end(end.id, end, end.walked)


def _title(picture: Picture) -> str:
    first = f'<FONT POINT-SIZE="24"><B>{safe(picture.title)}</B></FONT>'
    return _left(first, *(safe(line) for line in picture.legend))


def _left(*lines: str) -> str:
    return "".join(f'{line}<BR ALIGN="LEFT"/>' for line in lines)


def _table(group: Group) -> str:
    """A stage: its questions below each other, an arrow from each to the next."""
    rows = f'<TR><TD><FONT POINT-SIZE="20"><B>{safe(group.title)}</B></FONT></TD></TR>'
    rows += "<TR><TD>&#8595;</TD></TR>".join(f"<TR>{_cell(box)}</TR>" for box in group.boxes)
    return f'<TABLE STYLE="ROUNDED" CELLBORDER="0" CELLSPACING="0" CELLPADDING="5">{rows}</TABLE>'


def _cell(box: Box) -> str:
    border = 1 if box.walked is None else 4
    lines = [f"<B>{safe(box.name)}</B>"]
    lines += [safe(part) for line in box.lines for part in textwrap.wrap(line, WIDTH)]
    if box.walked is not None:
        lines.append(f'<B><FONT POINT-SIZE="16">{safe(box.walked)}</FONT></B>')
    return f'<TD PORT="{box.id}" BORDER="{border}" ALIGN="LEFT">{_left(*lines)}</TD>'


def _end(name: str, end: End, walked: bool) -> str:
    lines = [f'<FONT POINT-SIZE="22"><B>{end.care}</B></FONT>']
    lines += [safe(part) for part in textwrap.wrap(end.time_frame, 18)]
    lines += ["<B>this session</B>"] if walked else []
    frames, width = (3 if end.care in RED_FLAGS else 1), (2.5 if walked else 1)
    return (
        f"  {name} [shape=ellipse, peripheries={frames}, penwidth={width}, "
        f"label=<{'<BR/>'.join(lines)}>];"
    )


def _drawn(edge: Edge, home: dict[str, str]) -> bool:
    """Within a stage the arrows of its table show the way on."""
    return home[edge.source] != home.get(edge.target)


def _edge(edge: Edge, boxes: dict[str, Box], home: dict[str, str]) -> str:
    source, target = home[edge.source], home.get(edge.target)
    look = ", ".join(_look(edge, boxes[edge.source].name))
    if target is None:
        return f"  {source}:{edge.source}:e -> {edge.target}_{source} [{look}];"
    return f"  {source} -> {target} [{look}];"


def _look(edge: Edge, name: str) -> Iterator[str]:
    """Weight and strokes tell the kinds of lines apart, never colour."""
    if edge.kind == "red_flag":
        line = "black:black" if edge.walked else "black"
        yield f'penwidth=2, color="{line}:invis:{line}"'
    else:
        yield f"penwidth={4 if edge.walked else 1}"
    if edge.kind == "rule":
        yield "style=dashed"
    if edge.labels:
        wrapped = textwrap.wrap(f"{name}: {' '.join(edge.labels)}", LABEL_WIDTH)
        label = "<BR/>".join(safe(part) for part in wrapped)
        yield f"label=<{f'<B>{label}</B>' if edge.kind == 'red_flag' else label}>"
