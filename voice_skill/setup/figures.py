"""An emergency number in words or figures: all of what was said, so "not one one two" is none."""

import re
from collections.abc import Iterable

from voice_skill.setup.wording import SetupFile
from voice_skill.understanding.templates import expand

_FIGURES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_WORD = re.compile(r"[a-z']+|[0-9]|[^\sa-z0-9]+")


def number_in(file: SetupFile, text: str) -> str | None:
    """The number that was said, or None where anything else was said too."""
    said = _words(text)
    around = [(), *(_words(p) for t in file.around_number for p in expand(t))]
    for number, known in file.numbers.items():
        ways = {_words(number), *(_words(p) for t in known.heard for p in expand(t))}
        if any((*before, *way) == said for before in around for way in ways):
            return number
    return None


def _words(text: str) -> tuple[str, ...]:
    """Words and single figures, these as words; dots and dashes between figures are nothing."""
    found: Iterable[str] = _WORD.findall(text.lower())
    named = (_FIGURES[int(word)] if word.isdigit() else word for word in found)
    return tuple(word for word in named if word not in (".", ",", "-", "!", "?"))
