"""Numbers in words and figures, and where they stand.

text2num turns words into figures; our rules stand around it: "a hundred", dozens, halves, ranges.
"""

from dataclasses import dataclass

from text_to_num import text2num

from voice_skill.understanding.text import Tokens

UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
TENS = ("_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ALIKE = {"to": 2, "too": 2, "for": 4, "ate": 8, "won": 1, "fore": 4}
"""Words that sound like a number: taken only where nothing else was said."""
MAX_NUMBER_WORDS = 6
"""Words of the longest number that is read: "one hundred and ninety nine"."""
_VARIANTS = {"fourty": "forty", "nought": "zero", "naught": "zero", "nil": "zero"}
_NUMBER_WORDS = frozenset((*UNITS, *TENS, "hundred", *_VARIANTS)) - {"_"}
_RANGE_WORDS = ("or", "to", "and", "maybe")


@dataclass(frozen=True)
class Number:
    """A number and the words it takes up: start..end-1. lowest: of a range, else the value."""

    value: float
    start: int
    end: int
    lowest: float


def in_words(value: int) -> str:
    """A number from 0 to 199 as it is spoken."""
    if value < 20:
        return UNITS[value]
    if value < 100:
        rest = f" {UNITS[value % 10]}" if value % 10 else ""
        return TENS[value // 10] + rest
    rest = f" and {in_words(value % 100)}" if value % 100 else ""
    return f"{UNITS[value // 100]} hundred{rest}"


def read_number(words: Tokens, start: int) -> Number | None:
    """The number that begins at `start`, the longest, with a half or a dozen; None if none does."""
    plain = _plain(words, start)
    if plain is None:
        return None
    value, end = plain
    if words[end : end + 1] == ("dozen",):
        value, end = value * 12, end + 1
    if words[end : end + 3] == ("and", "a", "half"):
        value, end = value + 0.5, end + 3
    elif words[end : end + 1] == ("point",):
        tail = _plain(words, end + 1)
        if tail is None:
            return None
        value, end = float(f"{int(value)}.{int(tail[0])}"), tail[1]
    if words[end : end + 1] == ("ish",):
        end += 1
    return Number(value, start, end, value)


def read_range(words: Tokens, start: int) -> Number | None:
    """A number or a range ("four or five", "between four and six", "four five") as its highest."""
    between = words[start : start + 1] in (("between",), ("from",))
    first = read_number(words, start + 1 if between else start)
    if first is None:
        return None
    after = first.end + (words[first.end : first.end + 1] in [(w,) for w in _RANGE_WORDS])
    second = read_number(words, after) if after < len(words) else None
    if second is None:
        return None if between else first
    if words[second.end : second.end + 1] == ("hundred",):
        return first
    pair = (first.value, second.value)
    return Number(max(pair), start, second.end, min(pair))


def numbers(words: Tokens) -> list[Number]:
    """All numbers of an utterance from left to right; a word that only sounds like one, alone."""
    found: list[Number] = []
    at = 0
    while at < len(words):
        read = read_number(words, at)
        if read is not None:
            found.append(read)
        at = read.end if read else at + 1
    if not found and len(words) == 1 and words[0] in ALIKE:
        value = float(ALIKE[words[0]])
        found.append(Number(value, 0, 1, value))
    return found


def _plain(words: Tokens, start: int) -> tuple[float, int] | None:
    word = words[start] if start < len(words) else ""
    if word[:1].isdigit():
        digits = word.removesuffix("ish")
        return (float(digits), start + 1) if digits.replace(".", "", 1).isdigit() else None
    if word == "half" and words[start + 1 : start + 3] == ("a", "dozen"):
        return 6, start + 3
    if word == "a" and words[start + 1 : start + 2] == ("dozen",):
        return 12, start + 2
    if word == "a" and words[start + 1 : start + 2] != ("hundred",):
        return None
    return _by_library(words, start)


def _by_library(words: Tokens, start: int) -> tuple[float, int] | None:
    """The longest run of number words from `start` that text2num takes for one number."""
    run: list[str] = []
    for word in words[start : start + MAX_NUMBER_WORDS]:
        inside = word in ("and", "a") and (run or word == "a")
        stem = word.removesuffix("ish") if word.removesuffix("ish") in _NUMBER_WORDS else word
        if stem not in _NUMBER_WORDS and not inside:
            break
        run.append("one" if word == "a" else _VARIANTS.get(stem, stem))
    for size in range(len(run), 0, -1):
        if run[size - 1] in ("and", "a") or words[start + size - 1] == "a":
            continue
        try:
            return float(text2num(" ".join(run[:size]), "en")), start + size
        except ValueError:
            continue
    return None
