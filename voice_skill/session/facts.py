"""Answers given as plain data: the input of `voice-skill decide`, checked field by field."""

from collections.abc import Mapping
from typing import Any

from voice_skill.dialog.decision import Decision, decide
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.expressions import FLAGS
from voice_skill.dialog.fields import ChoiceField, FreeField, NumberField, YesNoField, possible
from voice_skill.dialog.interpretation import Value
from voice_skill.errors import UsageError

_UNKNOWN = (None, "unknown", "unsure", "")


def decide_facts(dialog: Dialog, facts: Any) -> Decision:
    """The disposition for a JSON object of field values. Raises UsageError on a wrong one."""
    if not isinstance(facts, Mapping):
        raise UsageError('expected one JSON object of field values, such as {"pain": 3}')
    flags = frozenset(name for name in FLAGS if facts.get(name) in (True, "yes", "true"))
    answers: dict[str, Value | None] = {}
    for name, value in facts.items():
        if name in FLAGS:
            continue
        if name not in dialog.fields:
            raise UsageError(f"there is no field '{name}'; the fields: {', '.join(dialog.fields)}")
        if not isinstance(dialog.fields[name], FreeField):
            answers[name] = _value(dialog, name, value)
    for name, field in dialog.fields.items():
        if isinstance(field, YesNoField) and field.settles and name in answers:
            target = field.settles
            if answers.get(target.field) not in (None, *_settled(dialog, target.field)):
                clear = answers[name] == "yes"
                answers[target.field] = target.yes if clear else target.otherwise
    return decide(dialog, answers, flags)


def _settled(dialog: Dialog, name: str) -> tuple[str, ...]:
    """Values of a field that need no follow-up: those the rules name."""
    field = dialog.fields[name]
    settlers = [f.settles for f in dialog.fields.values()
                if isinstance(f, YesNoField) and f.settles and f.settles.field == name]  # fmt: skip
    ends = {s.yes for s in settlers} | {s.otherwise for s in settlers}
    if not isinstance(field, ChoiceField):
        return ()
    values = list(field.values)
    last = max(values.index(v) for v in ends)
    return (*ends, *values[last:])


def checked_value(dialog: Dialog, name: str, value: Any) -> Value | None:
    """A value of one field, checked. None where it says that it is not known."""
    return _value(dialog, name, value)


def _value(dialog: Dialog, name: str, value: Any) -> Value | None:
    field = dialog.fields[name]
    if isinstance(field, YesNoField):
        plain = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        plain = "unsure" if plain in _UNKNOWN else plain
        if plain not in (possible(field) or ()):
            raise UsageError(f"'{name}' is yes, no or unsure, not {value!r}")
        return str(plain)
    if isinstance(field, ChoiceField):
        plain = field.unsure if value in _UNKNOWN else value
        if plain is False and "no" in field.values:
            plain = "no"
        if plain not in field.values:
            raise UsageError(f"'{name}' is one of {', '.join(field.values)}, not {value!r}")
        return str(plain)
    return _whole_number(name, field, value)


def _whole_number(name: str, field: Any, value: Any) -> int | None:
    if value in _UNKNOWN:
        return None
    try:
        number = float(value)
        up = int(number) + (number != int(number))  # halves go up, as when they are spoken
    except (TypeError, ValueError, OverflowError):
        raise UsageError(f"'{name}' is a whole number, not {value!r}") from None
    low, high = (field.minimum, field.maximum) if isinstance(field, NumberField) else (0, 100_000)
    if not low <= up <= high:
        raise UsageError(f"'{name}' lies between {low} and {high}, not {value!r}")
    return up
