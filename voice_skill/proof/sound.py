"""How far apart phrases are by sound: the phones that must change to make one the other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from voice_skill.models.pronunciation import Pronunciation, pronunciations
from voice_skill.models.units import PHONES

SHARE = 0.34
"""Phrases sound alike if no more of the longer one's phones differ: "one" and "none" are at 0.33,
"wrong" and "right" at 0.5 (mishearings that were measured stand in `safety.yaml` as well)."""
AT_LEAST = 1
"""Or if no more phones differ, however short they are: "no" and "new"."""
VOICED = {"B": "P", "D": "T", "G": "K", "V": "F", "DH": "TH", "Z": "S", "ZH": "SH", "JH": "CH"}
"""Sounds that differ by voice alone count half: "thirteen" and "thirty"."""


@dataclass(frozen=True)
class Sounds:
    """Phrases as phones, for finding those that sound like another.

    words: how each word is said.
    counts: how often each phone, voiced or not, stands in each phrase, shape (phrases, phones).
    """

    words: Mapping[str, Pronunciation]
    said: Mapping[str, Pronunciation]
    texts: tuple[str, ...]
    counts: np.ndarray

    @classmethod
    def from_texts(cls, texts: Iterable[str]) -> "Sounds":
        """Look every word up. Texts with a word that nobody can say are left out."""
        wanted = list(dict.fromkeys(texts))
        words = pronunciations({word for text in wanted for word in text.split()})
        said = {
            text: tuple(phone for word in text.split() for phone in words[word])
            for text in wanted
            if all(word in words for word in text.split())
        }
        column = {phone: number for number, phone in enumerate(PHONES)}
        counts = np.zeros((len(said), len(PHONES)), dtype=np.int16)
        for row, phones in enumerate(said.values()):
            for phone in phones:
                counts[row, column[VOICED.get(phone, phone)]] += 1
        return cls(words, said, tuple(said), counts)

    def like(self, text: str) -> list[str]:
        """The other texts that sound like this one."""
        return [other for other, limit in self._near(text) if self._apart(text, other) <= limit]

    def confused_with(self, text: str) -> list[str]:
        """Of those the ones that stay alike without the words that both have, which tell nothing.

        "no pain" and "knee pain", but not "i feel fine" and "i feel faint".
        """
        return [
            other
            for other, limit in self._near(text)
            if self._differ_alike(text, other) and self._apart(text, other) <= limit
        ]

    def _near(self, text: str) -> Iterator[tuple[str, float]]:
        """Texts that may be no further apart than their limit, by the phones they are made of."""
        if text not in self.said:
            return
        apart = self.counts - self.counts[self.texts.index(text)]
        lengths = self.counts.sum(axis=1)
        most = np.maximum(AT_LEAST, SHARE * np.maximum(lengths, len(self.said[text])))
        fewest = np.maximum(np.maximum(apart, 0).sum(axis=1), np.maximum(-apart, 0).sum(axis=1))
        for row in np.flatnonzero(fewest <= most):
            if self.texts[row] != text:
                yield self.texts[row], float(most[row])

    def _apart(self, text: str, other: str) -> float:
        return distance(self.said[text], self.said[other])

    def _differ_alike(self, text: str, other: str) -> bool:
        mine, its = text.split(), other.split()
        left = (
            [word for word in mine if word not in its],
            [word for word in its if word not in mine],
        )
        one, two = (tuple(phone for word in words for phone in self.words[word]) for words in left)
        return distance(one, two) <= max(AT_LEAST, SHARE * max(len(one), len(two)))


def distance(one: Pronunciation, other: Pronunciation) -> float:
    """Phones to add, drop or change (Levenshtein)."""
    row = [float(column) for column in range(len(other) + 1)]
    for index, phone in enumerate(one, start=1):
        before, row[0] = row[0], float(index)
        for column, its in enumerate(other, start=1):
            cheapest = min(row[column] + 1, row[column - 1] + 1, before + _change(phone, its))
            before, row[column] = row[column], cheapest
    return row[-1]


def _change(phone: str, other: str) -> float:
    if phone == other:
        return 0.0
    return 0.5 if VOICED.get(phone, phone) == VOICED.get(other, other) else 1.0
