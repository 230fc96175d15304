"""How far apart phrases are by sound: the phones that must change to make one the other."""

from collections.abc import Iterable, Mapping
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

    counts: how often each phone, voiced or not, stands in each phrase, shape (phrases, phones).
    """

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
        return cls(said, tuple(said), counts)

    def like(self, text: str) -> list[str]:
        """The other texts that sound like this one."""
        if text not in self.said:
            return []
        mine = self.said[text]
        apart = self.counts - self.counts[self.texts.index(text)]
        lengths = self.counts.sum(axis=1)
        most = np.maximum(AT_LEAST, SHARE * np.maximum(lengths, len(mine)))
        fewest = np.maximum(np.maximum(apart, 0).sum(axis=1), np.maximum(-apart, 0).sum(axis=1))
        near = ((self.texts[row], most[row]) for row in np.flatnonzero(fewest <= most))
        return [other for other, limit in near
                if other != text and distance(mine, self.said[other]) <= limit]  # fmt: skip


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
