"""What may be said in a field, as phrases for the recogniser: one source for ears and mind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from voice_skill.dialog.model import (
    AnyField,
    ChoiceField,
    DurationField,
    FreeField,
    NumberField,
    Phrases,
    YesNoField,
)
from voice_skill.understanding.durations import WEEKDAYS
from voice_skill.understanding.numbers import in_words
from voice_skill.understanding.templates import expand

Completeness = Literal["complete", "extendable", "partial", "none"]


@dataclass(frozen=True)
class GrammarPhrase:
    """A phrase and where it comes from: `saddle.yes`, `universals.stop`, `danger.bladder`."""

    text: str
    origin: str


def grammar_phrases(
    phrases: Phrases, fields: Mapping[str, AnyField], field: str, previous: str | None = None
) -> tuple[GrammarPhrase, ...]:
    """Everything that may be said in answer to a field, once each."""
    found = [*_answers(phrases, field, fields[field]), *_anywhere(phrases)]
    if previous is not None:
        openers = [opener for t in phrases.correction for opener in expand(t)][:6]
        found += [
            GrammarPhrase(f"{opener} {answer.text}", f"correction.{previous}")
            for opener in openers
            for answer in _short(_answers(phrases, previous, fields[previous]))
        ]
    return tuple({phrase.text: phrase for phrase in reversed(found)}.values())[::-1]


def barge_in_phrases(phrases: Phrases) -> tuple[GrammarPhrase, ...]:
    """What is heard while the skill speaks: universals and danger phrases, among decoys."""
    return tuple(_anywhere(phrases))


def _from(origin: str, templates: Iterable[str]) -> list[GrammarPhrase]:
    return [GrammarPhrase(_plain(text), origin) for t in templates for text in expand(t)]


def _plain(text: str) -> str:
    return text.lower().replace("-", " ")


def _anywhere(phrases: Phrases) -> list[GrammarPhrase]:
    found = [
        item
        for name, templates in phrases.universals.items()
        for item in _from(f"universals.{name}", templates)
    ]
    for danger in phrases.danger:
        found += _from(f"danger.{danger.field}", danger.phrases)
    found += _from("decoys", phrases.decoys)
    return found


def _short(items: Iterable[GrammarPhrase]) -> list[GrammarPhrase]:
    return [item for item in items if len(item.text.split()) <= 2]


def _answers(phrases: Phrases, name: str, field: AnyField) -> list[GrammarPhrase]:
    found: list[GrammarPhrase] = []
    for item in field.reask_on:
        found += _from(f"{name}.reask_on", item.phrases)
    shared = ("dont_know", "refusal")
    if isinstance(field, YesNoField):
        found += _from(f"{name}.yes", field.yes) + _from(f"{name}.no", field.no)
        shared = ("yes", "weak_yes", "hedged_yes", "no", "hedged_no", *shared)
    elif isinstance(field, ChoiceField):
        for value, templates in field.values.items():
            found += _from(f"{name}.{value}", templates)
        shared = ("yes", "hedged_yes", "no", "hedged_no", *shared)
    elif isinstance(field, NumberField):
        found += [
            GrammarPhrase(in_words(n), f"{name}.{n}")
            for n in range(field.minimum, field.maximum + 1)
        ]
        for value, templates in field.words.items():
            found += _from(f"{name}.{value}", templates)
    elif isinstance(field, DurationField):
        found += _durations(name)
    elif isinstance(field, FreeField):
        shared = (*shared, "no", "yes")
    for label in shared:
        found += _from(f"shared.{label}", getattr(phrases, label))
    return found


def _durations(name: str) -> list[GrammarPhrase]:
    counted = [
        f"{in_words(n)} {unit}{'' if n == 1 else 's'}"
        for unit in ("day", "week", "month", "year")
        for n in range(1, 31)
    ]
    loose = [
        f"{count} {unit}"
        for unit in ("days", "weeks", "months", "years")
        for count in ("a few", "a couple of", "several")
    ]
    single = ["a day", "a week", "a month", "a year", "a fortnight", "half a year"]
    plain = ["today", "yesterday", "this morning", "last week", "last night", "ages", "years"]
    since = [f"since {day}" for day in (*WEEKDAYS, "yesterday")]
    return [GrammarPhrase(t, f"{name}.days") for t in (*counted, *loose, *single, *plain, *since)]


@dataclass(frozen=True)
class GrammarIndex:
    """Tells whether a partial hypothesis is a whole answer and whether it could go on."""

    whole: frozenset[tuple[str, ...]]
    begun: frozenset[tuple[str, ...]]

    @classmethod
    def from_phrases(cls, phrases: Iterable[str]) -> "GrammarIndex":
        """Index phrases by all of their beginnings."""
        whole = {tuple(text.split()) for text in phrases}
        begun = {words[:size] for words in whole for size in range(1, len(words))}
        return cls(frozenset(whole), frozenset(begun))

    def completeness(self, text: str) -> Completeness:
        """complete: nothing longer begins so. extendable: whole, but may go on."""
        words = tuple(text.split())
        if words in self.whole:
            return "extendable" if words in self.begun else "complete"
        return "partial" if words in self.begun else "none"
