"""From an utterance to its meaning in a field, in the order that safety asks for.

Commands, signs of danger, corrections, words that need their own question, and then the answer:
its statements are parsed and judged. The same for typed and heard words, whichever ear they are
from. What reassures counts only if every word of the utterance is explained.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import (
    AnyField,
    ChoiceField,
    DurationField,
    FreeField,
    NumberField,
    YesNoField,
    could_be_graver,
    reassuring,
)
from voice_skill.dialog.interpretation import SOFT, Interpretation, Value
from voice_skill.dialog.model import Phrases
from voice_skill.understanding.answer import UNCLEAR
from voice_skill.understanding.answering import Answering
from voice_skill.understanding.courtesies import Courtesies
from voice_skill.understanding.danger import Dangers
from voice_skill.understanding.harvest import harvest
from voice_skill.understanding.language import Language
from voice_skill.understanding.lexicon import Lexicon
from voice_skill.understanding.pattern import Rule
from voice_skill.understanding.phrasebook import Phrasebook
from voice_skill.understanding.signs import Net
from voice_skill.understanding.templates import phrases_of
from voice_skill.understanding.text import BOUNDARY, Tokens, unechoed, without_boundaries

DANGER_WORDS = 2
"""A sign among words that make no answer has so many words: single ones are too often what others'
talk comes out as."""


@dataclass(frozen=True)
class Understander:
    """Understands every field of one dialog."""

    phrases: Phrases
    fields: Mapping[str, AnyField]
    answering: Answering
    dangers: Dangers
    universals: Mapping[Tokens, str]
    corrections: tuple[Tokens, ...]
    second_thoughts: tuple[Tokens, ...]
    asides: Phrasebook
    plain: frozenset[Tokens]
    courtesies: Courtesies

    @classmethod
    def from_dialog(cls, dialog: Dialog) -> "Understander":
        """Read what all answers share; what is a question's own is read when it is asked."""
        phrases, grammar, fields = dialog.phrases, dialog.grammar, dialog.fields
        language = Language.of(dialog.words)
        rules = {name: Rule.of([text], language) for name, text in grammar.rules.items()}
        universals = {
            phrase: name
            for name, templates in phrases.universals.items()
            for phrase in phrases_of(templates, language)
        }
        open_negators = frozenset(dialog.signs.open_negators)
        lexicon = Lexicon(phrases, grammar, dialog.answers, fields, rules, open_negators, language)
        net = Net.of(dialog.signs, phrases.danger, rules, language)
        hesitations = frozenset(phrases_of(phrases.hesitations, language))
        answering = Answering(fields, dialog.answers, lexicon, net.scope, hesitations)
        return cls(
            phrases,
            fields,
            answering,
            Dangers(answering, net),
            universals,
            _longest_first((*phrases.correction, *grammar.correction), language),
            _longest_first(grammar.second_thoughts, language),
            _asides(phrases, fields, language),
            frozenset(phrases_of(phrases.plain, language)),
            Courtesies.from_phrases(phrases, language),
        )

    @property
    def lexicon(self) -> Lexicon:
        """The parsers of the questions."""
        return self.answering.lexicon

    @property
    def language(self) -> Language:
        """The words of the language."""
        return self.answering.language

    @property
    def net(self) -> Net:
        """What finds signs of danger."""
        return self.dangers.net

    @cached_property
    def fillers(self) -> frozenset[str]:
        """Words that may stand around an answer at a short question of the coach."""
        around = self.phrases.courtesies
        said = phrases_of((*around.before, *around.after, *self.phrases.fillers), self.language)
        return frozenset(word for words in said for word in words)

    def interpret(
        self,
        field: str,
        text: str,
        *,
        previous: str | None = None,
        today_weekday: int | None = None,
    ) -> Interpretation:
        """The meaning of `text` said in answer to `field`. Never raises on any text."""
        words = self._words(text)
        if not any(word.isalnum() for word in words):
            return Interpretation("nomatch", reason="unclear")
        command = self._command(words)
        if command:
            return Interpretation("universal", command)
        danger = self.dangers.find(field, words)
        if danger:
            return danger
        corrected = self._correction(field, words, previous, today_weekday)
        if corrected:
            return corrected
        meaning = self.answering.meaning(field, text, words, today_weekday)
        if meaning.outcome == "match" and meaning.value == reassuring(self.fields[field]):
            return meaning
        return self._aside(field, words) or meaning

    def _command(self, words: Tokens) -> str | None:
        bare = without_boundaries(words)
        plain = tuple(word for word in bare if word not in self.language.polite)
        return self.universals.get(plain or bare) or self.universals.get(bare)

    def clear_by_ear(
        self, field: str, text: str, meaning: Interpretation, alone: bool = True
    ) -> bool:
        """Whether what was heard (not typed) counts without being read back.

        Doubts and the gravest answer always do; any other must be one of the `plain` phrases. A
        pause or a courtesy around the yes to "did you say...?" takes nothing from it: it was asked
        once already. alone: whether no other sound was as loud; amid such no answer counts, since
        it may be another's. A danger phrase needs no more than it did.
        """
        asked = self.fields[meaning.field or field]
        if meaning.outcome != "match":
            return True
        if not alone:
            return False
        if asked.read_back and isinstance(asked, NumberField | DurationField):
            return False
        if not could_be_graver(asked, meaning.value):
            return True
        words = without_boundaries(self._words(text))
        if asked.role == "confirm":
            words = self.courtesies.without_after(words)
        later = meaning.reason == "correction" or asked.role == "confirm"
        starts = range(len(words)) if later else (0,)
        return not asked.read_back and any(words[start:] in self.plain for start in starts)

    def clear_unrated(self, field: str, text: str, meaning: Interpretation) -> bool:
        """Whether it counts where nothing is known of how sure the ear was: only the gravest
        answer, and a plain yes to "did you say...?"."""
        asked = self.fields[meaning.field or field]
        if meaning.outcome == "match" and asked.role != "confirm":
            number = isinstance(asked, NumberField | DurationField)
            return not number and not could_be_graver(asked, meaning.value)
        return self.clear_by_ear(field, text, meaning)

    def explains(self, field: str, text: str) -> bool:
        """Whether every word of what was heard is understood as an answer, a command or a sign."""
        words = self._words(text)
        if self._command(words) or any(
            (f.start, f.end) == (0, len(words)) for f in self.net.find(words)
        ):
            return True
        return self.answering.explained(field, words)

    def alarm(self, field: str, text: str) -> Value | None:
        """The gravest answer to a question where it stands among words that make no answer.

        Of a question for yes or no that is a yes in so many words, since others' talk, forced into
        the words of the question, comes out as its signs. To "did you say...?" it is a yes which
        nothing denies or doubts. Nothing milder is ever drawn from pieces.
        """
        asked, words = self.fields[field], self.language.tokens(text)
        if isinstance(asked, FreeField):
            return None
        parse = self.answering.parse(field, words)
        if isinstance(asked, ChoiceField) and asked.role != "wrong_part":
            gravest = list(asked.values)[-1]
            return gravest if parse.has(f"value:{gravest}") else None
        if not isinstance(asked, YesNoField) or not parse.has("yes"):
            return None
        doubted = parse.has("no", "hedged_no", "hedged_yes", "dont_know")
        doubted = doubted or self.net.scope.denied(words, 0, len(words))
        if asked.role == "confirm":
            return None if doubted else "yes"
        return None if asked.settles or asked.role == "readback" else "yes"

    def mentioned(self, field: str, text: str) -> str | None:
        """Another question whose sign stands among words that make no answer, denied or not. The
        question that is open is asked again anyway."""
        found = [
            f for f in self.net.find(self.language.tokens(text)) if f.end - f.start >= DANGER_WORDS
        ]
        others = [f for f in found if f.sign.field != field]
        own = len(others) < len(found)
        if own and not any(f.sign.explicit for f in others):
            return None
        return max(others, key=lambda f: f.weight).sign.field if others else None

    def harvest(self, text: str) -> dict[str, Value]:
        """What free speech names outright; see `harvest`."""
        return harvest(self.answering, self.phrases, self._words(text))

    def _words(self, text: str) -> Tokens:
        return unechoed(self.language.tokens(text), self.answering.hesitations)

    def _correction(
        self, field: str, words: Tokens, previous: str | None, today_weekday: int | None
    ) -> Interpretation | None:
        size = _opened(words, self.corrections)
        weak = size is None
        size = size or _opened(words, self.second_thoughts)
        if size is None or (weak and previous is None):
            return None
        rest = words[size:]
        if previous is None or not rest:
            return None if weak else UNCLEAR
        if weak and self.answering.meaning(field, "", words, today_weekday).outcome == "match":
            return None
        meaning = self.answering.meaning(previous, " ".join(rest), rest, today_weekday)
        if meaning.outcome != "match" or meaning.reason in SOFT:
            return None if weak else UNCLEAR
        return Interpretation("match", meaning.value, previous, "correction")

    def _aside(self, field: str, words: Tokens) -> Interpretation | None:
        for cue in self.asides.find(words):
            if cue.label == "out_of_scope":
                return Interpretation("nomatch", reason="out_of_scope")
            name, index = cue.label.rsplit(":", 1)
            if name == field:
                ask = self.fields[field].reask_on[int(index)].ask
                return Interpretation("unsure", None, field, "reask_on", ask)
        return None


def _opened(words: Tokens, openers: Iterable[Tokens]) -> int | None:
    """How many words an opener takes up at the start, the ends of sentences in it included."""
    for opener in openers:
        at = 0
        for word in opener:
            at += words[at : at + 1] == (BOUNDARY,)
            if words[at : at + 1] != (word,):
                break
            at += 1
        else:
            return at + (words[at : at + 1] == (BOUNDARY,))
    return None


def _longest_first(templates: Iterable[str], language: Language) -> tuple[Tokens, ...]:
    return tuple(sorted(phrases_of(templates, language), key=len, reverse=True))


def _asides(phrases: Phrases, fields: Mapping[str, AnyField], language: Language) -> Phrasebook:
    found = Phrasebook()
    found.add("out_of_scope", 0, phrases_of(phrases.out_of_scope, language))
    for name, field in fields.items():
        for index, item in enumerate(field.reask_on):
            found.add(f"{name}:{index}", 1, phrases_of(item.phrases, language))
    return found
