"""Numbers in words and figures, and where they stand.

text2num turns words into figures; our rules stand around it: "a hundred", dozens, halves, ranges.
The words themselves are content: `words.yaml`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from text_to_num import text2num

from voice_skill.dialog.language import NumberWords
from voice_skill.understanding.text import Tokens

MAX_NUMBER_WORDS = 6
"""Words of the longest number that is read: "one hundred and ninety nine"."""
Phrase = tuple[Tokens, float]


@dataclass(frozen=True)
class Number:
    """A number and the words it takes up: start..end-1. lowest: of a range, else the value."""

    value: float
    start: int
    end: int
    lowest: float


@dataclass(frozen=True, eq=False)
class Numbers:
    """Reads and says the numbers of a language. inside: words that text2num is given."""

    words: NumberWords
    inside: frozenset[str]
    whole: tuple[Phrase, ...]
    and_more: tuple[Phrase, ...]

    @classmethod
    def of(cls, words: NumberWords) -> "Numbers":
        """The same as written, split once."""
        inside = frozenset((*words.units, *words.tens, words.hundred, *words.variants))
        return cls(words, inside, phrases(words.whole), phrases(words.and_more))

    @property
    def alike(self) -> Mapping[str, int]:
        """Words that sound like a number: taken only where nothing else was said."""
        return self.words.alike

    def in_words(self, value: int) -> str:
        """A number from 0 to 199 as it is spoken."""
        units, tens, spoken = self.words.units, self.words.tens, self.words.spoken
        if value < len(units):
            return units[value]
        if value < 100:
            ten, unit = tens[value // 10 - 2], units[value % 10]
            return spoken.tens.format(tens=ten, unit=unit) if value % 10 else ten
        unit, rest = units[value // 100], value % 100
        if not rest:
            return spoken.hundreds.format(unit=unit)
        return spoken.hundreds_and.format(unit=unit, rest=self.in_words(rest))

    def read(self, words: Tokens, start: int) -> Number | None:
        """The number that begins at `start`, the longest, with a half or a dozen; None if none."""
        plain = self._plain(words, start)
        if plain is None:
            return None
        value, end = plain
        if words[end : end + 1] and words[end] in self.words.times:
            value, end = value * self.words.times[words[end]], end + 1
        more = begins(words, end, self.and_more)
        if more:
            value, end = value + more[0], more[1]
        elif words[end : end + 1] == (self.words.point,):
            tail = self._plain(words, end + 1)
            if tail is None:
                return None
            value, end = float(f"{int(value)}.{int(tail[0])}"), tail[1]
        if words[end : end + 1] == (self.words.roughly,):
            end += 1
        return Number(value, start, end, value)

    def read_range(self, words: Tokens, start: int) -> Number | None:
        """A number or the highest of a range: "four or five", "between four and six"."""
        between = words[start] in self.words.between
        first = self.read(words, start + 1 if between else start)
        if first is None:
            return None
        joined = first.end < len(words) and words[first.end] in self.words.ranging
        after = first.end + joined
        second = self.read(words, after) if after < len(words) else None
        if second is None:
            return None if between else first
        if words[second.end : second.end + 1] == (self.words.hundred,):
            return first
        pair = (first.value, second.value)
        return Number(max(pair), start, second.end, min(pair))

    def ranges(self, words: Tokens) -> tuple[Number, ...]:
        """What may be read from each place; a word that only sounds like a number, alone."""
        found = tuple(n for at in range(len(words)) if (n := self.read_range(words, at)))
        return found or self._sounding(words)

    def all(self, words: Tokens) -> list[Number]:
        """All numbers of an utterance, left to right; a word that only sounds like one, alone."""
        found: list[Number] = []
        at = 0
        while at < len(words):
            read = self.read(words, at)
            if read is not None:
                found.append(read)
            at = read.end if read else at + 1
        return found or [*self._sounding(words)]

    def _sounding(self, words: Tokens) -> tuple[Number, ...]:
        if len(words) != 1 or words[0] not in self.alike:
            return ()
        value = float(self.alike[words[0]])
        return (Number(value, 0, 1, value),)

    def _plain(self, words: Tokens, start: int) -> tuple[float, int] | None:
        word = words[start] if start < len(words) else ""
        if word[:1].isdigit():
            digits = word.removesuffix(self.words.roughly)
            return (float(digits), start + 1) if digits.replace(".", "", 1).isdigit() else None
        whole = begins(words, start, self.whole)
        if whole:
            return whole
        article, hundred = self.words.article, self.words.hundred
        if word == article and words[start + 1 : start + 2] != (hundred,):
            return None
        return self._by_library(words, start)

    def _by_library(self, words: Tokens, start: int) -> tuple[float, int] | None:
        """The longest run of number words from `start` that text2num takes for one number."""
        known, run = self.words, list[str]()
        joints = (known.joint, known.article)
        for word in words[start : start + MAX_NUMBER_WORDS]:
            inside = word in joints and (run or word == known.article)
            stem = word.removesuffix(known.roughly)
            stem = stem if stem in self.inside else word
            if stem not in self.inside and not inside:
                break
            run.append(known.units[1] if word == known.article else known.variants.get(stem, stem))
        for size in range(len(run), 0, -1):
            if run[size - 1] in joints or words[start + size - 1] == known.article:
                continue
            try:
                return float(text2num(" ".join(run[:size]), known.code)), start + size
            except ValueError:
                continue
        return None


def phrases(written: Mapping[str, float] | Iterable[str]) -> tuple[Phrase, ...]:
    """Phrases split into words, each with its value; without values they are nought."""
    pairs = written.items() if isinstance(written, Mapping) else ((text, 0) for text in written)
    return tuple((tuple(text.split()), float(value)) for text, value in pairs)


def begins(words: Tokens, start: int, known: Iterable[Phrase]) -> tuple[float, int] | None:
    """The value of the first phrase that stands at `start`, and where it ends."""
    for phrase, value in known:
        if words[start : start + len(phrase)] == phrase:
            return value, start + len(phrase)
    return None
