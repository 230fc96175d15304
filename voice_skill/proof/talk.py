"""Holding conversations with the real machine and the real understanding, without sound."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Listen
from voice_skill.dialog.fields import (
    ChoiceField,
    DurationField,
    FreeField,
    NumberField,
    YesNoField,
    mildest,
)
from voice_skill.dialog.history import FLAGS, Past
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.state import State
from voice_skill.runtime.people.script import DIARY
from voice_skill.runtime.typed.check import SILENCE, run_typed
from voice_skill.understanding.grammar import grammar_phrases
from voice_skill.understanding.templates import expand
from voice_skill.understanding.understander import Understander
from voice_skill.visit.conversation import Conversation

Said = Mapping[str, Value]
Words = Callable[[str], str]
SAFE = "{safe}"
"""Stands in a line for the answer that reassures, in words."""


@dataclass(frozen=True)
class Talker:
    """Says values in words that the skill understands so."""

    dialog: Dialog
    understander: Understander

    @classmethod
    def from_dialog(cls, dialog: Dialog) -> "Talker":
        """Reads what all answers share."""
        return cls(dialog, Understander.from_dialog(dialog))

    def read_templates(self) -> None:
        """Read every template, else read when its question is asked. Raises DialogError."""
        for name, field in self.dialog.fields.items():
            grammar_phrases(
                self.dialog.phrases, self.dialog.fields, self.understander.language, name
            )
            if not isinstance(field, FreeField):
                self.understander.lexicon.parser(name)

    def words(self, name: str, value: Value) -> str:
        """The first phrase that means this value in this field; silence if there is none."""
        for text in self._candidates(name, value):
            meaning = self.understander.interpret(name, text)
            if (meaning.outcome, meaning.value) == ("match", value) or (
                value == "unsure" and meaning.reason == "dont_know"
            ):
                return text
        return SILENCE

    def line(self, name: str, text: str) -> str:
        """A line of a script, with the words of the mildest answer where it says so."""
        eased = mildest(self.dialog.fields[name])
        return text if eased is None else text.replace(SAFE, self.words(name, eased))

    def _candidates(self, name: str, value: Value) -> list[str]:
        field = self.dialog.fields[name]
        if isinstance(field, YesNoField):
            phrases = self.dialog.phrases
            shared, own = {
                "yes": (phrases.yes, field.yes),
                "unsure": (phrases.dont_know, ()),
            }.get(str(value), (phrases.no, field.no))
            return [text for template in (*shared, *own) for text in expand(template)]
        if isinstance(field, ChoiceField):
            texts = [t for template in field.values.get(str(value), ()) for t in expand(template)]
            return sorted(texts, key=len)
        if isinstance(field, NumberField):
            return [self.understander.language.numbers.in_words(int(value))]
        if isinstance(field, DurationField):
            return [self.understander.language.durations.in_words(int(value))]
        return []

    def hold(self, said: Said, instead: Mapping[str, str] | None = None) -> tuple[State, list[str]]:
        """A whole conversation of someone who says these values, and the safe one elsewhere.

        said: also what the diary holds (see `dialog/history.py`). instead: the line that is said to
        a question each time, whatever `said` holds, also when it is asked whether it was heard
        rightly. Returns the last state and the script.
        """
        flags = FLAGS & said.keys()
        lines = [f"{DIARY} {' '.join(sorted(flags))}"] if flags else []
        conversation = Conversation(self.dialog, self.understander)

        def listen(floor: Listen) -> str:
            asked = self.dialog.fields[floor.field]
            name = conversation.state.current or "" if asked.role == "confirm" else floor.field
            words = (instead or {}).get(name)
            lines.append(self._reply(floor.field, said) if words is None else words)
            return lines[-1]

        run_typed(conversation, conversation.begin(past=Past(flags)), listen, None)
        return conversation.state, lines

    def _reply(self, name: str, said: Said) -> str:
        asked = self.dialog.fields[name]
        if isinstance(asked, FreeField):
            return SILENCE
        if asked.role in ("readback", "confirm"):
            return self.words(name, "yes")
        return self.words(name, said.get(name, self.dialog.safe_values[name]))
