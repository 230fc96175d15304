"""What is drawn from free speech: signs that were named outright, and never their absence."""

from collections.abc import Mapping

from voice_skill.dialog.fields import AnyField, ChoiceField, YesNoField
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.model import Phrases
from voice_skill.understanding.evidence import Gatherer, negated
from voice_skill.understanding.templates import phrases_of
from voice_skill.understanding.text import Tokens


def harvest(
    gatherer: Gatherer, phrases: Phrases, fields: Mapping[str, AnyField], words: Tokens
) -> dict[str, Value]:
    """The graver values of questions that were named outright.

    Nothing is taken from a text that negates anything: silence about a sign, or a no among other
    words, is not a finding.
    """
    if negated(words):
        return {}
    plain = set(phrases_of((*phrases.yes, *phrases.weak_yes)))
    found: dict[str, Value] = {}
    for name, field in fields.items():
        if field.role != "question":
            continue
        evidence = gatherer.gather(name, words)
        own = [c for c in evidence.cues if words[c.start : c.end] not in plain]
        if isinstance(field, YesNoField) and any(c.label == "yes_own" for c in own):
            found[name] = "yes"
        elif isinstance(field, ChoiceField):
            named = [c.label[6:] for c in own if c.label.startswith("value:")]
            worst = max(named, key=list(field.values).index, default=None)
            if worst is not None and worst != next(iter(field.values)):
                found[name] = worst
    return found
