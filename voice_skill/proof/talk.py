"""Holding conversations with the real machine and the real understanding, without sound."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import ChoiceField, DurationField, FreeField, NumberField, YesNoField
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.past import FLAGS, Past
from voice_skill.dialog.state import State
from voice_skill.session.conversation import Conversation
from voice_skill.session.typed import SILENCE, run_typed
from voice_skill.understanding.numbers import in_words
from voice_skill.understanding.templates import expand
from voice_skill.understanding.understander import Understander

Said = Mapping[str, Value]
Words = Callable[[str], str]


@dataclass(frozen=True)
class Talker:
    """Says values in words that the skill understands so."""

    dialog: Dialog
    understander: Understander

    @classmethod
    def from_dialog(cls, dialog: Dialog) -> "Talker":
        """Expands all templates once."""
        return cls(dialog, Understander.from_parts(dialog.phrases, dialog.fields))

    def words(self, name: str, value: Value) -> str:
        """The first phrase that means this value in this field; silence if there is none."""
        for text in self._candidates(name, value):
            meaning = self.understander.interpret(name, text)
            if (meaning.outcome, meaning.value) == ("match", value) or (
                value == "unsure" and meaning.reason == "dont_know"
            ):
                return text
        return SILENCE

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
            return [in_words(int(value))]
        if isinstance(field, DurationField):
            return ["today" if value == 0 else f"{in_words(int(value))} days"]
        return []

    def hold(self, said: Said, instead: Mapping[str, str] | None = None) -> tuple[State, list[str]]:
        """A whole conversation of someone who says these values, and the safe one elsewhere.

        said: also what the diary holds (see `dialog/past.py`). instead: fields that always get
        these words, whatever `said` holds. Returns the last state and the script.
        """
        lines: list[str] = []
        instead = instead or {}

        def reply(name: str) -> str:
            if name in instead:
                return instead[name]
            field = self.dialog.fields[name]
            if isinstance(field, FreeField):
                return SILENCE
            if field.role in ("readback", "confirm"):
                return self.words(name, "yes")
            return self.words(name, said.get(name, self.dialog.safe_values[name]))

        conversation = Conversation(self.dialog, self.understander)

        def listen(floor: object) -> str:
            lines.append(reply(floor.field))  # type: ignore[attr-defined]
            return lines[-1]

        begun = conversation.begin(past=Past(FLAGS & said.keys()))
        run_typed(conversation, begun, listen, None)
        return conversation.state, lines
