"""Finding phrases in an utterance: the longest first, the graver of equals."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from voice_skill.understanding.text import Tokens


@dataclass(frozen=True)
class Cue:
    """A phrase found in an utterance: words start..end-1 mean `label`."""

    label: str
    start: int
    end: int
    gravity: int

    @property
    def length(self) -> int:
        """How many words it covers."""
        return self.end - self.start


@dataclass
class Phrasebook:
    """Phrases with what they mean. Of equally long phrases the one of higher gravity counts."""

    _by_first: dict[str, dict[Tokens, tuple[int, str]]] = field(default_factory=dict)
    _longest: dict[str, int] = field(default_factory=dict)

    def add(self, label: str, gravity: int, phrases: Iterable[Tokens]) -> None:
        """Let these phrases mean `label`."""
        for phrase in phrases:
            known = self._by_first.setdefault(phrase[0], {})
            self._longest[phrase[0]] = max(len(phrase), self._longest.get(phrase[0], 0))
            if phrase not in known or known[phrase][0] < gravity:
                known[phrase] = (gravity, label)

    def find(self, words: Tokens) -> list[Cue]:
        """All phrases in the words that do not overlap, longer ones taken first."""
        found = [
            Cue(hit[1], start, end, hit[0])
            for start, word in enumerate(words)
            for end in range(start + 1, min(len(words), start + self._longest.get(word, 0)) + 1)
            if (hit := self._by_first[word].get(words[start:end])) is not None
        ]
        found.sort(key=lambda cue: (-cue.length, -cue.gravity, cue.start))
        taken: list[Cue] = []
        for cue in found:
            if all(cue.end <= other.start or other.end <= cue.start for other in taken):
                taken.append(cue)
        return sorted(taken, key=lambda cue: cue.start)


def uncovered(words: Tokens, cues: Iterable[Cue]) -> Tokens:
    """The words that no cue explains."""
    covered = {index for cue in cues for index in range(cue.start, cue.end)}
    return tuple(word for index, word in enumerate(words) if index not in covered)
