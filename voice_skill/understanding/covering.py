"""Whether what was heard is an answer: made of whole phrases, and not yet going on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from voice_skill.understanding.courtesies import NO_COURTESIES, Courtesies
from voice_skill.understanding.grammar import HESITATION, GrammarPhrase
from voice_skill.understanding.text import unechoed

Completeness = Literal["complete", "extendable", "partial", "none"]
Words = tuple[str, ...]
ASIDES_PER_ANSWER = 3
PHRASES_PER_ANSWER = 2
"""An answer is at most so many phrases in a row ("no, not at all"). Strangers' talk, forced into
the grammar's words, comes out as a chain of fragments and is told by that."""


@dataclass(frozen=True)
class GrammarIndex:
    """Tells whether a partial hypothesis is a whole answer and whether it could go on."""

    whole: frozenset[Words]
    begun: frozenset[Words]
    hesitations: frozenset[Words] = frozenset()
    courtesies: Courtesies = NO_COURTESIES

    @classmethod
    def from_phrases(
        cls, phrases: Iterable[GrammarPhrase], courtesies: Courtesies = NO_COURTESIES
    ) -> "GrammarIndex":
        """Index phrases by all of their beginnings; decoys are no answers."""
        kept = [(tuple(p.text.split()), p.origin) for p in phrases if p.origin != "decoys"]
        whole = {words for words, origin in kept if origin != HESITATION}
        begun = {words[:size] for words, _ in kept for size in range(1, len(words))}
        pauses = {words for words, origin in kept if origin == HESITATION}
        return cls(frozenset(whole), frozenset(begun), frozenset(pauses), courtesies)

    def covers(self, text: str) -> bool:
        """Whether a hypothesis is made of at most so many whole phrases, with hesitations before
        and courtesies around them. Who ends in "um" has not done yet."""
        words = unechoed(tuple(text.split()))
        return not words or self._covers(words, PHRASES_PER_ANSWER, ASIDES_PER_ANSWER)

    def _covers(self, words: Words, phrases: int, asides: int) -> bool:
        if not words:
            return phrases < PHRASES_PER_ANSWER
        begun = phrases < PHRASES_PER_ANSWER
        beside = self.courtesies.after if begun else self.courtesies.before
        parts = ((words[:size], words[size:]) for size in range(1, len(words) + 1))
        return any(
            (phrases > 0 and part in self.whole and self._covers(rest, phrases - 1, asides))
            or (
                asides > 0
                and (part in beside or (rest and part in self.hesitations))
                and self._covers(rest, phrases, asides - 1)
            )
            for part, rest in parts
        )

    def completeness(self, text: str) -> Completeness:
        """complete: nothing longer begins so. extendable: whole, but may go on."""
        words = self.said(tuple(text.split()))
        if words in self.whole:
            return "extendable" if words in self.begun else "complete"
        if self.courtesies.without_after(words) in self.whole:
            return "extendable"
        return "partial" if words in self.begun or (text and not words) else "none"

    def said(self, words: Words) -> Words:
        """The words without the hesitations and courtesies before them."""
        for size in range(len(words), 0, -1):
            if words[:size] in self.hesitations or words[:size] in self.courtesies.before:
                return self.said(words[size:])
        return words
