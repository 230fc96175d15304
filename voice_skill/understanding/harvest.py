"""What is drawn from free speech: signs that were named outright, and never their absence."""

from voice_skill.dialog.fields import ChoiceField, YesNoField, reassuring
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.model import Phrases
from voice_skill.understanding.answer import Answer
from voice_skill.understanding.answering import Answering
from voice_skill.understanding.spans import spans_of
from voice_skill.understanding.templates import phrases_of
from voice_skill.understanding.text import Tokens


def harvest(answering: Answering, phrases: Phrases, words: Tokens) -> dict[str, Value]:
    """The graver values of questions that were named outright.

    Nothing from words that answer any question ("a bit", "both").
    """
    language = answering.language
    said = (*phrases.yes, *phrases.weak_yes, *phrases.hedged_yes, *language.words.names_nothing)
    shared = {*phrases_of(said, language)}
    spans = spans_of(words, language)
    found: dict[str, Value] = {}
    for name, field in answering.fields.items():
        if field.role == "question" and isinstance(field, YesNoField | ChoiceField):
            value = _named(answering.answer(name, words, spans), words, shared)
            if value is not None and value != reassuring(field):
                found[name] = value
    return found


def _named(answer: Answer, words: Tokens, shared: set[Tokens]) -> Value | None:
    field = answer.field
    if not isinstance(field, ChoiceField):
        return "yes" if answer.signs("finding") else None
    named = [
        value
        for value in field.values
        if any(words[s.start : s.end] not in shared for s in answer.signs(f"value:{value}"))
    ]
    return named[-1] if named else None
