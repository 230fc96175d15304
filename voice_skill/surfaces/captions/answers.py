"""The buttons of a question: words that are understood as each of its answers."""

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import AnyField, ChoiceField, NumberField, YesNoField
from voice_skill.dialog.interpretation import Value
from voice_skill.surfaces.captions.wording import CaptionsWording
from voice_skill.understanding.understander import Understander

MAX_FIGURES = 11
"""A number gets buttons if it has no more values than the pain scale has."""
_LEFT_OUT = re.compile(r"\[[^\[\]()]*\]")
_ONE_OF = re.compile(r"\(([^()|]*)(?:\|[^()]*)?\)")


@dataclass
class Buttons:
    """The buttons of all questions, worked out ahead: it takes longer than a reply may."""

    dialog: Dialog
    understander: Understander
    words: CaptionsWording
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        threading.Thread(target=self._all, name="buttons", daemon=True).start()

    def _all(self) -> None:
        for name in self.dialog.fields:
            self.of(name)

    def of(self, name: str) -> tuple[str, ...]:
        """Those of one question."""
        if name not in self._known:
            asked = self.dialog.fields[name]
            self._known[name] = answers_to(name, asked, self.understander, self.words)
        return self._known[name]


def answers_to(
    name: str, asked: AnyField, understander: Understander, words: CaptionsWording
) -> tuple[str, ...]:
    """The texts of the buttons. A value for which no words are understood gets none."""
    found = []
    for value, phrases in _values(name, asked, words):
        fitting = (p for p in phrases if _means(understander, name, p, value))
        found += [text for text in (next(fitting, None),) if text is not None]
    return (*found, words.in_doubt) if found else ()


def _values(
    name: str, asked: AnyField, words: CaptionsWording
) -> Iterator[tuple[Value, Sequence[str]]]:
    if isinstance(asked, YesNoField):
        yield from ((text, (text,)) for text in words.yes_no)
    elif isinstance(asked, ChoiceField):
        for value, phrases in asked.values.items():
            best = words.answers.get(name, {}).get(value, "")
            yield value, (best, *map(_plainest, phrases), value.replace("_", " "))
    elif isinstance(asked, NumberField) and asked.maximum - asked.minimum < MAX_FIGURES:
        yield from ((n, (str(n),)) for n in range(asked.minimum, asked.maximum + 1))


def _plainest(template: str) -> str:
    """The shortest reading of a template: the first of each choice, and nothing that may be left
    out."""
    while True:
        shorter = _ONE_OF.sub(r"\1", _LEFT_OUT.sub("", template))
        if shorter == template:
            return " ".join(template.split())
        template = shorter


def _means(understander: Understander, name: str, text: str, value: Value) -> bool:
    meaning = understander.interpret(name, text)
    about = meaning.field in (None, name)
    return meaning.outcome == "match" and about and meaning.value == value
