"""How long: spoken durations as whole days. Parts are added, ranges and parts of days go up.

The words themselves are content: `words.yaml`.
"""

import math
from dataclasses import dataclass

from voice_skill.dialog.language import DurationWords
from voice_skill.understanding.numbers import Numbers, Phrase, begins, phrases
from voice_skill.understanding.text import Tokens

MAX_COUNTED = 30
"""Of each unit so many are listened for."""


@dataclass(frozen=True)
class Duration:
    """Whole days and the words they take up: start..end-1."""

    days: int
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Durations:
    """Reads and says the durations of a language."""

    words: DurationWords
    numbers: Numbers
    counts: tuple[Phrase, ...]
    fixed: tuple[Phrase, ...]
    and_more: tuple[Phrase, ...]

    @classmethod
    def of(cls, words: DurationWords, numbers: Numbers) -> "Durations":
        """The same as written, split once."""
        longest = sorted(phrases(words.fixed), key=lambda phrase: -len(phrase[0]))
        return cls(words, numbers, phrases(words.counts), (*longest,), phrases(words.and_more))

    def all(self, words: Tokens, today_weekday: int | None = None) -> list[Duration]:
        """Every duration of an utterance from left to right, those with "and" between added.

        today_weekday: 0 is Monday; without it "since Sunday" is taken as a whole week.
        """
        found: list[Duration] = []
        at = 0
        while at < len(words):
            read = self._read(words, at, today_weekday)
            if read is None:
                at += 1
                continue
            if found and found[-1].end == at - 1 and words[at - 1] == self.words.adding:
                last = found.pop()
                read = Duration(last.days + read.days, last.start, read.end)
            found.append(read)
            at = read.end
        return found

    def spoken(self) -> list[str]:
        """How a duration may be said, for the recogniser; the typed parser knows more."""
        said = self.words.spoken
        counted = [
            f"{self.numbers.in_words(n)} {one if n == 1 else more}"
            for one, more in said.counted.items()
            for n in range(1, MAX_COUNTED + 1)
        ]
        loose = [f"{count} {more}" for more in said.counted.values() for count in said.loose]
        after = (*self.words.weekdays, *said.since_whole)
        return [*counted, *loose, *said.whole, *(f"{said.since} {day}" for day in after)]

    def in_words(self, days: int) -> str:
        """So many days as they are said; nought has a word of its own."""
        said, more = self.words.spoken, next(iter(self.words.spoken.counted.values()))
        whole = (t for t in said.whole if days == 0 and self.all(tuple(t.split()))[0].days == 0)
        return next(whole, f"{self.numbers.in_words(days)} {more}")

    def _read(self, words: Tokens, start: int, today_weekday: int | None) -> Duration | None:
        counted, fixed = self._counted(words, start), begins(words, start, self.fixed)
        if fixed and (counted is None or fixed[1] > counted.end):
            return Duration(int(fixed[0]), start, fixed[1])
        return counted or self._weekday(words, start, today_weekday)

    def _counted(self, words: Tokens, start: int) -> Duration | None:
        """ "three weeks", "two or three weeks", "a couple of days", "a week and a half"."""
        if words[start] in self.words.alone:
            return Duration(math.ceil(self.words.units[words[start]]), start, start + 1)
        count = self._count(words, start)
        if count is None:
            return None
        value, end = self._largest(words, count)
        if words[end : end + 1] and words[end] in self.words.filling:
            end += 1
        unit = self._unit(words, end)
        if unit is None:
            return None
        end += 1
        more = begins(words, end, self.and_more)
        if more:
            value, end = value + more[0], more[1]
        return Duration(math.ceil(value * unit), start, end)

    def _largest(self, words: Tokens, count: tuple[float, int]) -> tuple[float, int]:
        """The larger of two counts before one unit: "two or three weeks", "two three days"."""
        value, end = count
        joined = end < len(words) and words[end] in self.words.ranging
        second = self._count(words, end + joined)
        if not second or self._unit(words, second[1]) is None:
            return count
        apart = joined or self._unit(words, end) is None
        return (max(value, second[0]), second[1]) if apart else count

    def _unit(self, words: Tokens, at: int) -> float | None:
        return self.words.units.get(words[at]) if at < len(words) else None

    def _count(self, words: Tokens, start: int) -> tuple[float, int] | None:
        number = self.numbers.read(words, start) if start < len(words) else None
        return (number.value, number.end) if number else begins(words, start, self.counts)

    def _weekday(self, words: Tokens, start: int, today_weekday: int | None) -> Duration | None:
        before, days = self.words.weekday_before, self.words.weekdays
        at = start + (words[start] in (before, self.words.weekday_on))
        if at >= len(words) or words[at] not in days:
            return None
        if today_weekday is None:
            return Duration(7, start, at + 1)
        past = (today_weekday - days.index(words[at])) % 7 or 7
        return Duration(past + (7 if words[start] == before else 0), start, at + 1)
