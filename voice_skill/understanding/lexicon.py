"""The parser of each question: what its answers may be made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from voice_skill.dialog.fields import AnyField, ChoiceField, DurationField, NumberField, YesNoField
from voice_skill.dialog.model import Phrases
from voice_skill.dialog.words import Answers, Grammar, Meanings
from voice_skill.errors import DialogError
from voice_skill.files import shortened
from voice_skill.understanding.firsts import Firsts
from voice_skill.understanding.language import Language
from voice_skill.understanding.parse import Parser
from voice_skill.understanding.pattern import Rule, Rules, read, shortest
from voice_skill.understanding.spans import SPANS

GRAVITY = {
    "finding": 90,
    "dont_know": 80,
    "refusal": 78,
    "no_own": 70,
    "yes_own": 68,
    "hedged_no": 65,
    "hedged_yes": 60,
    "weak_yes": 45,
    "yes": 40,
    "hedge": 35,
    "number": 32,
    "no": 30,
    "hesitation": 20,
    "beside": 12,
    "around": 10,
    "aside": 5,
}
"""Which reading counts where two explain the same words: the one that reassures less."""
SHARED = ("yes", "weak_yes", "hedged_yes", "no", "hedged_no", "dont_know", "refusal")
"""What is said in answer to any question: lists of `phrases.yaml`."""
NO_ANSWERS = Answers.model_validate({})


@dataclass
class Lexicon:
    """Makes the parser of a question when it is first asked."""

    phrases: Phrases
    grammar: Grammar
    answers: Mapping[str, Answers]
    fields: Mapping[str, AnyField]
    rules: Rules
    negators: frozenset[str]
    """Words that deny what follows and are no answer by themselves: "not"."""
    language: Language
    _parsers: dict[str, Parser] = field(default_factory=dict)

    def parser(self, name: str) -> Parser:
        """The parser of a question."""
        if name not in self._parsers:
            self._parsers[name] = self._make(name)
        return self._parsers[name]

    def _make(self, name: str) -> Parser:
        asked, own = self.fields[name], self.answers.get(name, NO_ANSWERS)
        kinds = self._shared(own)
        if isinstance(asked, YesNoField):
            own_signs = ["<noun>"] if "noun" in own.rules else []
            kinds.setdefault("finding", []).extend((*asked.yes, *own.yes, *own_signs))
            kinds["yes_own"] = list(own.agrees)
            kinds["no_own"] = [*asked.no, *own.no]
        elif isinstance(asked, ChoiceField):
            for value, templates in _values(asked.values, own.values).items():
                kinds[f"value:{value}"] = templates
        elif isinstance(asked, NumberField | DurationField):
            for value, templates in _values(asked.words, own.values).items():
                kinds[f"value:{value}"] = templates
            kinds["number" if isinstance(asked, NumberField) else "duration"] = []
            kinds["under"] = list(own.under)
        kinds["around"], kinds["beside"] = list(own.around), list(own.around_graver)
        rules = {
            **self.rules,
            **{n: Rule.of([text], self.language) for n, text in own.rules.items()},
        }
        order = [n for n in kinds if n.startswith("value:")]
        gravity = {**GRAVITY, **{kind: 62 + place for place, kind in enumerate(order)}}
        self._refuse_bare_negators(name, kinds)
        firsts = Firsts(rules, SPANS)
        known = {
            kind: firsts.bound(Rule.of(templates, self.language))
            for kind, templates in kinds.items()
        }
        bound = {n: firsts.bound(rule) for n, rule in rules.items()}
        return Parser(known, bound, gravity, self.negators)

    def _refuse_bare_negators(self, name: str, kinds: Mapping[str, list[str]]) -> None:
        """Raise DialogError for a template that may shrink to "not": it would deny what follows."""
        for kind in ("no_own", *(k for k in kinds if k.startswith("value:"))):
            for template in kinds.get(kind, ()):
                if any(
                    set(words) <= self.negators for words in shortest(read(template, self.language))
                ):
                    raise DialogError(
                        f"the template '{shortened(template)}' of '{name}' may shrink to a bare "
                        "negation; let some other word always stand"
                    )

    def _shared(self, own: Answers) -> dict[str, list[str]]:
        kinds = {label: list(getattr(self.phrases, label)) for label in SHARED}
        around = self.phrases.courtesies
        kinds["aside"] = [*around.before, *around.after]
        kinds["hesitation"] = list(self.phrases.hesitations)
        for group in (self.grammar.anywhere, *(self.grammar.productions[g] for g in own.uses)):
            for kind, templates in group.items():
                label = "finding" if kind == "yes" else kind
                kinds.setdefault(label, []).extend(templates)
        return kinds


def _values(written: Meanings | dict[str, tuple[str, ...]], more: Meanings) -> dict[str, list[str]]:
    found = {value: list(templates) for value, templates in written.items()}
    for value, templates in more.items():
        found.setdefault(value, []).extend(templates)
    return found
