"""Sentences drawn at random from templates: what a language model of answers is made of.

`generator` says all wordings in turn, the first parts of each template for ever; here each wording
of a template is as likely as the others at every choice.
"""

import random

from voice_skill.understanding.pattern import Pattern, Rule, Rules
from voice_skill.understanding.text import Tokens

MAX_DEPTH = 12
"""Rules within rules; a rule that leads back to itself says nothing."""
LEFT_OUT = 0.6
"""How often what may be left out is left out."""


def draw(rule: Rule, rules: Rules, rng: random.Random) -> Tokens:
    """One wording of one of a rule's templates; nothing where that has none here, such as what code
    reads (numbers) or a rule that nobody filled."""
    return (
        _draw(rng.choice(rule.patterns), rules, rng, MAX_DEPTH) if rule.patterns else None
    ) or ()


def _draw(pattern: Pattern, rules: Rules, rng: random.Random, depth: int) -> Tokens | None:
    if pattern.words:
        return pattern.words
    if pattern.rule:
        rule = rules.get(pattern.rule) if depth else None
        if rule is None or not rule.patterns:
            return None
        return _draw(rng.choice(rule.patterns), rules, rng, depth - 1)
    if pattern.choices:
        if pattern.optional and rng.random() < LEFT_OUT:
            return ()
        return _draw(rng.choice(pattern.choices), rules, rng, depth)
    words: list[str] = []
    for part in pattern.parts:
        drawn = _draw(part, rules, rng, depth)
        if drawn is None:
            return None
        words += drawn
    return tuple(words)
