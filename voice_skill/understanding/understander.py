"""From an utterance to its meaning in a field, in the order that safety asks for.

Universals, danger phrases, words that need their own question, then hedges and doubts, numbers,
yes, and no last of all (brief, 2.1). A no counts only if every word of the utterance is explained.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

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
from voice_skill.understanding.courtesies import Courtesies
from voice_skill.understanding.danger import DangerIndex
from voice_skill.understanding.evidence import Gatherer, negated
from voice_skill.understanding.harvest import harvest
from voice_skill.understanding.lexicon import Lexicon
from voice_skill.understanding.templates import phrases_of
from voice_skill.understanding.text import Tokens, tokens, unechoed
from voice_skill.understanding.weighing import UNCLEAR, weigh

DANGER_WORDS = 2
"""A danger phrase among words that make no answer has so many words: single ones are too often
what others' talk comes out as."""
_POLITE = frozenset(["please", "um", "uh", "er", "okay", "now", "hey"])


@dataclass(frozen=True)
class Understander:
    """Understands every field of one dialog."""

    phrases: Phrases
    fields: Mapping[str, AnyField]
    gatherer: Gatherer
    dangers: DangerIndex
    universals: Mapping[Tokens, str]
    corrections: tuple[Tokens, ...]
    asides: Lexicon
    plain: frozenset[Tokens]
    courtesies: Courtesies
    hesitations: frozenset[Tokens]

    @classmethod
    def from_parts(cls, phrases: Phrases, fields: Mapping[str, AnyField]) -> "Understander":
        """Expand all templates once. Raises DialogError on a bad one."""
        universals = {
            phrase: name
            for name, templates in phrases.universals.items()
            for phrase in phrases_of(templates)
        }
        asides = Lexicon()
        asides.add("out_of_scope", 0, phrases_of(phrases.out_of_scope))
        for name, field in fields.items():
            for index, item in enumerate(field.reask_on):
                asides.add(f"{name}:{index}", 1, phrases_of(item.phrases))
        corrections = sorted(phrases_of(phrases.correction), key=len, reverse=True)
        return cls(
            phrases,
            fields,
            Gatherer.from_parts(phrases, fields),
            DangerIndex.from_phrases(phrases),
            universals,
            tuple(corrections),
            asides,
            frozenset(phrases_of(phrases.plain)),
            Courtesies.from_phrases(phrases),
            frozenset(phrases_of(phrases.hesitations)),
        )

    def interpret(
        self,
        field: str,
        text: str,
        *,
        previous: str | None = None,
        today_weekday: int | None = None,
    ) -> Interpretation:
        """The meaning of `text` said in answer to `field`. Never raises on any text."""
        words = unechoed(tokens(text), self.hesitations)
        if not words:
            return Interpretation("nomatch", reason="unclear")
        command = self.universals.get(tuple(w for w in words if w not in _POLITE) or words)
        command = command or self.universals.get(words)
        if command:
            return Interpretation("universal", command)
        danger = self._danger(field, words)
        if danger:
            return danger
        corrected = self._correction(words, previous, today_weekday)
        if corrected:
            return corrected
        return self._aside(field, words) or self._answer(field, text, words, today_weekday)

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
        words = unechoed(tokens(text), self.hesitations)
        if asked.role == "confirm":
            words = self.courtesies.without_after(words)
        later = meaning.reason == "correction" or asked.role == "confirm"
        starts = range(len(words)) if later else (0,)
        return not asked.read_back and any(words[start:] in self.plain for start in starts)

    def alarm(self, field: str, text: str) -> Value | None:
        """The gravest answer to a question where it stands among words that make no answer.

        Of a question for yes or no that is a yes in so many words, since others' talk, forced into
        the words of the question, comes out as its signs. To "did you say...?" it is a yes which
        nothing denies or doubts. Nothing milder is ever drawn from pieces.
        """
        asked, words = self.fields[field], tokens(text)
        evidence = self.gatherer.gather(field, words)
        if isinstance(asked, ChoiceField) and asked.role != "wrong_part":
            gravest = list(asked.values)[-1]
            return gravest if gravest in evidence.values() else None
        if not isinstance(asked, YesNoField) or not evidence.has("yes"):
            return None
        doubted = evidence.has("no", "hedged_no", "hedged_yes", "dont_know") or negated(words)
        if asked.role == "confirm":
            return None if doubted else "yes"
        return None if asked.settles or asked.role == "readback" else "yes"

    def mentioned(self, field: str, text: str) -> str | None:
        """Another question whose danger phrase stands among words that make no answer, denied or
        not. The question that is open is asked again anyway."""
        hit = self.dangers.find(tokens(text), field, DANGER_WORDS)
        return hit.danger.field if hit and hit.danger.field != field else None

    def harvest(self, text: str) -> dict[str, Value]:
        """Positive findings in free speech; see `harvest`."""
        return harvest(self.gatherer, self.phrases, self.fields, tokens(text))

    def _danger(self, field: str, words: Tokens) -> Interpretation | None:
        hit = self.dangers.find(words, field)
        if hit is None:
            return None
        denied = negated(hit.before)
        if hit.danger.field == field:
            if denied:
                return UNCLEAR
            return Interpretation("match", hit.danger.value, field, "explicit")
        if hit.danger.explicit and not denied:
            return Interpretation("danger", hit.danger.value, hit.danger.field, "explicit")
        return Interpretation("danger", None, hit.danger.field, "mentioned")

    def _correction(
        self, words: Tokens, previous: str | None, today_weekday: int | None
    ) -> Interpretation | None:
        opener = next((c for c in self.corrections if words[: len(c)] == c), None)
        if opener is None:
            return None
        rest = words[len(opener) :]
        if previous is None or not rest:
            return UNCLEAR
        meaning = self._answer(previous, " ".join(rest), rest, today_weekday)
        if meaning.outcome != "match" or meaning.reason in SOFT:
            return UNCLEAR
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

    def _answer(
        self, name: str, text: str, words: Tokens, today_weekday: int | None
    ) -> Interpretation:
        field = self.fields[name]
        if isinstance(field, FreeField):
            return Interpretation("match", text, name)
        evidence = self.gatherer.gather(name, words)
        meaning = weigh(field, name, evidence, today_weekday)
        eased = meaning.outcome == "match" and meaning.value == reassuring(field)
        if not eased or meaning.reason != "clear" or not evidence.has("hesitations"):
            return meaning
        trailing = evidence.cues[-1].label == "hesitations"  # "no, let me see": not done yet
        return UNCLEAR if trailing else replace(meaning, reason="hesitant")
