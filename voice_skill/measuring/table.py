"""The figures for people: a table, a picture, one JSON file."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from voice_skill.errors import UsageError
from voice_skill.measuring.hearing import Row


def as_text(rows: Sequence[Row]) -> str:
    """A Markdown table, and the worst confusions under it."""
    lines = [
        "| system | task | condition | right | 95 % | strangers taken | yes as no | speed |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for r in rows:
        share = r.right / r.samples if r.samples else 0.0
        lines.append(
            f"| {r.system} | {r.task} | {r.condition} | {share:.1%} ({r.right} of {r.samples}) | "
            f"{r.low:.0%}-{r.high:.0%} | {r.accepted} | {r.yes_as_no} | {r.speed:.3f} |"
        )
    memory = {r.system: r.memory_mb for r in rows}
    lines.append("")
    lines += [f"{name}: {size:.0f} MB of memory" for name, size in memory.items()]
    for r in rows:
        if r.confused and r.condition == "quiet":
            pairs = ", ".join(f"{a or 'talk'} as {b or 'nothing'} {n}" for a, b, n in r.confused)
            lines.append(f"{r.system}, {r.task}: {pairs}")
    return "\n".join(lines)


def write_json(rows: Sequence[Row], path: Path) -> None:
    """All figures as one JSON list."""
    path.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")


def draw(rows: Sequence[Row], path: Path) -> None:
    """Bars of the share right with their intervals: a group for each task and condition."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise UsageError("a picture needs matplotlib: pip install -e '.[bench]'") from None
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
    figure.savefig(path, dpi=130)
