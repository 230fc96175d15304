"""The figures for people: a table, a picture, one JSON file."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from voice_skill.errors import UsageError
from voice_skill.lab.bench.hearing import Figures, Row
from voice_skill.lab.bench.red_flag import RedFlag


def as_text(found: Sequence[Figures]) -> str:
    """Markdown tables, and the worst confusions under them."""
    rows = [row for figures in found for row in figures.rows]
    lines = [
        "| system | task | condition | right | 95 % | strangers taken | yes as no | speed |",
        "|---|---|---|---|---|---|---|---|",
        *map(_row, rows),
        "",
        "| system | said to a safety question | condition | as yes | yes, to confirm | as no | "
        "no, to confirm |",
        "|---|---|---|---|---|---|---|",
        *(_red_flag(row) for figures in found for row in figures.red_flags),
        "",
        *(line for figures in found for line in _cost(figures)),
    ]
    for r in rows:
        if r.confused and r.condition == "quiet":
            pairs = ", ".join(f"{a or 'talk'} as {b or 'nothing'} {n}" for a, b, n in r.confused)
            lines.append(f"{r.system}, {r.task}: {pairs}")
    return "\n".join(lines)


def _row(r: Row) -> str:
    share = r.right / r.samples if r.samples else 0.0
    return (
        f"| {r.system} | {r.task} | {r.condition} | {share:.1%} ({r.right} of {r.samples}) | "
        f"{r.low:.0%}-{r.high:.0%} | {r.accepted} | {r.yes_as_no} | {r.speed:.3f} |"
    )


def _red_flag(r: RedFlag) -> str:
    return (
        f"| {r.system} | {r.said} ({r.spoken}) | {r.condition} | {r.as_yes} | {r.yes_to_confirm} | "
        f"{r.as_no} | {r.no_to_confirm} |"
    )


def _cost(figures: Figures) -> Iterator[str]:
    cost, prompt = figures.footprint, figures.promptness
    if cost is not None:
        yield (
            f"{figures.system}: {cost.disk_mb:.1f} MB on disk, {cost.memory_mb:.0f} MB of memory, "
            f"loaded in {cost.load_seconds:.2f} s"
        )
    if prompt is not None:
        yield (
            f"{figures.system}: the partial is right {prompt.median_ms:.0f} ms after a word's end "
            f"(median; p95 {prompt.p95_ms:.0f} ms; {prompt.heard} words)"
        )


def json_of(found: Sequence[Figures]) -> str:
    """All figures as one JSON list, an object a system."""
    return json.dumps([asdict(figures) for figures in found], indent=1)


def write_json(found: Sequence[Figures], path: Path) -> None:
    """All figures into a file."""
    try:
        path.write_text(json_of(found) + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from None


def draw(found: Sequence[Figures], path: Path) -> None:
    """Bars of the share right with their intervals: a group for each task and condition."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise UsageError("a picture needs matplotlib: pip install -e '.[bench]'") from None
    rows = [row for figures in found for row in figures.rows]
    places = list(dict.fromkeys((row.task, row.condition) for row in rows))
    systems = list(dict.fromkeys(row.system for row in rows))
    figure = Figure(figsize=(1.2 * len(places) + 3, 4.5), layout="constrained")
    axes = figure.subplots()
    for number, system in enumerate(systems):
        own = {(row.task, row.condition): row for row in rows if row.system == system}
        shares = [own[p].right / max(own[p].samples, 1) for p in places]
        below = [max(0.0, s - own[p].low) for s, p in zip(shares, places, strict=True)]
        above = [max(0.0, own[p].high - s) for s, p in zip(shares, places, strict=True)]
        width = 0.8 / len(systems)
        at = [k + number * width for k in range(len(places))]
        hatch = ("", "//", "..", "xx")[number % 4]
        axes.bar(at, shares, width, yerr=(below, above), label=system, hatch=hatch, capsize=2)
    axes.set_xticks([k + 0.4 for k in range(len(places))], [f"{t}\n{c}" for t, c in places])
    axes.tick_params(axis="x", labelsize=7)
    axes.set_ylabel("share right (strangers: refused)")
    axes.set_ylim(0, 1.02)
    axes.legend(loc="lower left")
    try:
        figure.savefig(path, dpi=130)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from None
