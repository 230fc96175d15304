"""The words that patterns may begin with, so that few of them are tried in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from voice_skill.understanding.pattern import Pattern, Rule, may_be_nothing


@dataclass
class Firsts:
    """The words that a pattern may begin with, through the rules it names; None is any word.

    spans: names of what code reads, such as numbers: they may begin with any word.
    """

    rules: Mapping[str, Rule]
    spans: frozenset[str] = frozenset()
    _known: dict[str, frozenset[str] | None] = field(default_factory=dict)

    def bound(self, rule: Rule) -> Rule:
        """A rule that knows all its first words: far fewer patterns are tried in one place."""
        return Rule.sorted(rule.patterns, [self.of(pattern) for pattern in rule.patterns])

    def of(self, pattern: Pattern) -> frozenset[str] | None:
        """The first words of a pattern."""
        if pattern.words:
            return pattern.firsts
        if pattern.rule:
            return self._rule(pattern.rule)
        if pattern.choices:
            return self._any([self.of(choice) for choice in pattern.choices])
        found: list[frozenset[str] | None] = []
        for part in pattern.parts:
            found.append(self.of(part))
            if not may_be_nothing(part):
                break
        return self._any(found)

    def _rule(self, name: str) -> frozenset[str] | None:
        if name in self.spans:
            return None
        if name not in self._known:
            self._known[name] = frozenset()
            rule = self.rules.get(name)
            self._known[name] = self._any([self.of(p) for p in rule.patterns] if rule else [])
        return self._known[name]

    def _any(self, found: list[frozenset[str] | None]) -> frozenset[str] | None:
        known = [words for words in found if words is not None]
        return None if len(known) < len(found) else frozenset().union(*known)
