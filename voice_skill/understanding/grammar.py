"""What may be said in a field, as phrases for the recogniser: one source for ears and mind."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from voice_skill.dialog.fields import (
    AnyField,
    ChoiceField,
    DurationField,
    FreeField,
    NumberField,
    YesNoField,
)
from voice_skill.dialog.model import Phrases
from voice_skill.understanding.courtesies import NO_COURTESIES, Courtesies
from voice_skill.understanding.language import Language
from voice_skill.understanding.templates import expand
from voice_skill.understanding.text import Tokens, spelled

ONE_WORD_WEIGHT = 30
TWO_WORD_WEIGHT = 10
PAUSED_WEIGHT = 5
POLITE_WEIGHT = 2
"""How often the shortest phrases stand in the recogniser's grammar: see `GrammarPhrase.weight`."""
ELSEWHERE = ("universals", "danger", "decoys")
MAX_WORDS = 5
HESITATION = "shared.hesitations"
OPENER_WORDS = 3


@dataclass(frozen=True)
class GrammarPhrase:
    """A phrase and where it comes from: `saddle.yes`, `universals.stop`, `danger.bladder`."""

    text: str
    origin: str

    @property
    def weight(self) -> int:
        """How often it stands in the recogniser's grammar.

        Vosk makes a bigram model of the grammar, in which "no" loses against "know" once many
        longer phrases begin with "no"; repeating the shortest answers keeps them whole.
        """
        words = self.text.count(" ") + 1
        if words == 1 and not self.origin.startswith(("danger", "decoys")):
            return ONE_WORD_WEIGHT
        return TWO_WORD_WEIGHT if words == 2 and not self.origin.startswith(ELSEWHERE) else 1

    @property
    def heard(self) -> bool:
        """Whether it is short enough to be heard as one phrase; the typed parser takes all."""
        return self.text.count(" ") < MAX_WORDS

    # worked out once: a grammar is made of six thousand phrases while somebody may be speaking

    @cached_property
    def words(self) -> Tokens:
        """Its words as they are heard."""
        return spelled(self.text)

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """The shorter phrases that it begins with."""
        words = self.text.split()
        return tuple(" ".join(words[:count]) for count in range(1, len(words)))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Its pairs of neighbouring words, with nothing before the first and after the last."""
        return frozenset(pairwise(("", *self.text.split(), "")))


def grammar_phrases(
    phrases: Phrases,
    fields: Mapping[str, AnyField],
    language: Language,
    field: str,
    previous: str | None = None,
) -> tuple[GrammarPhrase, ...]:
    """Everything that may be said in answer to a field, once each."""
    found = [*_answers(phrases, language, field, fields[field]), *_anywhere(phrases)]
    found += _from(HESITATION, phrases.hesitations)
    if isinstance(fields[field], FreeField):
        for name, other in fields.items():
            found += _own(name, other) if other.role == "question" else []
    if previous is not None:
        openers = [o for t in phrases.correction for o in expand(t) if o.count(" ") < OPENER_WORDS]
        found += [
            GrammarPhrase(f"{opener} {answer.text}", f"correction.{previous}")
            for opener in openers
            for answer in _short(_answers(phrases, language, previous, fields[previous]))
        ]
    return tuple({phrase.text: phrase for phrase in reversed(found)}.values())[::-1]


def for_recogniser(
    phrases: Iterable[GrammarPhrase], language: Language, courtesies: Courtesies = NO_COURTESIES
) -> list[str]:
    """The texts for the recogniser, repeated by weight.

    One-word answers also stand after each hesitation, and with each courtesy: the bigram model
    would rather hear "i'm yes" than "um yes" if it knew "um" only alone. "To" is "two" only alone.
    """
    heard = _bringing_pairs(p for p in phrases if p.heard)
    pauses = [p.text for p in heard if p.origin == HESITATION]
    short = [
        p.text for p in heard if p.weight == ONE_WORD_WEIGHT and not p.origin.startswith(ELSEWHERE)
    ]
    alike = language.numbers.alike
    answers = [text for text in short if text not in pauses and text not in alike]
    paused = [f"{pause} {text}" for pause in pauses for text in answers]
    polite = [said for text in answers for said in courtesies.around(text)]
    weighed = [p.text for p in heard for _ in range(p.weight)]
    return weighed + paused * PAUSED_WEIGHT + polite * POLITE_WEIGHT


def _bringing_pairs(phrases: Iterable[GrammarPhrase]) -> list[GrammarPhrase]:
    """Those with a pair of words that no shorter phrase of the same origin has.

    The bigram model hears the others as well, and is not bent by them: "does not go down my legs"
    in 243 wordings made "does" likelier than "both".
    """
    seen: dict[str, set[tuple[str, str]]] = defaultdict(set)
    kept = []
    for phrase in sorted(phrases, key=lambda p: p.text.count(" ")):
        if not phrase.pairs <= seen[phrase.origin]:
            seen[phrase.origin] |= phrase.pairs
            kept.append(phrase)
    return kept


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


def _own(name: str, field: AnyField) -> list[GrammarPhrase]:
    """A field's own words for its graver answers: what free speech is searched for."""
    if isinstance(field, YesNoField):
        return _from(f"{name}.yes", field.yes)
    if isinstance(field, ChoiceField):
        graver = list(field.values.items())[1:]
        return [p for value, templates in graver for p in _from(f"{name}.{value}", templates)]
    return []


def _answers(
    phrases: Phrases, language: Language, name: str, field: AnyField
) -> list[GrammarPhrase]:
    found: list[GrammarPhrase] = []
    for item in field.reask_on:
        found += _from(f"{name}.reask_on", item.phrases)
    shared: tuple[str, ...] = ("dont_know", "refusal")
    if isinstance(field, YesNoField):
        found += _from(f"{name}.yes", field.yes) + _from(f"{name}.no", field.no)
        shared = ("yes", "weak_yes", "hedged_yes", "no", "hedged_no", *shared)
    elif isinstance(field, ChoiceField):
        for value, templates in field.values.items():
            found += _from(f"{name}.{value}", templates)
        shared = ("yes", "hedged_yes", "no", "hedged_no", *shared)
    elif isinstance(field, NumberField):
        found += [
            GrammarPhrase(language.numbers.in_words(n), f"{name}.{n}")
            for n in range(field.minimum, field.maximum + 1)
        ]
        # said alone, "to" is the same sound as "two", and the recogniser may write either
        found += [GrammarPhrase(word, f"{name}.{n}") for word, n in language.numbers.alike.items()]
        for value, templates in field.words.items():
            found += _from(f"{name}.{value}", templates)
    elif isinstance(field, DurationField):
        found += [GrammarPhrase(text, f"{name}.days") for text in language.durations.spoken()]
    elif isinstance(field, FreeField):
        shared = (*shared, "no", "yes")
    for label in shared:
        found += _from(f"shared.{label}", getattr(phrases, label))
    return found
