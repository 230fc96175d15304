"""The document as one HTML page: for screen readers, for small screens and for paper."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from voice_skill.pages.render import render
from voice_skill.review.blocks import Block, Document, Form, Heading, Paragraph

IN_CONTENTS = (2, 3, 4)
"""Levels of the headings that the table of contents holds."""
_TAKEN = ("content", "contents")
"""Names that the page itself uses."""


@dataclass
class Item:
    """A line of the table of contents, with those below it."""

    text: str
    anchor: str
    level: int
    below: list["Item"] = field(default_factory=list)


def to_html(document: Document) -> str:
    """The whole page. It loads nothing and runs nothing."""
    names = _Anchors()
    shown = [block for block in document.head if not isinstance(block, Heading)]
    body = [_part(block, names) for block in document.body]
    summary = [_part(block, names) for block in document.summary]
    return render(
        "review.html",
        title=document.title,
        document=document,
        head=[_part(block, names) for block in shown],
        summary=summary,
        first=summary[0]["anchor"] if summary else "contents",
        contents=contents(body),
        body=body,
    )


class _Anchors:
    """Names for headings, each once."""

    def __init__(self) -> None:
        self.taken = set(_TAKEN)

    def name(self, text: str) -> str:
        """A name out of plain letters, with a number where it is taken."""
        plain = re.sub(r"[^a-z0-9_]+", "-", text.lower()).strip("-") or "part"
        plain = plain if plain[0].isalpha() else f"part-{plain}"
        found, number = plain, 2
        while found in self.taken:
            found, number = f"{plain}-{number}", number + 1
        self.taken.add(found)
        return found


def _part(block: Block, names: _Anchors) -> dict[str, Any]:
    """A block as the template takes it."""
    if isinstance(block, Heading):
        return {"kind": "heading", "anchor": names.name(block.text), **asdict(block)}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", **asdict(block)}
    return {"kind": "form" if isinstance(block, Form) else "table", **asdict(block)}


def contents(parts: Iterable[dict[str, Any]]) -> Sequence[Item]:
    """The headings, those of a deeper level below those before them."""
    top = Item("", "", IN_CONTENTS[0] - 1)
    open_ = [top]
    for part in parts:
        if part["kind"] == "heading" and part["level"] in IN_CONTENTS:
            item = Item(part["text"], part["anchor"], part["level"])
            while open_[-1].level >= item.level:
                open_.pop()
            open_[-1].below.append(item)
            open_.append(item)
    return top.below
