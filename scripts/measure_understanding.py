"""How answers are understood: the rows of tests/understanding/rows, and the time of an answer.

python scripts/measure_understanding.py

`unseen.tsv` was written by somebody who knew neither code nor words, and no word was chosen by it.
"""

import csv
import statistics
import time
from collections import Counter
from pathlib import Path

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import ChoiceField, reassuring
from voice_skill.paths import dialog_folder
from voice_skill.understanding.understander import Understander

ROWS = Path(__file__).parent.parent / "tests" / "understanding" / "rows"
DIALOG = Dialog.from_folder(dialog_folder())
UNDERSTANDER = Understander.from_dialog(DIALOG)
times: list[float] = []


def rows(name: str) -> list[dict[str, str]]:
    with (ROWS / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def verdict(field: str, text: str, wanted: str) -> str:
    """right, asked, alarm (a graver or another value), or reassured (a milder one)."""
    begun = time.perf_counter()
    meaning = UNDERSTANDER.interpret(field, text)
    times.append(time.perf_counter() - begun)
    asked, value = DIALOG.fields[field], meaning.value
    accepts = DIALOG.stage_of[field].hedged_no == "accept" and meaning.reason == "hedged_no"
    counts = meaning.outcome == "match" or accepts
    if counts and wanted.startswith("yes-ish"):
        return "reassured" if value == reassuring(asked) else "right"
    if wanted == "unsure":
        return "asked" if not counts else "reassured" if value == reassuring(asked) else "alarm"
    wanted = wanted.removeprefix("value:")
    if counts and str(value) == wanted:
        return "right"
    if not counts:
        return (
            "right"
            if meaning.outcome == wanted
            else "asked"
            if meaning.outcome != "danger"
            else "alarm"
        )
    if isinstance(asked, ChoiceField) and wanted in asked.values:
        order = list(asked.values)
        return "reassured" if order.index(str(value)) < order.index(wanted) else "alarm"
    return "reassured" if value == reassuring(asked) else "alarm"


def main() -> None:
    """Print a line for each file and kind."""
    for name in ("answers.tsv", "ordinary.tsv", "unseen.tsv"):
        count: Counter[tuple[str, str]] = Counter()
        for row in rows(name):
            kind, wanted = row.get("kind", "ord"), row.get("expected") or row["value"]
            count[kind, verdict(row["field"], row["text"], wanted)] += 1
        for kind in ("ord", "grave", "danger"):
            found = {v: n for (k, v), n in sorted(count.items()) if k == kind}
            print(
                f"{name} {kind}: {sum(found.values())}, {found}" if found else "",
                end="\n" if found else "",
            )
    trap = [verdict(row["field"], row["text"], "yes-ish") for row in rows("traps.tsv")]
    print(f"traps.tsv: {len(trap)}, {trap.count('reassured')} reassured")
    print(f"median {statistics.median(times) * 1000:.2f} ms, p95 "
          f"{sorted(times)[int(len(times) * 0.95)] * 1000:.2f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
