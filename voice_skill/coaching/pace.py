"""How long things take: speech by its words, counting by its tempo."""

from collections.abc import Iterable

SECONDS_PER_WORD = 0.39
"""At the voice's usual 155 words a minute."""
SECONDS_PER_LINE = 0.3
TEMPOS = (0.7, 0.85, 1.0, 1.25, 1.5, 2.0)
"""Factors on the time of a rep: above one is slower."""
USUAL = TEMPOS.index(1.0)
ANSWER_SECONDS = 10.0
"""How long an answer is waited for: someone who moves and breathes hard needs time."""
PAUSE_SECONDS = 300.0
"""After so long in a pause the coach asks whether anybody is there."""


def speech_seconds(lines: Iterable[str]) -> float:
    """How long it takes to say these sentences."""
    return sum(SECONDS_PER_LINE + SECONDS_PER_WORD * len(line.split()) for line in lines)
