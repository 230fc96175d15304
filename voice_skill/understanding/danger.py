"""Danger phrases: listened for in every turn, whatever was asked."""

from dataclasses import dataclass

from voice_skill.dialog.model import Danger, Phrases
from voice_skill.understanding.templates import phrases_of
from voice_skill.understanding.text import Tokens


@dataclass(frozen=True)
class Hit:
    """A danger phrase in an utterance, with the words before it."""

    danger: Danger
    phrase: Tokens
    before: Tokens


@dataclass(frozen=True)
class DangerIndex:
    """All danger phrases by their first word."""

    by_first: dict[str, tuple[tuple[Tokens, Danger], ...]]

    @classmethod
    def from_phrases(cls, phrases: Phrases) -> "DangerIndex":
        """Expand the templates once."""
        found: dict[str, list[tuple[Tokens, Danger]]] = {}
        for danger in phrases.danger:
            for phrase in phrases_of(danger.phrases):
                found.setdefault(phrase[0], []).append((phrase, danger))
        return cls({first: tuple(items) for first, items in found.items()})

    def find(self, words: Tokens, field: str, least: int = 1) -> Hit | None:
        """The phrase that matters most, of at least so many words: explicit, then of the field
        asked, then the longest."""
        hits = [
            Hit(danger, phrase, words[:start])
            for start, word in enumerate(words)
            for phrase, danger in self.by_first.get(word, ())
            if len(phrase) >= least and words[start : start + len(phrase)] == phrase
        ]
        if not hits:
            return None
        return max(hits, key=lambda h: (h.danger.explicit, h.danger.field == field, len(h.phrase)))
