"""Whole sentences to look a second time with: what may be said to a question, and beside it.

Vosk makes a bigram model of them. They are drawn from the words that also judge what is heard:
statements of the question alone and in pairs, signs of danger after an answer or instead of one.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import FreeField
from voice_skill.understanding.drawing import draw
from voice_skill.understanding.grammar import grammar_phrases
from voice_skill.understanding.parse import Parser
from voice_skill.understanding.pattern import Rule
from voice_skill.understanding.text import Tokens
from voice_skill.understanding.understander import Understander

SENTENCES = 6000
MAX_SENTENCE_WORDS = 16
SEED = 1
SHARES = {"phrase": 0.2, "single": 0.45, "pair": 0.12, "beside": 0.15, "sign": 0.08}
"""How often a sentence is a phrase of the question's grammar, one statement, two in a row, a
statement with a sign of danger after it, or such a sign alone."""
WEIGHTS = {"no": 6, "no_own": 6, "finding": 5, "yes": 2, "yes_own": 3}
"""How often a statement is of a kind, beside 4 for each value of a choice and 1 for all others."""
VALUE_WEIGHT = 4
PHRASED = 3
"""A sign's words in a row are said so much more often than its parts in any order."""
LEAD_SHARE = 0.8
"""How often a sign comes after a word of contrast, and after a subject."""
SPOKEN_SHARE = 0.7
"""How often "I have" is said as "I've"."""


@dataclass
class Drawn:
    """Draws sentences for one question."""

    dialog: Dialog
    understander: Understander
    field: str
    rng: random.Random

    def sentences(self, count: int = SENTENCES) -> list[str]:
        """So many sentences at most, the likely ones often; the same ones each time."""
        ways = {"phrase": self._phrase, "single": self._one, "pair": self._two,
                "beside": self._beside, "sign": self._sign}  # fmt: skip
        self._parsers = self._parsers_of()
        language = self.understander.language
        phrases = grammar_phrases(self.dialog.phrases, self.dialog.fields, language, self.field)
        self._phrases = [phrase.words for phrase in phrases]
        chosen = self.rng.choices(list(SHARES), list(SHARES.values()), k=count)
        drawn = [ways[way]() for way in chosen]
        return [self._spoken(words) for words in drawn if 0 < len(words) <= MAX_SENTENCE_WORDS]

    def _parsers_of(self) -> Sequence[Parser]:
        """Of the question; to an open question anything may be said that answers another."""
        fields, lexicon = self.dialog.fields, self.understander.lexicon
        if not isinstance(fields[self.field], FreeField):
            return [lexicon.parser(self.field)]
        asked = (n for n, f in fields.items() if f.role == "question")
        return [lexicon.parser(name) for name in asked if not isinstance(fields[name], FreeField)]

    def _phrase(self) -> Tokens:
        return self.rng.choice(self._phrases)

    def _one(self) -> Tokens:
        parser = self.rng.choice(self._parsers)
        kinds = [kind for kind, rule in parser.kinds.items() if rule.patterns]
        weights = [VALUE_WEIGHT if k.startswith("value:") else WEIGHTS.get(k, 1) for k in kinds]
        kind = self.rng.choices(kinds, weights)[0]
        return draw(parser.kinds[kind], parser.rules, self.rng)

    def _two(self) -> Tokens:
        return (*self._one(), *self.rng.choice((self._one, self._phrase))())

    def _sign(self) -> Tokens:
        net = self.understander.net
        sign = self.rng.choice(net.signs)
        ways: list[tuple[Rule, ...]] = list(sign.groups)
        if sign.phrases.patterns:
            ways += [(sign.phrases,)] * PHRASED
        parts = self.rng.choice(ways)
        said = [word for part in parts for word in draw(part, net.rules, self.rng)]
        return (*self._lead(self.dialog.signs.subjects), *said)

    def _beside(self) -> Tokens:
        answer = self.rng.choice((self._one, self._phrase))()
        return (*answer, *self._lead(self.dialog.signs.contrast), *self._sign())

    def _lead(self, words: Sequence[str]) -> Tokens:
        """One of these words, or none of them."""
        return (self.rng.choice(words),) if self.rng.random() < LEAD_SHARE else ()

    def _spoken(self, words: Tokens) -> str:
        text = f" {' '.join(words)} "
        for apart, together in self.dialog.grammar.spoken_as.items():
            if self.rng.random() < SPOKEN_SHARE:
                text = text.replace(f" {apart} ", f" {together} ")
        return text.strip()


def open_sentences(dialog: Dialog, understander: Understander, field: str) -> list[str]:
    """Sentences to hear the answer to a question by, with all the words it may be made of."""
    return Drawn(dialog, understander, field, random.Random(f"{SEED} {field}")).sentences()
