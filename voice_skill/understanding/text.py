"""Words in one form, whoever wrote or heard them.

A text becomes small tokens without contractions ("bum's" is "bum is", "haven't" is "have not").
The end of a sentence is a token that no template contains, and so is whatever cannot be read:
neither is ever dropped, since what is not understood must not pass for a no.
"""

import re
import unicodedata
from collections.abc import Container, Iterator
from functools import lru_cache

Tokens = tuple[str, ...]
BOUNDARY = "."
UNREADABLE = "\u25a1"
MAX_CACHED_WORDS = 20_000

_QUOTES = dict.fromkeys(
    map(ord, "\u2018\u2019\u201a\u201b\u02bc\u02b9\u00b4\u0060\u2032\uff07"), "'"
)
_FRACTIONS = {"\u00bd": " and a half", "\u00bc": " point 25", "\u00be": " point 75"}
_PIECES = re.compile(
    r"(?P<figure>\d+(?:[.,]\d+)*)|(?P<word>[a-z]+(?:'[a-z]+)*'?)|(?P<end>[.;:!?\u2026\u2013\u2014|]+|--+)"
    r"|(?P<quiet>[\s,'\"()\-\[\]/]+)|(?P<odd>.)",
    re.DOTALL,
)
_SCALE = re.compile(r"(\d+(?:\.\d+)?)\s*/\s*(\d+)")
_RANGE = re.compile(r"(\d)\s*[-\u2013]\s*(\d)")
_LONE_COMMA = re.compile(r"^(\s*[a-z]+\s*),")
_NOT = {"can": "can", "won": "will", "ain": "is", "sha": "shall"}
_ENDINGS = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would", "s": "is"}
_SPELLINGS = {
    "cannot": "can not", "dont": "do not", "doesnt": "does not", "didnt": "did not",
    "cant": "can not", "couldnt": "could not", "havent": "have not", "hasnt": "is not",
    "hadnt": "had not", "isnt": "is not", "arent": "are not", "wasnt": "was not",
    "wont": "will not", "wouldnt": "would not", "aint": "is not", "im": "i am", "ive": "i have",
    "its": "it is", "thats": "that is", "theres": "there is", "has": "is", "alright": "all right",
    "lightheaded": "light headed", "ok": "okay", "fraid": "afraid",
    "tumor": "tumour", "tumors": "tumours", "leukemia": "leukaemia", "disk": "disc",
    "disks": "discs", "mom": "mum", "gonna": "going to", "wanna": "want to", "gotta": "got to",
    "dunno": "do not know", "cos": "because", "cuz": "because", "til": "until", "till": "until",
    "tis": "it is", "nowt": "nothing", "nuthin": "nothing", "nothin": "nothing", "owt": "anything",
    "dinnae": "do not", "didnae": "did not", "cannae": "can not", "havenae": "have not",
    "isnae": "is not", "wasnae": "was not", "doesnae": "does not", "nae": "no", "naw": "no",
    "yer": "your", "innit": "is it not", "kinda": "kind of", "sorta": "sort of", "wee": "wee",
    "diarrhea": "diarrhoea", "whatsoever": "whatsoever", "anymore": "any more",
    "percent": "per cent", "hafta": "have to", "lemme": "let me", "gimme": "give me",
}  # fmt: skip


def tokens(text: str) -> Tokens:
    """The words of a text in lower case and in one form. Text of any length."""
    return tuple(_tokens(text))


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


def _tokens(text: str) -> Iterator[str]:
    for piece in _PIECES.finditer(_plain(text)):
        kind, found = piece.lastgroup, piece.group()
        if kind == "word":
            yield from _word(found)
        elif kind == "figure":
            yield _figure(found)
        elif kind == "end":
            yield BOUNDARY
        elif kind == "odd":
            yield UNREADABLE


def _plain(text: str) -> str:
    """Letters without accents, in lower case; marks that mean a word are that word."""
    text = text.translate(_QUOTES)
    text = text.lower() if text.isascii() else _unaccented(text)
    text = _SCALE.sub(r"\1 out of \2", text)
    text = _RANGE.sub(r"\1 to \2", text)
    text = text.replace("&", " and ").replace("%", " per cent ")
    return _LONE_COMMA.sub(r"\1 . ", text)  # "no, tingling" is not "no tingling"


def _unaccented(text: str) -> str:
    for mark, words in _FRACTIONS.items():
        text = text.replace(mark, words)
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES).lower()
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@lru_cache(MAX_CACHED_WORDS)
def _word(word: str) -> Tokens:
    word = word.strip("'")
    if word in _SPELLINGS:
        return tuple(_SPELLINGS[word].split())
    stem, mark, ending = word.rpartition("'")
    if not mark:
        return (word,) if word else ()
    if ending == "t" and stem.endswith("n"):
        return (*_word(_NOT.get(stem[:-1], _NOT.get(stem, stem[:-1]))), "not")
    if ending in _ENDINGS:
        return (*_word(stem), _ENDINGS[ending])
    return (*_word(stem), ending)


def _figure(figure: str) -> str:
    """ "1,000" is 1000, "6.0" is 6, "7.5" stays. Longer than any number here: unreadable."""
    plain = figure.replace(",", "")
    if plain.count(".") > 1 or len(plain) > 12:
        return UNREADABLE
    return plain.rstrip("0").rstrip(".") if "." in plain else (plain.lstrip("0") or "0")
