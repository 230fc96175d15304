"""Sentences that patterns stand for: what the proof says, and what property tests draw from."""

from collections.abc import Iterator
from itertools import islice

from voice_skill.understanding.pattern import Pattern, Rule, Rules

MAX_DEPTH = 12
"""Rules within rules; a rule that leads back to itself says nothing."""


def sayings(rule: Rule, rules: Rules, limit: int) -> list[str]:
    """At most so many wordings of a rule, in turn from each of its patterns, none twice.

    What code reads (numbers, durations) has no wording here: such patterns are left out.
    """
    streams = [_say(pattern, rules, MAX_DEPTH) for pattern in rule.patterns]
    found: dict[str, None] = {}
    for _ in range(limit):
        kept = []
        for stream in streams:
            words = next(stream, None)
            if words is not None:
                kept.append(stream)
                found.setdefault(" ".join(words))
        streams = kept
    return list(islice(filter(None, found), limit))


def _say(pattern: Pattern, rules: Rules, depth: int) -> Iterator[tuple[str, ...]]:
    if pattern.words:
        yield pattern.words
    elif pattern.rule:
        rule = rules.get(pattern.rule) if depth else None
        for inner in rule.patterns if rule else ():
            yield from _say(inner, rules, depth - 1)
    elif pattern.choices:
        if pattern.optional:
            yield ()
        for choice in pattern.choices:
            yield from _say(choice, rules, depth)
    elif _sayable(pattern, rules, depth):
        yield from _row(pattern.parts, rules, depth)


def _sayable(pattern: Pattern, rules: Rules, depth: int) -> bool:
    """Whether there is any wording: a row with a rule that nobody filled has none."""
    if pattern.words or pattern.optional:
        return True
    if pattern.rule:
        rule = rules.get(pattern.rule) if depth else None
        return rule is not None and any(_sayable(p, rules, depth - 1) for p in rule.patterns)
    if pattern.choices:
        return any(_sayable(choice, rules, depth) for choice in pattern.choices)
    return all(_sayable(part, rules, depth) for part in pattern.parts)


def _row(parts: tuple[Pattern, ...], rules: Rules, depth: int) -> Iterator[tuple[str, ...]]:
    if not parts:
        yield ()
        return
    for first in _say(parts[0], rules, depth):
        for rest in _row(parts[1:], rules, depth):
            yield (*first, *rest)
