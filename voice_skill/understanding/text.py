"""Words in one form, whoever wrote or heard them.

A text becomes small tokens without contractions ("bum's" is "bum is", "haven't" is "have not").
The end of a sentence is a token that no template contains, and so is whatever cannot be read:
neither is ever dropped, since what is not understood must not pass for a no.
"""

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field

from voice_skill.dialog.language import Spelling as Written

Tokens = tuple[str, ...]
BOUNDARY = "."
UNREADABLE = "\u25a1"
MAX_CACHED_WORDS = 20_000

_QUOTES = dict.fromkeys(
    map(ord, "\u2018\u2019\u201a\u201b\u02bc\u02b9\u00b4\u0060\u2032\uff07"), "'"
)
_PIECES = re.compile(
    r"(?P<figure>\d+(?:[.,]\d+)*)|(?P<word>[a-z]+(?:'[a-z]+)*'?)|(?P<end>[.;:!?\u2026\u2013\u2014|]+|--+)"
    r"|(?P<quiet>[\s,'\"()\-\[\]/]+)|(?P<odd>.)",
    re.DOTALL,
)
_SCALE = re.compile(r"(\d+(?:\.\d+)?)\s*/\s*(\d+)")
_RANGE = re.compile(r"(\d)\s*[-\u2013]\s*(\d)")
_LONE_COMMA = re.compile(r"^(\s*[a-z]+\s*),")


def spelled(text: str) -> Tokens:
    """The words as a recogniser spells them: contracted as they stand."""
    plain = text.lower().translate(_QUOTES)
    return tuple(word for w in re.findall(r"[a-z0-9']+", plain) if (word := w.strip("'")))


def without_boundaries(words: Tokens) -> Tokens:
    """The words without the ends of sentences: for what is matched as a whole."""
    return tuple(word for word in words if word != BOUNDARY)


def unechoed(words: Tokens, kept: Container[Tokens] = ()) -> Tokens:
    """The words without a repetition of their end: a hall gives back "...there there".

    kept: what is no repetition: "no, I feel well. Well..." goes on. What is left says all that was
    said.
    """
    size = 1
    while size <= len(words) // 2:
        if words[-size:] == words[-2 * size : -size] and words[-size:] not in kept:
            words, size = words[:-size], 1
        else:
            size += 1
    return words


@dataclass(frozen=True, eq=False)
class Spelling:
    """Makes one form of the ways in which a language is written."""

    words: Written
    spellings: Mapping[str, Tokens]
    _known: dict[str, Tokens] = field(default_factory=dict)

    @classmethod
    def of(cls, words: Written) -> "Spelling":
        """The same as written, split once."""
        return cls(words, {word: tuple(form.split()) for word, form in words.spellings.items()})

    def tokens(self, text: str) -> Tokens:
        """The words of a text in lower case and in one form. Text of any length."""
        return tuple(self._tokens(text))

    def _tokens(self, text: str) -> Iterator[str]:
        for piece in _PIECES.finditer(self._plain(text)):
            kind, found = piece.lastgroup, piece.group()
            if kind == "word":
                yield from self._word(found)
            elif kind == "figure":
                yield _figure(found)
            elif kind == "end":
                yield BOUNDARY
            elif kind == "odd":
                yield UNREADABLE

    def _plain(self, text: str) -> str:
        """Letters without accents, in lower case; marks that mean a word are that word."""
        text, words = text.translate(_QUOTES), self.words
        text = text.lower() if text.isascii() else self._unaccented(text)
        text = _SCALE.sub(rf"\1 {words.scale} \2", text)
        text = _RANGE.sub(rf"\1 {words.range} \2", text)
        for mark, meant in words.signs.items():
            text = text.replace(mark, f" {meant} ")
        return _LONE_COMMA.sub(r"\1 . ", text)  # "no, tingling" is not "no tingling"

    def _unaccented(self, text: str) -> str:
        for mark, meant in self.words.fractions.items():
            text = text.replace(mark, f" {meant}")
        text = unicodedata.normalize("NFKC", text).translate(_QUOTES).lower()
        text = unicodedata.normalize("NFD", text)
        return "".join(c for c in text if not unicodedata.combining(c))

    def _word(self, word: str) -> Tokens:
        known = self._known.get(word)
        if known is None:
            known = self._split(word.strip("'"))
            if len(self._known) < MAX_CACHED_WORDS:
                self._known[word] = known
        return known

    def _split(self, word: str) -> Tokens:
        if word in self.spellings:
            return self.spellings[word]
        stem, mark, ending = word.rpartition("'")
        if not mark:
            return (word,) if word else ()
        denial = self.words.denial
        if denial and ending == denial.after and stem.endswith(denial.before):
            bare = stem.removesuffix(denial.before)
            stem = denial.stems.get(bare, denial.stems.get(stem, bare))
            return (*self._word(stem), denial.word)
        return (*self._word(stem), self.words.endings.get(ending, ending))


def _figure(figure: str) -> str:
    """ "1,000" is 1000, "6.0" is 6, "7.5" stays. Longer than any number here: unreadable."""
    plain = figure.replace(",", "")
    if plain.count(".") > 1 or len(plain) > 12:
        return UNREADABLE
    return plain.rstrip("0").rstrip(".") if "." in plain else (plain.lstrip("0") or "0")
