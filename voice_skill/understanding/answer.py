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
        """Whether a negation may reach a statement: one that nothing explains, or one that was
        left open right before it ("I don't take | steroids")."""
        words, scope = self.parse.words, self.scope
        start = scope.before(words, statement.start)
        before = [s for s in self._told if s.end <= statement.start and s.start >= start]
        if before:
            last = before[-1]
            if last.end == statement.start and self._goes_on(last, statement):
                return True
            start = last.end - (words[last.end - 1] in scope.undoing)
        if scope.denied(words, start, statement.start):
            return True
        bare = start > 0 and words[start - 1] == "no" and statement.kind != "yes"
        bare = bare and words[statement.start] not in scope.negators
        bare = bare and not scope.apparent(words, start - 1)
        return bare and self._determined(words[start : statement.start])

    @property
    def agrees(self) -> bool:
        """Whether there is a plain yes, not just the end of one ("it is") before other words."""
        plain = [s for s in self.signs("yes") if self.parse.words[s.start] in self.scope.yes_words]
        return bool(plain) or (self.parse.explained and self.parse.has("yes"))

    @property
    def _told(self) -> list[Statement]:
        return [s for s in self.parse.statements if s.kind not in SILENT]

    def _goes_on(self, one: Statement, two: Statement) -> bool:
        """Whether a denial of several words goes on in the statement right after it."""
        words = self.parse.words
        if not self.scope.denied(words, one.start, one.end) or one.end - one.start < 2:
            return False
        return words[two.start] not in self.scope.clause_starts

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
        if words[one.end - 1] in self.scope.undoing:
            return words[two.start] not in self.scope.subjects
        if words[one.end - 1] in self.scope.halting or self._ends_on_no(one):
            return words[two.start] not in self.scope.negators | self.scope.subjects
        bare = words[one.start : one.end] == ("no",) and two.end - two.start == 1
        return bare and words[two.start] not in self.scope.negators

    def _ends_on_no(self, one: Statement) -> bool:
        """Whether a denial wants more words: "there is no"."""
        return self.parse.words[one.end - 1] == "no" and one.end - one.start > 1
