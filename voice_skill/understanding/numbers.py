"""Whole numbers in words and figures. Ranges and halves go up (brief, 2.1)."""

from voice_skill.understanding.text import Tokens

UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
TENS = ("_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: value for value, word in enumerate(UNITS)} | {"nought": 0, "nil": 0}
_TENS = {word: value * 10 for value, word in enumerate(TENS) if word != "_"} | {"fourty": 40}
ALIKE = {"to": 2, "too": 2, "for": 4, "ate": 8, "won": 1, "fore": 4}
"""Words that sound like a number: taken only where nothing else was said."""


def in_words(value: int) -> str:
    """A number from 0 to 199 as it is spoken."""
    if value < 20:
        return UNITS[value]
    if value < 100:
        rest = f" {UNITS[value % 10]}" if value % 10 else ""
        return TENS[value // 10] + rest
    rest = f" and {in_words(value % 100)}" if value % 100 else ""
    return f"{UNITS[value // 100]} hundred{rest}"


def read_number(words: Tokens, start: int) -> tuple[int, int] | None:
    """The number that begins at `start`, halves rounded up, and where it ends."""
    word = words[start]
    if word.endswith("ish"):
        word = word[:-3]
    end = start + 1
    if word.isascii() and word.isdigit():
        value = int(word[:6])
    elif word in _TENS:
        value = _TENS[word]
        follows = _SMALL.get(words[end]) if end < len(words) else None
        if follows and follows < 10:
            value, end = value + follows, end + 1
    elif word in _SMALL:
        value = _SMALL[word]
    else:
        return None
    value, end = _hundreds(words, value, end)
    if words[end : end + 3] == ("and", "a", "half"):
        value, end = value + 1, end + 3
    elif words[end : end + 1] == ("point",) and end + 1 < len(words):
        value, end = value + (words[end + 1] not in ("0", "zero")), end + 2
    return value, end


def _hundreds(words: Tokens, value: int, end: int) -> tuple[int, int]:
    if words[end : end + 1] != ("hundred",):
        return value, end
    value, end = value * 100, end + 1
    after = end + (words[end : end + 1] == ("and",))
    rest = read_number(words, after) if after < len(words) else None
    return (value + rest[0], rest[1]) if rest and rest[0] < 100 else (value, end)


def numbers(words: Tokens) -> list[int]:
    """All numbers of an utterance, without the scale ("out of ten", "of 10")."""
    found: list[int] = []
    index = 0
    while index < len(words):
        read = read_number(words, index)
        if read is None:
            index += 1
            continue
        scale = index > 0 and words[index - 1] == "of" and read[0] in (10, 100)
        if not scale or not found:
            found.append(read[0])
        index = read[1]
    if not found and len(words) == 1 and words[0] in ALIKE:
        found.append(ALIKE[words[0]])
    return found
