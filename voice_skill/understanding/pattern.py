"""Sentence templates as patterns that are matched against words, with rules that stand in rules.

A template is read once by hassil and becomes a small tree. Nothing is expanded: `<noun>` may stand
for hundreds of wordings. A match gives every place where a pattern may end, so that ambiguity is
kept and judged later. The depth of the recursion is that of the templates, not of the text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product

from hassil.expression import Alternative, Expression, RuleReference, Sequence, TextChunk
from hassil.parse_expression import parse_sentence

from voice_skill.errors import DialogError
from voice_skill.understanding.language import Language
from voice_skill.understanding.text import Tokens

Ends = frozenset[int]
NOWHERE: Ends = frozenset()
_GLUED = re.compile(r"[\w'][\[(<]|[\])>][\w']")


@dataclass(frozen=True)
class Pattern:
    """What may stand in one place.

    words: a run of words. parts: patterns in a row. choices: patterns of which one stands.
    rule: the name of a rule. optional: it may be left out. firsts: the words it may begin with;
    open: it may begin with a rule, or be nothing.
    """

    words: Tokens = ()
    parts: tuple["Pattern", ...] = ()
    choices: tuple["Pattern", ...] = ()
    rule: str = ""
    optional: bool = False
    firsts: frozenset[str] = frozenset()
    open: bool = False

    def ends(self, run: "Run", at: int) -> Ends:
        """Every place where a match that begins at `at` may end."""
        if self.words:
            end = at + len(self.words)
            return frozenset((end,)) if run.words[at:end] == self.words else NOWHERE
        if self.rule:
            return run.ends(self.rule, at)
        if self.choices:
            return self._any(run, at)
        reached: Ends = frozenset((at,))
        for part in self.parts:
            reached = frozenset().union(*[part.ends(run, place) for place in reached])
            if not reached:
                return NOWHERE
        return reached

    def _any(self, run: "Run", at: int) -> Ends:
        word = run.words[at] if at < len(run.words) else ""
        found = [c.ends(run, at) for c in self.choices if c.open or word in c.firsts]
        return frozenset((at,) if self.optional else ()).union(*found)


@dataclass(frozen=True)
class Rule:
    """Templates under one name.

    by_first: the patterns that may begin with a word. open: those that may begin with anything.
    """

    patterns: tuple[Pattern, ...]
    by_first: Mapping[str, tuple[Pattern, ...]]
    open: tuple[Pattern, ...]

    @classmethod
    def of(cls, templates: Iterable[str], language: Language) -> "Rule":
        """Read the templates. Raises DialogError on a bad one."""
        patterns = tuple(read(template, language) for template in templates)
        return cls.sorted(patterns, [None if p.open else p.firsts for p in patterns])

    @classmethod
    def sorted(
        cls, patterns: tuple[Pattern, ...], firsts: Iterable[frozenset[str] | None]
    ) -> "Rule":
        """Patterns with the words that each may begin with; None is any word."""
        by_first: dict[str, list[Pattern]] = {}
        begun_by_any: list[Pattern] = []
        for pattern, words in zip(patterns, firsts, strict=True):
            if words is None:
                begun_by_any.append(pattern)
            for word in words or ():
                by_first.setdefault(word, []).append(pattern)
        return cls(patterns, {w: tuple(p) for w, p in by_first.items()}, tuple(begun_by_any))

    def ends(self, run: "Run", at: int) -> Ends:
        """Every place where one of the templates may end."""
        word = run.words[at] if at < len(run.words) else ""
        patterns = self.by_first.get(word, ())
        if self.open:
            patterns = (*patterns, *self.open)
        if not patterns:
            return NOWHERE
        return frozenset().union(*[pattern.ends(run, at) for pattern in patterns])


Rules = Mapping[str, Rule]


@dataclass
class Run:
    """One match of rules against words. spans: what code reads, such as numbers: name -> place ->
    ends."""

    words: Tokens
    rules: Rules
    spans: Mapping[str, Mapping[int, Ends]] = field(default_factory=dict)
    _known: dict[tuple[str, int], Ends] = field(default_factory=dict)

    def ends(self, name: str, at: int) -> Ends:
        """Every place where the rule may end that begins at `at`; no empty match."""
        key = (name, at)
        known = self._known.get(key)
        if known is None:
            self._known[key] = NOWHERE  # a rule that begins with itself matches nothing
            if name in self.spans:
                known = self.spans[name].get(at, NOWHERE)
            else:
                rule = self.rules.get(name)
                known = rule.ends(self, at) - {at} if rule else NOWHERE
            self._known[key] = known
        return known


@cache
def read(template: str, language: Language) -> Pattern:
    """A template as a pattern. Raises DialogError on a bad one."""
    if _GLUED.search(template):
        raise DialogError(f"the template '{template}': a word cannot be made of parts; use a space")
    try:
        sentence = parse_sentence(template)
    except Exception as error:  # hassil raises many kinds: all mean that the template is wrong
        raise DialogError(f"the template '{template}' cannot be read: {error}") from None
    pattern = _pattern(sentence.expression, template, language)
    if may_be_nothing(pattern):
        raise DialogError(f"the template '{template}' may be nothing at all")
    return pattern


def shortest(pattern: Pattern) -> Iterator[Tokens]:
    """What is left of a pattern without all that may be left out; a rule stands as its name."""
    if pattern.words:
        yield pattern.words
    elif pattern.rule:
        yield (f"<{pattern.rule}>",)
    elif pattern.choices:
        if pattern.optional:
            yield ()
        else:
            for choice in pattern.choices:
                yield from shortest(choice)
    else:
        for row in product(*(tuple(shortest(part)) for part in pattern.parts)):
            yield tuple(word for words in row for word in words)


def _pattern(item: Expression, template: str, language: Language) -> Pattern:
    if isinstance(item, TextChunk):
        words = _words_of(item.text, language)
        return Pattern(words=words, firsts=frozenset(words[:1]), open=not words)
    if isinstance(item, RuleReference):
        return Pattern(rule=item.rule_name, open=True)
    if isinstance(item, Alternative):
        inner = [_pattern(part, template, language) for part in item.items]
        choices = tuple(part for part in inner if not _nothing(part))
        optional = item.is_optional or len(choices) < len(inner)
        return Pattern(choices=choices, optional=optional, firsts=_first_of(choices),
                       open=optional or any(c.open for c in choices))  # fmt: skip
    if isinstance(item, Sequence):
        parts = tuple(
            p for part in item.items if not _nothing(p := _pattern(part, template, language))
        )
        return _joined(parts)
    raise DialogError(f"the template '{template}': only (a|b), [a] and <rule> are known here")


@cache
def _words_of(chunk: str, language: Language) -> Tokens:
    """The same few words stand in most templates."""
    return language.tokens(chunk)


def _joined(parts: tuple[Pattern, ...]) -> Pattern:
    """Patterns in a row; words beside words become one run."""
    merged: list[Pattern] = []
    for part in parts:
        if part.words and merged and merged[-1].words:
            words = merged.pop().words + part.words
            merged.append(Pattern(words=words, firsts=frozenset(words[:1])))
        else:
            merged.append(part)
    if len(merged) == 1:
        return merged[0]
    firsts: set[str] = set()
    for part in merged:
        firsts |= part.firsts
        if not may_be_nothing(part):
            return Pattern(parts=tuple(merged), firsts=frozenset(firsts), open=_begins_open(merged))
    return Pattern(parts=tuple(merged), firsts=frozenset(firsts), open=True)


def _begins_open(parts: list[Pattern]) -> bool:
    """Whether a row may begin with a rule."""
    for part in parts:
        if _by_rule(part):
            return True
        if not may_be_nothing(part):
            return False
    return True


def _by_rule(pattern: Pattern) -> bool:
    if pattern.rule:
        return True
    if pattern.choices:
        return any(_by_rule(choice) for choice in pattern.choices)
    return bool(pattern.parts) and _begins_open(list(pattern.parts))


def _first_of(patterns: Iterable[Pattern]) -> frozenset[str]:
    return frozenset().union(*(p.firsts for p in patterns))


def _nothing(pattern: Pattern) -> bool:
    return not (pattern.words or pattern.parts or pattern.choices or pattern.rule)


def may_be_nothing(pattern: Pattern) -> bool:
    """Whether a pattern may match no word at all."""
    if pattern.words or pattern.rule:
        return False
    if pattern.choices:
        return pattern.optional or any(may_be_nothing(choice) for choice in pattern.choices)
    return all(may_be_nothing(part) for part in pattern.parts)
