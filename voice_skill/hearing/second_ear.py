"""A second, open ear: it writes down what was said, not held against one question's grammar.

What it writes is judged by the same understanding as typed words, and of itself settles nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Question:
    """What an utterance answers. sentences: what may be said to it, made when first needed."""

    name: str
    text: str
    sentences: Callable[[], Sequence[str]]


class SecondEar(Protocol):
    """An open recogniser for one whole utterance at a time."""

    def hear(self, pcm: bytes, question: Question) -> tuple[str, float]:
        """The words and how sure it is, 0..1; "" where it heard none or was not done in time.

        pcm: 16 kHz mono, 16 bit.
        """
