"""The words that a model can hear."""

from collections.abc import Iterable
from pathlib import Path

from voice_skill.models.anatomy import read_words

UNKNOWN = "[unk]"


def vocabulary(folder: Path) -> frozenset[str]:
    """All words of a model. Raises ModelError where the list cannot be read."""
    return frozenset(read_words(folder))


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
