"""An answer with what is needed to judge it: its statements and how far a "no" in it reaches."""

from dataclasses import dataclass
from itertools import pairwise

from voice_skill.dialog.fields import ChoiceField, DurationField, NumberField, YesNoField
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.dialog.words import Answers
from voice_skill.understanding.parse import UNEXPLAINED, Parse, Statement
from voice_skill.understanding.scope import Scope

UNCLEAR = Interpretation("unsure", reason="unclear")
NAMED = Interpretation("unsure", reason="named")
NOT_UNDERSTOOD = Interpretation("nomatch", reason="unclear")
DONT_KNOW = Interpretation("unsure", None, reason="dont_know")
SILENT = ("aside", "hesitation", "around", "beside", UNEXPLAINED)
"""Kinds of statements that say nothing about the answer."""


@dataclass(frozen=True)
class Answer:
    """An answer to a question: what was said, and the words of that question."""

    field: YesNoField | ChoiceField | NumberField | DurationField
    name: str
    parse: Parse
    scope: Scope
    words: Answers

    def signs(self, *kinds: str) -> tuple[Statement, ...]:
        """The statements of these kinds that nothing denies."""
        return tuple(s for s in self.parse.of(*kinds) if not self.denied(s))

    def denied(self, statement: Statement) -> bool:
        """Whether a negation that nothing else explains may reach a statement."""
        words = self.parse.words
        start = self.scope.before(words, statement.start)
        for other in self.parse.statements:
            if other.start >= statement.start:
                break
            if other.kind in SILENT:
                continue
            open_end = words[other.end - 1] in self.scope.negators and other.end - other.start > 1
            start = max(start, other.end - 1 if open_end else other.end)
        between = words[start : statement.start]
        if self.scope.denied(words, start, statement.start):
            return True
        if start == statement.start and start > 0 and words[start] in self.scope.continues:
            return any(o.end == start and o.kind in ("no", "no_own") for o in self.parse.statements)
        bare = start > 0 and words[start - 1] == "no" and statement.kind != "yes"
        bare = bare and words[statement.start] not in self.scope.negators
        return bare and self._determined(between)

    def _determined(self, between: tuple[str, ...]) -> bool:
        """Whether a bare "no" right before may belong to the words that follow: "no really bad
        tingling", but not "no it tingles"."""
        return not between or between[0] not in self.scope.clause_starts

    @property
    def doubled(self) -> bool:
        """Whether a denial may reach what follows it and undo it: "I don't, no pain", "no good". A
        clause of its own is safe from it."""
        told = [s for s in self.parse.statements if s.kind not in ("aside", "hesitation")]
        return any(one.end == two.start and self._reaches(one, two) for one, two in pairwise(told))

    def _reaches(self, one: Statement, two: Statement) -> bool:
        words = self.parse.words
        if words[one.end - 1] in ("not", "never", "without", "hardly", "barely"):
            return words[two.start] not in self.scope.subjects
        if words[one.end - 1] in ("nothing", "none", "neither") or self._ends_on_no(one):
            return words[two.start] not in self.scope.negators | self.scope.subjects
        bare = words[one.start : one.end] == ("no",) and two.end - two.start == 1
        return bare and words[two.start] not in self.scope.negators

    def _ends_on_no(self, one: Statement) -> bool:
        """Whether a denial wants more words: "there is no"."""
        return self.parse.words[one.end - 1] == "no" and one.end - one.start > 1
