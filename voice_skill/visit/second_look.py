"""What a second, open look at an answer adds to what the question's own grammar heard.

Of itself it settles nothing: a value is read back, the gravest one and a sign of danger are asked
about by name, and against what the first look understood it only counts if it is graver.
"""

from dataclasses import replace

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.events import Answered, NoMatch
from voice_skill.dialog.fields import (
    AnyField,
    ChoiceField,
    NumberField,
    YesNoField,
    could_be_graver,
    reassuring,
)
from voice_skill.dialog.interpretation import Value

Heard = Answered | NoMatch
COMMANDS = frozenset(("repeat", "help", "why", "slower", "faster", "louder", "quieter"))
"""Commands that it may give. What ends, undoes or deletes is heard by its own words alone."""
DOUBTS = ("dont_know", "hedged_yes", "hedged_no", "reask_on")
"""Doubts that count if every word beside them is explained; a sign that was named always does."""


def settled(first: Heard) -> bool:
    """Whether the first look needs no second: a clear answer, a doubt, a command, a danger."""
    return isinstance(first, Answered) and (
        first.certain or first.interpretation.outcome != "match"
    )


def looked_again(
    dialog: Dialog, asked: str, first: Heard, second: Answered, explained: bool
) -> Heard:
    """The event that counts. first: by the question's grammar, not settled. second: what the open
    recogniser wrote, understood as an answer to the same question. explained: whether every word
    of it is."""
    meaning = second.interpretation
    if meaning.outcome == "danger":
        return NoMatch(second.said, mentioned=meaning.field)
    if meaning.reason == "hedged_no" and dialog.stage_of[asked].hedged_no == "accept":
        meaning = replace(meaning, outcome="match")
    second = replace(second, interpretation=meaning, certain=False)
    if isinstance(first, Answered):
        return second if _graver(dialog.fields[asked], first, second) else first
    if first.mentioned or first.alarm is not None:
        return first
    if meaning.outcome == "match":
        return first if meaning.reason == "correction" else _value(dialog.fields[asked], second)
    obeyed = meaning.outcome == "universal" and meaning.value in COMMANDS
    doubted = meaning.outcome == "unsure" and (
        meaning.reason == "named" or (explained and meaning.reason in DOUBTS)
    )
    return second if obeyed or doubted else first


def _value(field: AnyField, second: Answered) -> Heard:
    """To be read back; of the gravest answer only a yes to that counts, and silence does not."""
    value, eased = second.interpretation.value, reassuring(field)
    gravest = eased is not None and value != eased and not could_be_graver(field, value)
    if gravest and isinstance(field, YesNoField | ChoiceField):
        return NoMatch(second.said, alarm=value)
    return second


def _graver(field: AnyField, first: Answered, second: Answered) -> bool:
    """Whether the second look heard a graver answer than the one that is to be read back."""
    told, again = first.interpretation, second.interpretation
    if again.outcome != "match" or "correction" in (told.reason, again.reason):
        return False
    return _rank(field, again.value) > _rank(field, told.value)


def _rank(field: AnyField, value: Value | None) -> int:
    """How grave an answer is beside others to the same question; 0 where that is not known."""
    if isinstance(field, ChoiceField):
        return list(field.values).index(str(value)) if value in field.values else 0
    if isinstance(field, NumberField):
        return abs(int(value or 0) - field.safe)
    return int(value is not None and reassuring(field) not in (None, value))
