"""An utterance as statements and the words that none of them explains.

Of all ways to cut an utterance into statements the one counts that leaves the fewest words
unexplained, then the one with the fewest statements ("no numbness" is one, not a no beside a
numbness), then the one that reassures less.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from voice_skill.understanding.pattern import Ends, Rule, Rules, Run
from voice_skill.understanding.text import BOUNDARY, Tokens

UNEXPLAINED = "unexplained"


@dataclass(frozen=True)
class Statement:
    """Words start..end-1 that mean `kind`: "no", "yes", "finding", "value:both"..."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Parse:
    """The statements of an utterance from left to right, unexplained words among them."""

    words: Tokens
    statements: tuple[Statement, ...]

    def has(self, *kinds: str) -> bool:
        """Whether any statement is of one of these kinds."""
        return any(statement.kind in kinds for statement in self.statements)

    def of(self, *kinds: str) -> tuple[Statement, ...]:
        """The statements of these kinds."""
        return tuple(s for s in self.statements if s.kind in kinds)

    @property
    def left(self) -> Tokens:
        """The words that nothing explains."""
        return tuple(self.words[s.start] for s in self.of(UNEXPLAINED))

    @property
    def explained(self) -> bool:
        """Whether every word is explained."""
        return not self.has(UNEXPLAINED)


@dataclass(frozen=True)
class Parser:
    """Cuts utterances into statements of some kinds.

    kinds: what is looked for, each kind with its rule. gravity: which kind counts where two
    explain the same words: the higher one. open_words: a statement that ends in one wants more.
    """

    kinds: Mapping[str, Rule]
    rules: Rules
    gravity: Mapping[str, int]
    open_words: frozenset[str]

    def parse(self, words: Tokens, spans: Mapping[str, Mapping[int, Ends]] | None = None) -> Parse:
        """The best cut of these words."""
        run = Run(words, self.rules, spans or {})
        size = len(words)
        best: list[tuple[tuple[int, int, int], Statement | None]] = [((0, 0, 0), None)] * (size + 1)
        for at in range(size - 1, -1, -1):
            best[at] = self._best_from(run, at, best)
        found: list[Statement] = []
        at = 0
        while at < size:
            statement = best[at][1]
            if statement is None:
                at += 1  # the end of a sentence
                continue
            found.append(statement)
            at = statement.end
        return Parse(words, tuple(found))

    def _best_from(
        self, run: Run, at: int, best: list[tuple[tuple[int, int, int], Statement | None]]
    ) -> tuple[tuple[int, int, int], Statement | None]:
        if run.words[at] == BOUNDARY:
            return best[at + 1][0], None
        left, count, eased = best[at + 1][0]
        chosen: tuple[tuple[int, int, int], Statement | None] = (
            (left + 1, count + 1, eased),
            Statement(UNEXPLAINED, at, at + 1),
        )
        for kind, rule in self.kinds.items():
            for end in self._ends(run, rule, kind, at):
                left, count, eased = best[end][0]
                count += 2 if self._wants_more(run.words, end) else 1
                cost = (left, count, eased - self.gravity.get(kind, 0))
                if end > at and cost < chosen[0]:
                    chosen = (cost, Statement(kind, at, end))
        return chosen

    def _ends(self, run: Run, rule: Rule, kind: str, at: int) -> Ends:
        if kind in run.spans:
            return run.spans[kind].get(at, frozenset())
        return rule.ends(run, at)

    def _wants_more(self, words: Tokens, end: int) -> bool:
        """Whether a statement breaks off after "not": what follows rather belongs to it."""
        return words[end - 1] in self.open_words and end < len(words) and words[end] != BOUNDARY
