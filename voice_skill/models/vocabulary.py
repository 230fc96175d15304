"""The words that a model can hear."""

from collections.abc import Iterable
from pathlib import Path

from voice_skill.errors import ModelError

UNKNOWN = "[unk]"


def vocabulary(folder: Path) -> frozenset[str]:
    """All words of a model. Raises ModelError where the list cannot be read."""
    try:
        lines = (folder / "graph" / "words.txt").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ModelError(f"{folder}/graph/words.txt cannot be read; install it again") from None
    return frozenset(line.split()[0] for line in lines if line.strip())


def speakable(phrases: Iterable[str], words: frozenset[str]) -> tuple[list[str], dict[str, str]]:
    """The phrases that the model can hear, and for each of the others its first missing word."""
    heard: list[str] = []
    missing: dict[str, str] = {}
    for phrase in phrases:
        lacking = next((word for word in phrase.split() if word not in words), None)
        if lacking is None:
            heard.append(phrase)
        else:
            missing[phrase] = lacking
    return heard, missing
