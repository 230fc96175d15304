"""What politely stands before and after an answer and means nothing: "oh", "thank you"."""

from dataclasses import dataclass

from voice_skill.dialog.model import Phrases
from voice_skill.understanding.language import Language
from voice_skill.understanding.templates import phrases_of
from voice_skill.understanding.text import Tokens


@dataclass(frozen=True)
class Courtesies:
    """The phrases before and after, each a tuple of words."""

    before: frozenset[Tokens] = frozenset()
    after: frozenset[Tokens] = frozenset()

    @classmethod
    def from_phrases(cls, phrases: Phrases, language: Language) -> "Courtesies":
        """Expand the templates once."""
        around = phrases.courtesies
        before, after = (phrases_of(t, language) for t in (around.before, around.after))
        return cls(frozenset(before), frozenset(after))

    def without_after(self, words: Tokens) -> Tokens:
        """The words without the courtesies at their end."""
        for start in range(len(words)):
            if words[start:] in self.after:
                return self.without_after(words[:start])
        return words

    def around(self, text: str) -> list[str]:
        """An answer with each of them."""
        before = [f"{' '.join(words)} {text}" for words in sorted(self.before)]
        return before + [f"{text} {' '.join(words)}" for words in sorted(self.after)]


NO_COURTESIES = Courtesies()
