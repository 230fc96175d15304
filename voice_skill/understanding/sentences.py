"""Sentences of an answer for the recogniser: from the productions that also judge them.

Vosk makes a bigram model of its grammar, so it must know the pairs of words of a sentence, not all
sentences: of many wordings only those are taken that bring a new pair.
"""

from collections.abc import Iterable, Iterator, Mapping

from voice_skill.understanding.generator import sayings
from voice_skill.understanding.grammar import GrammarPhrase
from voice_skill.understanding.language import Language
from voice_skill.understanding.parse import Parser
from voice_skill.understanding.pattern import Rule

KINDS = ("no", "no_own")
"""Kinds of statements whose sentences are listened for: they are what people say most."""
WORDINGS = 150
"""So many wordings of each kind are looked at."""
FINDINGS = 40
MAX_SENTENCE_WORDS = 7


def sentence_phrases(
    name: str,
    parser: Parser,
    spoken_as: Mapping[str, str],
    known: Iterable[GrammarPhrase],
    language: Language,
) -> list[GrammarPhrase]:
    """Whole sentences of an answer, each with a pair of words that no phrase has so far."""
    pairs = {pair for phrase in known for pair in phrase.pairs}
    found: list[GrammarPhrase] = []
    for text in dict.fromkeys(_wordings(parser, language)):
        phrase = GrammarPhrase(_spoken(text, spoken_as), f"{name}.sentence")
        if phrase.text.count(" ") < MAX_SENTENCE_WORDS and not phrase.pairs <= pairs:
            pairs |= phrase.pairs
            found.append(phrase)
    return found


def _wordings(parser: Parser, language: Language) -> Iterator[str]:
    noun = Rule.of(["<noun>"], language)
    for finding in sayings(noun, parser.rules, FINDINGS):
        yield from (f"{word} {finding}" for word in language.words.determiners)
    for kind in KINDS:
        if kind in parser.kinds:
            yield from sayings(parser.kinds[kind], parser.rules, WORDINGS)


def _spoken(text: str, spoken_as: Mapping[str, str]) -> str:
    padded = f" {text} "
    for apart, together in spoken_as.items():
        padded = padded.replace(f" {apart} ", f" {together} ")
    return padded.strip()
