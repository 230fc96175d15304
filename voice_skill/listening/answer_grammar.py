"""The grammars of a dialog, checked against what the model can hear."""

import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import ChoiceField, FreeField, YesNoField
from voice_skill.errors import ModelError
from voice_skill.hearing.second_ear import Question
from voice_skill.listening.open_grammar import open_sentences
from voice_skill.models.vocabulary import speakable
from voice_skill.understanding.courtesies import Courtesies
from voice_skill.understanding.covering import Completeness, GrammarIndex
from voice_skill.understanding.grammar import (
    ONE_WORD_WEIGHT,
    GrammarPhrase,
    barge_in_phrases,
    for_recogniser,
    grammar_phrases,
)
from voice_skill.understanding.language import Language
from voice_skill.understanding.sentences import sentence_phrases
from voice_skill.understanding.templates import expand
from voice_skill.understanding.text import spelled
from voice_skill.understanding.understander import Understander

_SENTENCE_END = re.compile(r"[.!?]")


@dataclass(frozen=True)
class Grammar:
    """What is listened for in one question."""

    texts: list[str]
    index: GrammarIndex
    meant: Callable[[str], bool]
    explains: Callable[[str], bool]

    def completeness(self, text: str) -> Completeness:
        """How complete a partial is. A word that can only mean an alarm need not be waited out."""
        if self.meant(text):
            return "complete"
        found = self.index.completeness(text)
        return "extendable" if found == "none" and self.explains(text) else found

    def covers(self, text: str) -> bool:
        """Whether a hypothesis is an answer at all, not a chain of fragments."""
        return self.index.covers(text) or self.explains(text)


@dataclass(frozen=True)
class Hotwords:
    """What is heard while the skill speaks. whole: the phrases that count. open: those of them
    that may go on and then mean something else, as "back" in "back hurts". dangers: those that
    tell of one."""

    texts: list[str]
    whole: frozenset[str]
    open: frozenset[str] = frozenset()
    dangers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Ears:
    """Makes the grammar of each question. Phrases with unknown words are left out."""

    dialog: Dialog
    words: frozenset[str]
    repeats: frozenset[str]
    understander: Understander

    @classmethod
    def from_dialog(
        cls, dialog: Dialog, words: frozenset[str], understander: Understander
    ) -> "Ears":
        """Check every question against the model. Raises ModelError for an unspeakable answer."""
        problems = unspeakable(dialog, words)
        if problems:
            raise ModelError("; ".join(problems))
        repeats = frozenset(p for t in dialog.phrases.universals["repeat"] for p in expand(t))
        return cls(dialog, words, repeats, understander)

    @property
    def language(self) -> Language:
        """The words of the language."""
        return self.understander.language

    def grammar(self, field: str, previous: str | None) -> Grammar:
        """Everything that may be said in answer to a field."""
        phrases = self._speakable(
            grammar_phrases(self.dialog.phrases, self.dialog.fields, self.language, field, previous)
        )
        sentences = self._sentences(field, phrases)
        courtesies = Courtesies.from_phrases(self.dialog.phrases, self.language)
        index = GrammarIndex.from_phrases(phrases, courtesies)
        item = self.dialog.fields[field]
        plain = isinstance(item, YesNoField) and item.role == "question" and not item.settles
        alarms = {p.text for p in phrases if p.origin in ("shared.yes", f"{field}.yes")}
        return Grammar(
            for_recogniser(phrases, self.language, courtesies) + sentences,
            index,
            lambda text: plain and " ".join(index.said(tuple(text.split()))) in alarms,
            lambda text: self.understander.explains(field, text),
        )

    def question(self, field: str, grammar: Grammar) -> Question:
        """A question for a second look at its answer. grammar: that of the first look."""

        def sentences() -> list[str]:
            return grammar.texts + open_sentences(self.dialog, self.understander, field)

        return Question(field, self.dialog.text(self.dialog.fields[field].ask), sentences)

    def _sentences(self, field: str, phrases: Sequence[GrammarPhrase]) -> list[str]:
        """Whole sentences beyond the phrases: their pairs of words, once each."""
        if isinstance(self.dialog.fields[field], FreeField):
            return []
        parser = self.understander.lexicon.parser(field)
        found = sentence_phrases(
            field, parser, self.dialog.grammar.spoken_as, phrases, self.language
        )
        return [phrase.text for phrase in self._speakable(found)]

    def hotwords(self, prompt: Sequence[str]) -> Hotwords:
        """Commands and danger phrases, without any that the prompt itself contains."""
        said = tuple(word for line in prompt for word in spelled(line))
        phrases = self._heard(barge_in_phrases(self.dialog.phrases))
        own = [p for p in phrases if p.origin != "decoys" and not _within(spelled(p.text), said)]
        decoys = [p for p in phrases if p.origin == "decoys"]
        sounding = [*dict.fromkeys(w for w in said if w in self.words), *echoes(prompt, self.words)]
        texts = for_recogniser([*own, *decoys], self.language) + sounding * ONE_WORD_WEIGHT
        dangers = frozenset(p.text for p in own if p.origin.startswith("danger."))
        return Hotwords(texts, frozenset(p.text for p in own), dangers=dangers)

    def _speakable(self, phrases: Iterable[GrammarPhrase]) -> list[GrammarPhrase]:
        """All that the model has words for; what is longest is understood, but not waited for."""
        kept = list(phrases)
        heard = set(speakable([p.text for p in kept], self.words)[0])
        return [p for p in kept if p.text in heard]

    def _heard(self, phrases: Iterable[GrammarPhrase]) -> list[GrammarPhrase]:
        return [p for p in self._speakable(phrases) if p.heard]


def echoes(prompt: Sequence[str], words: Container[str]) -> list[str]:
    """The lines that sound and each sentence of them, cut at words which the model lacks: as a
    chain of single words "keep it light" costs more than "tingling tight"."""
    return [
        " ".join(said)
        for text in (*prompt, *(part for line in prompt for part in _SENTENCE_END.split(line)))
        for known, said in groupby(spelled(text), words.__contains__)
        if known
    ]


def _within(phrase: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Whether the prompt contains these words in this order, so that it would answer itself."""
    size = len(phrase)
    return any(said[i : i + size] == phrase for i in range(len(said) - size + 1))


def left_out(dialog: Dialog, words: frozenset[str]) -> dict[str, tuple[str, str]]:
    """Phrases that the model cannot hear -> where they come from and the missing word."""
    found: dict[str, tuple[str, str]] = {}
    for name in dialog.fields:
        phrases = grammar_phrases(dialog.phrases, dialog.fields, Language.of(dialog.words), name)
        _, missing = speakable([p.text for p in phrases], words)
        origins = {p.text: p.origin for p in phrases}
        found |= {text: (origins[text], word) for text, word in missing.items()}
    return found


def unspeakable(dialog: Dialog, words: frozenset[str]) -> list[str]:
    """Values that could never be said, because every phrase for them has an unknown word."""
    problems: list[str] = []
    shared = _sayable(dialog.phrases.yes, words) and _sayable(dialog.phrases.no, words)
    for name, field in dialog.fields.items():
        if isinstance(field, ChoiceField):
            problems += [
                f"the model knows no way to say '{value}' for '{name}'"
                for value, templates in field.values.items()
                if not _sayable(templates, words)
            ]
        if isinstance(field, YesNoField) and not shared:
            problems.append(f"the model knows no yes or no for '{name}'")
    return problems


def _sayable(templates: Iterable[str], words: frozenset[str]) -> bool:
    """Whether there is a phrase, short enough to be heard, of words that the model knows."""
    phrases = (GrammarPhrase(text.lower(), "") for t in templates for text in expand(t))
    return any(p.heard and words.issuperset(p.text.replace("-", " ").split()) for p in phrases)
