"""The diary for people and for tables: text and CSV."""

import csv
import io
from collections.abc import Sequence

from voice_skill.diary.entry import Entry

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What begins a formula in some spreadsheet."""
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
