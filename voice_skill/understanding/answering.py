"""Words as an answer to one question: parsed and judged."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from voice_skill.dialog.fields import AnyField, FreeField, reassuring
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.dialog.words import Answers
from voice_skill.understanding.answer import UNCLEAR, Answer
from voice_skill.understanding.judging import judge
from voice_skill.understanding.language import Language
from voice_skill.understanding.lexicon import NO_ANSWERS, Lexicon
from voice_skill.understanding.parse import Parse
from voice_skill.understanding.scope import Scope
from voice_skill.understanding.spans import NO_SPANS, Spans, spans_of
from voice_skill.understanding.text import Tokens


@dataclass(frozen=True)
class Answering:
    """Parses and judges the answers to every question of a dialog."""

    fields: Mapping[str, AnyField]
    answers: Mapping[str, Answers]
    lexicon: Lexicon
    scope: Scope
    hesitations: frozenset[Tokens]

    @property
    def language(self) -> Language:
        """The language of the answers."""
        return self.lexicon.language

    def parse(self, name: str, words: Tokens, today_weekday: int | None = None) -> Parse:
        """The statements of words that answer a question."""
        spans = spans_of(words, self.language, today_weekday)
        return self.lexicon.parser(name).parse(words, spans.places)

    def explained(self, name: str, words: Tokens) -> bool:
        """Whether every word is understood as an answer; of a free sentence that is not known."""
        return not isinstance(self.fields[name], FreeField) and self.parse(name, words).explained

    def answer(self, name: str, words: Tokens, spans: Spans) -> Answer:
        """Words as an answer that is not judged yet. Not for a free sentence."""
        field = self.fields[name]
        assert not isinstance(field, FreeField)
        parse = self.lexicon.parser(name).parse(words, spans.places)
        own = self.answers.get(name, NO_ANSWERS)
        return Answer(field, name, parse, self.scope, own)

    def plain_no(self, name: str, words: Tokens) -> bool:
        """Whether words are the reassuring answer to a question."""
        field = self.fields[name]
        if isinstance(field, FreeField):
            return False
        meaning = judge(self.answer(name, words, spans_of(words, self.language)), NO_SPANS)
        return meaning.outcome == "match" and meaning.value == reassuring(field)

    def meaning(
        self, name: str, text: str, words: Tokens, today_weekday: int | None
    ) -> Interpretation:
        """The meaning of words said in answer to a question."""
        field = self.fields[name]
        if isinstance(field, FreeField):
            return Interpretation("match", text, name)
        spans = spans_of(words, self.language, today_weekday)
        answer = self.answer(name, words, spans)
        meaning = judge(answer, spans)
        if meaning.outcome != "match" or meaning.value != reassuring(field):
            return meaning
        if self._undone(name, words, today_weekday):
            return UNCLEAR
        if meaning.reason != "clear" or not answer.parse.has("hesitation"):
            return meaning
        trailing = answer.parse.statements[-1].kind == "hesitation"  # "no, let me see": not done
        return UNCLEAR if trailing else replace(meaning, reason="hesitant")

    def _undone(self, name: str, words: Tokens, today_weekday: int | None) -> bool:
        """Whether a last word that may be a hesitation makes a reassurance of an answer that is
        none: "it is, well" is no "it is well"."""
        if len(words) < 2 or words[-1:] not in self.hesitations:
            return False
        shorter = self.meaning(name, "", words[:-1], today_weekday)
        graver = shorter.outcome == "match" and shorter.value != reassuring(self.fields[name])
        return graver or shorter.reason == "hedged_yes"
