"""How far a "no" reaches: whether words that stand before a sign deny it."""

from dataclasses import dataclass

from voice_skill.dialog.words import Signs
from voice_skill.understanding.language import Language
from voice_skill.understanding.pattern import Rule, Run
from voice_skill.understanding.text import BOUNDARY, Tokens


@dataclass(frozen=True)
class Scope:
    """Negation in one language.

    negators deny what follows in the same clause; pseudo only seems to; a contrast ends a clause.
    clause_starts begin a clause after a lone "no"; subjects begin one after "I don't";
    yes_words begin a plain yes. A denial that ends in an `undoing` word may undo what follows
    ("I don't, no pain"); one that ends in a `halting` word too, if that is no denial itself.
    """

    negators: frozenset[str]
    pseudo: Rule
    contrast: frozenset[str]
    clause_starts: frozenset[str]
    subjects: frozenset[str]
    yes_words: frozenset[str]
    undoing: frozenset[str]
    halting: frozenset[str]

    @classmethod
    def of(cls, signs: Signs, language: Language) -> "Scope":
        """From the words of a language. Raises DialogError on a bad template."""
        return cls(
            frozenset(signs.negators),
            Rule.of(signs.pseudo_negation, language),
            frozenset(signs.contrast),
            frozenset(signs.clause_starts),
            frozenset(signs.subjects),
            frozenset(signs.yes_words),
            frozenset(signs.undoing),
            frozenset(signs.halting),
        )

    def clauses(self, words: Tokens) -> list[tuple[int, int]]:
        """start, end of each clause: cut at the ends of sentences and before words of contrast."""
        found, start = [], 0
        for at, word in enumerate(words):
            if word == BOUNDARY or word in self.contrast:
                if at > start:
                    found.append((start, at))
                start = at + 1
        if start < len(words):
            found.append((start, len(words)))
        return found

    def denied(self, words: Tokens, start: int, end: int) -> bool:
        """Whether a negator stands in words start..end-1 that does not only seem to deny."""
        run, at = Run(words, {}), start
        while at < end:
            apparent = self.pseudo.ends(run, at)
            if apparent:
                at = max(apparent)
            elif words[at] in self.negators:
                return True
            else:
                at += 1
        return False

    def apparent(self, words: Tokens, at: int) -> bool:
        """Whether what begins at `at` only seems to deny: "no end of"."""
        return bool(self.pseudo.ends(Run(words, {}), at))

    def before(self, words: Tokens, at: int) -> int:
        """Where the clause that holds the word at `at` begins."""
        while at > 0 and words[at - 1] != BOUNDARY and words[at - 1] not in self.contrast:
            at -= 1
        return at
