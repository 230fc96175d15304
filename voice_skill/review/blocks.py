"""What a printable document is made of, apart from how it is written."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. strong: what a reader must not miss."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """A table whose first column names its rows. Lines of a cell are parted by newlines."""

    caption: str
    heads: tuple[str, ...]
    rows: Rows


@dataclass(frozen=True)
class Form:
    """Lines to be filled in by hand."""

    caption: str
    lines: tuple[str, ...]


Block = Heading | Paragraph | Table | Form


@dataclass(frozen=True)
class Document:
    """A whole document. running: the line at the head of every printed page.

    summary: a page at a glance, shown in front of the content and no part of it.
    """

    title: str
    language: str
    running: str
    blocks: tuple[Block, ...]
    summary: tuple[Block, ...] = ()

    @property
    def head(self) -> tuple[Block, ...]:
        """The blocks of the title page: all before the first heading below the title."""
        below = (n for n, b in enumerate(self.blocks) if isinstance(b, Heading) and b.level > 1)
        return self.blocks[: next(below, len(self.blocks))]

    @property
    def body(self) -> tuple[Block, ...]:
        """All blocks after the title page."""
        return self.blocks[len(self.head) :]


def facts(caption: str, pairs: Iterable[tuple[str, str]]) -> Table:
    """A table of names and values without the empty ones."""
    return Table(caption, ("What", "Text"), tuple((n, text) for n, text in pairs if text))


def named(caption: str, name: str, text: str, items: Mapping[str, str]) -> Table:
    """A table of a mapping."""
    return Table(caption, (name, text), tuple(items.items()))


def lines(items: Iterable[str]) -> str:
    """Several texts in one cell."""
    return "\n".join(items)


def digest(blocks: Iterable[Block]) -> str:
    """A mark that changes with any letter of the content, so that a signature means one text."""
    return hashlib.sha256(repr(tuple(blocks)).encode()).hexdigest()[:16]
