"""From an utterance to its meaning in a field, in the order that safety asks for.

Commands, signs of danger, corrections, words that need their own question, and then the answer:
its statements are parsed and judged. The same for typed and heard words, whichever ear they are
from. What reassures counts only if every word of the utterance is explained.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
from voice_skill.dialog.words import Answers
from voice_skill.understanding.answer import NAMED, UNCLEAR, Answer
from voice_skill.understanding.courtesies import Courtesies
from voice_skill.understanding.judging import judge
from voice_skill.understanding.lexicon import NO_ANSWERS, Lexicon
from voice_skill.understanding.parse import Parse
from voice_skill.understanding.pattern import Rule, Run
from voice_skill.understanding.phrasebook import Phrasebook
from voice_skill.understanding.signs import Found, Net
from voice_skill.understanding.spans import NO_SPANS, spans_of
from voice_skill.understanding.templates import phrases_of
from voice_skill.understanding.text import BOUNDARY, Tokens, tokens, unechoed, without_boundaries

DANGER_WORDS = 2
"""A sign among words that make no answer has so many words: single ones are too often what others'
talk comes out as."""
_POLITE = frozenset(["please", "um", "uh", "er", "okay", "now", "hey"])


@dataclass(frozen=True)
class Understander:
    """Understands every field of one dialog."""

    phrases: Phrases
    fields: Mapping[str, AnyField]
    answers: Mapping[str, Answers]
    lexicon: Lexicon
    net: Net
    universals: Mapping[Tokens, str]
    corrections: tuple[Tokens, ...]
    second_thoughts: tuple[Tokens, ...]
    asides: Phrasebook
    plain: frozenset[Tokens]
    courtesies: Courtesies
    hesitations: frozenset[Tokens]

    @classmethod
    def from_dialog(cls, dialog: Dialog) -> "Understander":
        """Read what all answers share; what is a question's own is read when it is asked."""
        phrases, grammar, fields = dialog.phrases, dialog.grammar, dialog.fields
        rules = {name: Rule.of([text]) for name, text in grammar.rules.items()}
        universals = {
            phrase: name
            for name, templates in phrases.universals.items()
            for phrase in phrases_of(templates)
        }
        return cls(
            phrases,
            fields,
            dialog.answers,
            Lexicon(
                phrases,
                grammar,
                dialog.answers,
                fields,
                rules,
                frozenset(dialog.signs.open_negators),
            ),
            Net.of(dialog.signs, phrases.danger, rules),
            universals,
            _longest_first((*phrases.correction, *grammar.correction)),
            _longest_first(grammar.second_thoughts),
            _asides(phrases, fields),
            frozenset(phrases_of(phrases.plain)),
            Courtesies.from_phrases(phrases),
            frozenset(phrases_of(phrases.hesitations)),
        )

    @cached_property
    def fillers(self) -> frozenset[str]:
        """Words that may stand around an answer at a short question of the coach."""
        around = self.phrases.courtesies
        said = phrases_of((*around.before, *around.after, *self.phrases.fillers))
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
        danger = self._danger(field, words)
        if danger:
            return danger
        corrected = self._correction(field, words, previous, today_weekday)
        if corrected:
            return corrected
        meaning = self._answer(field, text, words, today_weekday)
        if meaning.outcome == "match" and meaning.value == reassuring(self.fields[field]):
            return meaning
        return self._aside(field, words) or meaning

    def _command(self, words: Tokens) -> str | None:
        bare = without_boundaries(words)
        plain = tuple(word for word in bare if word not in _POLITE)
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

    def explains(self, field: str, text: str) -> bool:
        """Whether every word of what was heard is understood as an answer, a command or a sign."""
        words = self._words(text)
        if self._command(words) or any(
            (f.start, f.end) == (0, len(words)) for f in self.net.find(words)
        ):
            return True
        if isinstance(self.fields[field], FreeField):
            return False
        return self._parse(field, words).explained

    def alarm(self, field: str, text: str) -> Value | None:
        """The gravest answer to a question where it stands among words that make no answer.

        Of a question for yes or no that is a yes in so many words, since others' talk, forced into
        the words of the question, comes out as its signs. To "did you say...?" it is a yes which
        nothing denies or doubts. Nothing milder is ever drawn from pieces.
        """
        asked, words = self.fields[field], tokens(text)
        if isinstance(asked, FreeField):
            return None
        parse = self._parse(field, words)
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
        found = [f for f in self.net.find(tokens(text)) if f.end - f.start >= DANGER_WORDS]
        others = [f for f in found if f.sign.field != field]
        own = len(others) < len(found)
        if own and not any(f.sign.explicit for f in others):
            return None
        return max(others, key=lambda f: f.weight).sign.field if others else None

    def harvest(self, text: str) -> dict[str, Value]:
        """The graver values of questions that were named outright in free speech.

        Never their absence, and nothing from words that answer any question ("a bit", "both").
        """
        words = self._words(text)
        found: dict[str, Value] = {}
        for name, field in self.fields.items():
            if field.role != "question" or isinstance(
                field, NumberField | DurationField | FreeField
            ):
                continue
            value = self._named(name, field, words)
            if value is not None and value != reassuring(field):
                found[name] = value
        return found

    def _named(self, name: str, field: YesNoField | ChoiceField, words: Tokens) -> Value | None:
        answer = self._judged(name, field, words)
        if isinstance(field, YesNoField):
            return "yes" if answer.signs("finding") else None
        order = list(field.values)
        named = [v for v in order if any(not self._shared(words[s.start : s.end])
                                         for s in answer.signs(f"value:{v}"))]  # fmt: skip
        return max(named, key=order.index, default=None)

    def _shared(self, words: Tokens) -> bool:
        every = (*self.phrases.yes, *self.phrases.weak_yes, *self.phrases.hedged_yes)
        return words in set(phrases_of(every)) or words == ("both",)

    def _words(self, text: str) -> Tokens:
        return unechoed(tokens(text), self.hesitations)

    def _parse(self, name: str, words: Tokens, today_weekday: int | None = None) -> Parse:
        return self.lexicon.parser(name).parse(words, spans_of(words, today_weekday).places)

    def _judged(self, name: str, field: AnyField, words: Tokens) -> Answer:
        assert not isinstance(field, FreeField)
        own = self.answers.get(name, NO_ANSWERS)
        return Answer(field, name, self._parse(name, words), self.net.scope, own)

    def _danger(self, field: str, words: Tokens) -> Interpretation | None:
        """The sign that matters most: one that is not denied, explicit, of the field asked."""
        found = self.net.find(words, opening=self.fields[field].role == "opening")
        told = [f for f in found if not f.denied]
        own = [f for f in told if f.sign.field == field and not self._soothed(field, f, words)]
        if own:
            return self._own_sign(field, max(own, key=lambda f: f.weight), words)
        others = [f for f in found if f.sign.field != field]
        told = [f for f in others if self._is_news(field, f, words)]
        if not told:
            return None
        chosen = max(told, key=lambda f: (not f.denied, *f.weight))
        sign = chosen.sign
        if sign.explicit and not chosen.denied and not self._of_others(words, chosen):
            return Interpretation("danger", sign.value, sign.field, "explicit")
        return Interpretation("danger", None, sign.field, "mentioned")

    def _is_news(self, field: str, found: Found, words: Tokens) -> bool:
        """Whether a sign of another question is to be followed up: it is not plainly denied, and,
        unless it is explicit, not just part of the answer itself."""
        if found.denied:
            return not self._denied(field, found, words)
        if found.sign.explicit:
            return True
        if self._soothed(field, found, words):
            return False
        known = self.answers.get(field, NO_ANSWERS).about
        return found.sign.field not in known and not self._is_graver_answer(field, words)

    def _soothed(self, field: str, found: Found, words: Tokens) -> bool:
        """Whether a sign that is not explicit is part of a statement that all is well: "both legs
        are fine"."""
        asked = self.fields[field]
        if found.sign.explicit or isinstance(asked, FreeField):
            return False
        if self.net.scope.denied(words, found.start, found.end):  # "can not go" is no denial of it
            return False
        parse, mild = self._parse(field, words), reassuring(asked)
        well = (f"value:{mild}", *(("no", "no_own") if mild in ("no", "none") else ()))
        return parse.explained and any(
            s.start <= found.start and found.end <= s.end for s in parse.of(*well)
        )

    def _is_graver_answer(self, field: str, words: Tokens) -> bool:
        asked = self.fields[field]
        if isinstance(asked, FreeField) or not self._parse(field, words).explained:
            return False
        meaning = self._answer(field, "", words, None)
        return meaning.outcome == "match" and not could_be_graver(asked, meaning.value)

    def _own_sign(self, field: str, found: Found, words: Tokens) -> Interpretation | None:
        """A sign of the question that is open. Of a choice, a value that is not the gravest counts
        only if nothing else was said."""
        asked, value = self.fields[field], found.sign.value
        told = Interpretation("match", value, field, "explicit")
        if not isinstance(asked, ChoiceField):
            return told
        order = list(asked.values)
        meaning = self._answer(field, "", words, None)
        if meaning.outcome == "match" and order.index(str(meaning.value)) >= order.index(value):
            return meaning
        rest = self._parse(field, (*words[: found.start], BOUNDARY, *words[found.end :]))
        plain = rest.explained and not any(s.kind.startswith("value:") for s in rest.statements)
        return told if value == order[-1] or plain else NAMED

    def _denied(self, field: str, found: Found, words: Tokens) -> bool:
        """Whether a sign of another question is plainly denied: all of the answer is understood, in
        this question or in its own."""
        if not isinstance(self.fields[field], FreeField) and self._parse(field, words).explained:
            return True
        negators = [at for at in range(found.start) if words[at] in self.net.scope.negators]
        start = negators[-1] if negators else found.start
        return any(self._plain_no(found.sign.field, words[at : found.end])
                   for at in (start, max(0, start - 2)))  # fmt: skip

    def _plain_no(self, field: str, words: Tokens) -> bool:
        asked = self.fields[field]
        if isinstance(asked, FreeField):
            return False
        meaning = judge(self._judged(field, asked, words), NO_SPANS)
        return meaning.outcome == "match" and meaning.value == reassuring(asked)

    def _of_others(self, words: Tokens, found: Found) -> bool:
        """Whether the clause of a sign speaks of somebody else: "my dad passed out"."""
        run = Run(words, self.lexicon.rules)
        start = self.net.scope.before(words, found.start)
        return any(run.ends("relative", at) for at in range(start, found.start))

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
        if weak and self._answer(field, "", words, today_weekday).outcome == "match":
            return None
        meaning = self._answer(previous, " ".join(rest), rest, today_weekday)
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

    def _answer(
        self, name: str, text: str, words: Tokens, today_weekday: int | None
    ) -> Interpretation:
        field = self.fields[name]
        if isinstance(field, FreeField):
            return Interpretation("match", text, name)
        spans = spans_of(words, today_weekday)
        parse = self.lexicon.parser(name).parse(words, spans.places)
        own = self.answers.get(name, NO_ANSWERS)
        answer = Answer(field, name, parse, self.net.scope, own)
        meaning = judge(answer, spans)
        eased = meaning.outcome == "match" and meaning.value == reassuring(field)
        if not eased:
            return meaning
        if meaning.reason != "clear" or not parse.has("hesitation"):
            return meaning
        trailing = parse.statements[-1].kind == "hesitation"  # "no, let me see": not done yet
        return UNCLEAR if trailing else replace(meaning, reason="hesitant")


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


def _longest_first(templates: Iterable[str]) -> tuple[Tokens, ...]:
    return tuple(sorted(phrases_of(templates), key=len, reverse=True))


def _asides(phrases: Phrases, fields: Mapping[str, AnyField]) -> Phrasebook:
    found = Phrasebook()
    found.add("out_of_scope", 0, phrases_of(phrases.out_of_scope))
    for name, field in fields.items():
        for index, item in enumerate(field.reask_on):
            found.add(f"{name}:{index}", 1, phrases_of(item.phrases))
    return found
