"""The document as Markdown, as code hosts and printers of Markdown read it."""

import re
from collections.abc import Iterator

from voice_skill.pages.text import printable
from voice_skill.review.blocks import Block, Document, Form, Heading, Paragraph, Table

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$!])")
_AT_START = re.compile(r"^(\d*)([-+=.)])")
BLANK = "\\_" * 30


def to_markdown(document: Document) -> str:
    """The whole document."""
    blocks = (*document.head, *document.summary, *document.body)
    parts = ("\n".join(_block(block)) for block in blocks)
    return "\n\n".join((safe(document.running), *parts)) + "\n"


def safe(text: str) -> str:
    """Text in which nothing is markup."""
    return _AT_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", printable(text).strip()))


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {safe(block.text)}"
    elif isinstance(block, Paragraph):
        yield f"**{safe(block.text)}**" if block.strong else safe(block.text)
    elif isinstance(block, Table):
        yield from _table(block)
    else:
        yield from _form(block)


def _table(table: Table) -> Iterator[str]:
    yield f"**{safe(table.caption)}**"
    yield ""
    yield _row(table.heads)
    yield _row(("---",) * len(table.heads), raw=True)
    yield from (_row(row) for row in table.rows)


def _row(cells: tuple[str, ...], raw: bool = False) -> str:
    shown = cells if raw else tuple(map(_cell, cells))
    return f"| {' | '.join(shown)} |"


def _cell(text: str) -> str:
    return "<br>".join(safe(line) for line in text.split("\n"))


def _form(form: Form) -> Iterator[str]:
    yield f"**{safe(form.caption)}**"
    for line in form.lines:
        yield ""
        yield f"{safe(line)}: {BLANK}"
