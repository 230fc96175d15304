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
VERBS = frozenset({"is", "are", "am", "do", "does", "have"})
"""Of a yes that ends in one of these, "it is", the rest must be understood: "it is" what?"""


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
    explain the same words: the higher one.
    """

    kinds: Mapping[str, Rule]
    rules: Rules
    gravity: Mapping[str, int]

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
                if kind == "yes" and _breaks_off(run.words, end, best[end][1]):
                    continue
                left, count, eased = best[end][0]
                count += 2 if _wants_more(run.words, end) else 1
                cost = (left, count, eased - self.gravity.get(kind, 0))
                if end > at and cost < chosen[0]:
                    chosen = (cost, Statement(kind, at, end))
        return chosen

    def _ends(self, run: Run, rule: Rule, kind: str, at: int) -> Ends:
        if kind in run.spans:
            return run.spans[kind].get(at, frozenset())
        return rule.ends(run, at)


def _breaks_off(words: Tokens, end: int, after: Statement | None) -> bool:
    """Whether a yes is only the beginning of something that is not understood: "it is sitting"."""
    return words[end - 1] in VERBS and after is not None and after.kind == UNEXPLAINED


def _wants_more(words: Tokens, end: int) -> bool:
    """Whether a statement breaks off after "not": what follows rather belongs to it."""
    return words[end - 1] == "not" and end < len(words) and words[end] != BOUNDARY
