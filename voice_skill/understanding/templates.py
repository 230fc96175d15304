"""Sentence templates in hassil's notation, expanded to the phrases they stand for."""

from collections.abc import Iterable
from functools import cache
from itertools import islice

from hassil.parse_expression import parse_sentence
from hassil.sample import sample_expression

from voice_skill.errors import DialogError
from voice_skill.understanding.language import Language
from voice_skill.understanding.text import Tokens

LIMIT = 5000
"""Phrases that one template may stand for, alike ones counted: more is a mistake of its author."""


@cache
def expand(template: str) -> tuple[str, ...]:
    """Every phrase of one template, as written. Raises DialogError on a bad one."""
    try:
        sentence = parse_sentence(template)
        found = list(islice(sample_expression(sentence.expression), LIMIT + 1))
        phrases = tuple(dict.fromkeys(" ".join(str(text).split()) for text in found))
    except Exception as error:  # hassil raises many kinds: all mean that the template is wrong
        raise DialogError(f"the template '{template}' cannot be read: {error}") from None
    if len(found) > LIMIT:
        raise DialogError(f"the template '{template}' stands for over {LIMIT} phrases; split it")
    return tuple(phrase for phrase in phrases if phrase)


def phrases_of(templates: Iterable[str], language: Language) -> tuple[Tokens, ...]:
    """Every phrase of some templates, as words in their one form."""
    found = (phrase for template in templates for phrase in _phrases_of_one(template, language))
    return tuple(dict.fromkeys(found))


@cache
def _phrases_of_one(template: str, language: Language) -> tuple[Tokens, ...]:
    return tuple(filter(None, map(language.tokens, expand(template))))
