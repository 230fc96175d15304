"""What people may say to the guide and to the coach: the texts of synthetic speech."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import DurationField, NumberField
from voice_skill.understanding.grammar import grammar_phrases
from voice_skill.understanding.language import Language
from voice_skill.understanding.templates import phrases_of

SAID_MOST = 0.4
"""The share of clips by meaning that says what is said most in a warm-up."""


@dataclass(frozen=True)
class Texts:
    """phrases: each once. meanings: lists that are drawn from alike, however long, so that a
    meaning with few ways to say it ("next") is not lost among thousands of danger phrases.
    often: the first name of each command, and single words of pain."""

    phrases: tuple[str, ...]
    meanings: tuple[tuple[str, ...], ...] = ()
    often: tuple[str, ...] = ()

    @classmethod
    def from_folder(cls, folder: Path) -> "Texts":
        """All that a dialog and its coach listen for. Raises DialogError."""
        dialog = Dialog.from_folder(folder)
        language = Language.of(dialog.words)
        said: dict[str, set[str]] = defaultdict(set)
        counted = set()
        for name, field in dialog.fields.items():
            for phrase in grammar_phrases(dialog.phrases, dialog.fields, language, name):
                said[phrase.origin].add(phrase.text)
            if isinstance(field, NumberField | DurationField):
                counted |= {origin for origin in said if origin.startswith(f"{name}.")}
        phrases = {text for texts in said.values() for text in texts}
        # numbers have a list of their own in the recipe
        meanings = [texts for origin, texts in said.items() if origin not in counted]
        wording = Content(folder, dialog).library.wording
        rule = wording.stop_rule
        answers = [templates for _, templates in wording.answers]
        dangers = [danger.phrases for danger in rule.danger]
        coach = [*wording.commands.values(), *answers, rule.hurts, rule.travels, *dangers]
        meanings += [{" ".join(words) for words in phrases_of(t, language)} for t in coach]
        often = [" ".join(next(iter(phrases_of(t, language)))) for t in wording.commands.values()]
        often += [words[0] for words in phrases_of(rule.hurts, language) if len(words) == 1]
        return cls(tuple(sorted(phrases)), tuple(tuple(sorted(m)) for m in meanings), tuple(often))

    @property
    def vocabulary(self) -> set[str]:
        """Every word of them."""
        everything = [*self.phrases, *self.often, *(t for texts in self.meanings for t in texts)]
        return {word for text in everything for word in text.split()}

    def shares(self) -> list[tuple[float, list[str]]]:
        """Lists of texts by meaning and how much of the speech each gets."""
        rest = (1.0 - SAID_MOST) / max(len(self.meanings), 1)
        return [(SAID_MOST, list(self.often)), *((rest, list(m)) for m in self.meanings)]
