"""Words in one form, whoever wrote or heard them."""

import re
from collections.abc import Container

Tokens = tuple[str, ...]
_PAIRS = {
    ("do", "not"): "don't",
    ("does", "not"): "doesn't",
    ("did", "not"): "didn't",
    ("can", "not"): "can't",
    ("could", "not"): "couldn't",
    ("have", "not"): "haven't",
    ("has", "not"): "hasn't",
    ("is", "not"): "isn't",
    ("are", "not"): "aren't",
    ("will", "not"): "won't",
    ("would", "not"): "wouldn't",
    ("i", "am"): "i'm",
    ("i", "have"): "i've",
    ("i", "would"): "i'd",
    ("i", "will"): "i'll",
    ("it", "is"): "it's",
    ("that", "is"): "that's",
    ("there", "is"): "there's",
    ("they", "are"): "they're",
    ("all", "right"): "alright",
    ("light", "headed"): "lightheaded",
    ("light", "heading"): "lightheaded",
}
_SINGLES = {
    "cannot": "can't",
    "dont": "don't",
    "doesnt": "doesn't",
    "didnt": "didn't",
    "cant": "can't",
    "couldnt": "couldn't",
    "havent": "haven't",
    "hasnt": "hasn't",
    "isnt": "isn't",
    "wont": "won't",
    "im": "i'm",
    "ive": "i've",
    "its": "it's",
    "thats": "that's",
    "theres": "there's",
    "ok": "okay",
    "fraid": "afraid",
    "tumor": "tumour",
    "leukemia": "leukaemia",
    "disk": "disc",
    "disks": "discs",
    "mom": "mum",
}


def tokens(text: str) -> Tokens:
    """The words of a text in lower case, contracted forms and spellings made one."""
    plain = text.lower().replace("\u2019", "'").replace("\u2018", "'")
    words = [w.strip("'") for w in re.findall(r"[a-z0-9']+", plain)]
    words = [_SINGLES.get(w, w) for w in words if w]
    result: list[str] = []
    for word in words:
        pair = _PAIRS.get((result[-1], word)) if result else None
        if pair:
            result[-1] = pair
        else:
            result.append(word)
    return tuple(result)


def unechoed(words: Tokens, kept: Container[Tokens] = ()) -> Tokens:
    """The words without a repetition of their end: a hall gives back "...there there".

    kept: what is no repetition: "no, I feel well. Well..." goes on. What is left says all that was
    said.
    """
    for size in range(1, len(words) // 2 + 1):
        if words[-size:] == words[-2 * size : -size] and words[-size:] not in kept:
            return unechoed(words[:-size], kept)
    return words
