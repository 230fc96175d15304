"""A model's card: what it was made from, and what was measured. Nothing in it is written by hand.

`python -m models.recipe.card MODEL --figures FILE` takes over what `voice-skill bench hearing
--part test --json FILE` measured.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from models.recipe.corpus import Recording
from models.recipe.settings import Settings
from voice_skill.errors import UsageError

CARD = "card.json"
_WORDS = "thirty words"


def write_card(
    folder: Path,
    settings: Settings,
    recordings: Mapping[str, Sequence[Recording]],
    hours: Mapping[str, float],
    weights: int,
    words: int,
) -> None:
    """What the model was made from: hours with altered copies, numbers of weights and words.

    Measurements come later.
    """
    card = {
        "name": folder.name,
        "language": "en-us",
        "licence": "Apache-2.0",
        "accuracy": "not measured",
        "format": "Vosk 0.3.45 (Kaldi nnet3, HCLr + Gr lookahead graph, runtime grammars)",
        "weights": weights,
        "words": words,
        "batches": settings.batches,
        "seed": settings.seed,
        "hours_with_altered_copies": dict(hours),
        "recordings": {kind: _counts(items) for kind, items in recordings.items()},
        "measured": [],
    }
    _write(folder, card)


def _counts(items: Sequence[Recording]) -> dict[str, dict[str, int]]:
    clips = Counter(item.kind for item in items)
    speakers = Counter(kind for kind, _ in {(item.kind, item.speaker) for item in items})
    return {kind: {"clips": clips[kind], "speakers": speakers[kind]} for kind in sorted(clips)}


def add_figures(folder: Path, figures: Path) -> None:
    """Take over what was measured. Raises UsageError where a file is not what it should be."""
    try:
        card: dict[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))
        measured = json.loads(figures.read_text(encoding="utf-8"))
        rows = [row for system in measured for row in system["rows"]]
        ours = next(row for row in measured[0]["rows"]
                    if (row["task"], row["condition"]) == (_WORDS, "quiet"))  # fmt: skip
    except (OSError, ValueError, KeyError, IndexError, StopIteration, TypeError) as error:
        raise UsageError(f"{figures}: not figures of bench hearing ({error!r})") from None
    for row in rows:
        row.pop("confused", None)
    share = ours["right"] / ours["samples"]
    card["accuracy"] = (
        f"{share:.1%} of thirty words in a closed grammar ({ours['samples']} recordings, "
        f"{ours['low']:.0%}-{ours['high']:.0%})"
    )
    card["measured"] = measured
    _write(folder, card)


def _write(folder: Path, card: dict[str, Any]) -> None:
    text = json.dumps(card, indent=1, ensure_ascii=False)
    (folder / CARD).write_text(text + "\n", encoding="utf-8")


def main() -> int:
    """Add figures to a card. The first system in the file is the model itself."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--figures", type=Path, required=True, metavar="FILE")
    options = parser.parse_args()
    try:
        add_figures(options.model, options.figures)
    except UsageError as error:
        print(f"card: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
