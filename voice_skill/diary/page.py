"""The diary for people and for tables: text, CSV, and a page that a screen reader can read."""

import csv
import html
import io
from collections.abc import Sequence

from voice_skill.diary.entry import Entry

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What begins a formula in some spreadsheet."""
WIDTH, HEIGHT, MARGIN = 640, 220, 30
COLUMNS = ("started_at", "care", "activity", "pain", "routine", "outcome", "done", "skipped",
           "morning", "since_rest", "ladder")  # fmt: skip


def to_text(entries: Sequence[Entry]) -> str:
    """A line an entry."""
    return "\n".join(_line(entry) for entry in entries)


def _line(entry: Entry) -> str:
    parts = [entry.started_at[:16].replace("T", " "), entry.care, f"pain {_shown(entry.pain)}"]
    if entry.routine:
        left = f", {len(entry.skipped)} left out" if entry.skipped else ""
        parts.append(f"{entry.routine} to {entry.outcome} ({len(entry.done)} drills{left})")
    if entry.ladder:
        parts.append(f"way back: {entry.ladder}")
    if entry.since_rest:
        parts.append(f"since the rest began: {entry.since_rest}")
    if entry.morning:
        parts.append(f"next morning back to the level: {entry.morning}")
    return "  ".join(parts)


def _shown(value: object) -> str:
    return "not known" if value is None else str(value)


def to_csv(entries: Sequence[Entry]) -> str:
    """A table for other programs."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for entry in entries:
        row = entry.to_json()
        cells = [" ".join(row[c]) if c in ("done", "skipped") else row[c] for c in COLUMNS]
        table.writerow([_plain(cell) for cell in cells])
    return out.getvalue()


def _plain(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    if cell is None:
        return ""
    is_formula = isinstance(cell, str) and cell.startswith(FORMULA)
    return f"'{cell}" if is_formula else cell


def in_words(entries: Sequence[Entry]) -> str:
    """What the plot shows, for those who do not see it."""
    known = [entry for entry in entries if entry.pain is not None]
    if not known:
        return "There is no pain score yet."
    scores = [entry.pain or 0 for entry in known]
    first, last = known[0], known[-1]
    return (
        f"Pain in {len(known)} sessions from {first.started_at[:10]} to {last.started_at[:10]}: "
        f"first {scores[0]}, last {scores[-1]}, lowest {min(scores)}, highest {max(scores)}, "
        "of ten."
    )


def to_html(entries: Sequence[Entry]) -> str:
    """One page without scripts: a plot with its description, and the table."""
    rows = "\n".join(_row(entry) for entry in entries)
    heads = "".join(f'<th scope="col">{name}</th>' for name in
                    ("Day", "Result", "Pain", "Warm-up", "Way back", "Next morning"))  # fmt: skip
    return f"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Back diary</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{{font:18px/1.5 sans-serif;max-width:45em;margin:1em auto;padding:0 1em}}
table{{border-collapse:collapse}}td,th{{border:1px solid #555;padding:.3em .6em;text-align:left}}
svg{{max-width:100%;height:auto}}</style></head>
<body><main><h1>Back diary</h1>
<p>Information, not a diagnosis.</p>
<h2>Pain over the sessions</h2>
{_plot(entries)}
<p>{html.escape(in_words(entries))}</p>
<h2>Sessions</h2>
<table><caption>Each session with its result</caption>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody></table></main></body></html>
"""


def _row(entry: Entry) -> str:
    warm_up = f"{entry.routine} to {entry.outcome}" if entry.routine else "none"
    way_back = entry.ladder or "none"
    cells = (entry.care, _shown(entry.pain), warm_up, way_back, _shown(entry.morning))
    day = html.escape(entry.started_at[:10])
    rest = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{day}</th>{rest}</tr>'


def _plot(entries: Sequence[Entry]) -> str:
    scores = [entry.pain for entry in entries if entry.pain is not None]
    step = (WIDTH - 2 * MARGIN) / max(1, len(scores) - 1)
    rise = (HEIGHT - 2 * MARGIN) / 10
    points = [(MARGIN + i * step, HEIGHT - MARGIN - p * rise) for i, p in enumerate(scores)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in points)
    marks = "".join(
        f'<text x="4" y="{HEIGHT - MARGIN - p * rise + 5:.1f}" font-size="14">{p}</text>'
        for p in (0, 5, 10)
    )
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="plot-title plot-words">'
        f'<title id="plot-title">Pain, nought to ten</title>'
        f'<desc id="plot-words">{html.escape(in_words(entries))}</desc>{marks}'
        f'<polyline points="{line}" fill="none" stroke="#005a9c" stroke-width="2"/>{dots}</svg>'
    )
