"""The document as one HTML page: for screen readers, for small screens and for paper."""

import html
from collections.abc import Iterator

from voice_skill.review.blocks import Block, Document, Form, Heading, Paragraph, Table
from voice_skill.review.words import printable

_STYLE = """
body { font: 16px/1.45 sans-serif; color: #000; background: #fff; max-width: 60em;
  margin: 1em auto; padding: 0 1em; }
table { border-collapse: collapse; width: 100%; margin: 1em 0; }
caption { text-align: left; font-weight: bold; padding: .3em 0; }
th, td { border: 1px solid #444; padding: .3em .5em; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
tbody th { width: 12em; font-weight: 600; }
td.blank { height: 3em; }
p.strong { font-weight: bold; border: 3px solid #000; padding: .5em; }
@media print {
  body { font-size: 10pt; max-width: none; margin: 0; padding: 0; }
  h1, h2, h3, h4, caption { break-after: avoid; }
  h2 { break-before: page; }
  tr { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""


def to_html(document: Document) -> str:
    """The whole page. It loads nothing and runs nothing."""
    body = "\n".join(line for block in document.blocks for line in _block(block))
    return f"""<!DOCTYPE html>
<html lang="{html.escape(document.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_safe(document.title)}</title>
<style>{_STYLE}@page {{ size: A4; margin: 20mm 15mm;
  @top-left {{ content: {_css(document.running)}; font: 8pt sans-serif; }}
  @bottom-left {{ content: "Information, not a diagnosis"; font: 8pt sans-serif; }}
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); font: 8pt sans-serif; }}
}}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def _safe(text: str) -> str:
    return html.escape(printable(text))


def _css(text: str) -> str:
    """Text as a CSS string: every letter that is no plain one by its number."""
    return '"' + "".join(x if x.isalnum() or x in " .,-" else f"\\{ord(x):06x}" for x in text) + '"'


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h{block.level}>{_safe(block.text)}</h{block.level}>"
    elif isinstance(block, Paragraph):
        mark = ' class="strong"' if block.strong else ""
        yield f"<p{mark}>{_safe(block.text)}</p>"
    elif isinstance(block, Table):
        yield from _table(block)
    else:
        yield from _form(block)


def _table(table: Table) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{_safe(head)}</th>' for head in table.heads)
    yield f"<table><caption>{_safe(table.caption)}</caption>"
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for first, *rest in table.rows:
        cells = "".join(f"<td>{_cell(cell)}</td>" for cell in rest)
        yield f'<tr><th scope="row">{_cell(first)}</th>{cells}</tr>'
    yield "</tbody></table>"


def _cell(text: str) -> str:
    return "<br>".join(_safe(line) for line in text.split("\n"))


def _form(form: Form) -> Iterator[str]:
    yield f"<table><caption>{_safe(form.caption)}</caption>"
    heads = '<th scope="col">Asked</th><th scope="col">To fill in by hand</th>'
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for line in form.lines:
        yield f'<tr><th scope="row">{_safe(line)}</th><td class="blank"></td></tr>'
    yield "</tbody></table>"
