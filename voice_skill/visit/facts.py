"""Answers given as plain data: the input of `voice-skill decide`, checked field by field."""

import json
import re
from collections.abc import Mapping
from typing import Any

from voice_skill.dialog.decision import Decision, decide
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.doubt import unheard
from voice_skill.dialog.expressions import FLAGS
from voice_skill.dialog.fields import (
    AnyField,
    ChoiceField,
    FreeField,
    YesNoField,
    bounds,
    possible,
)
from voice_skill.dialog.interpretation import Value
from voice_skill.errors import UsageError
from voice_skill.files import shortened
from voice_skill.near import did_you_mean

_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")
_DOUBT = ("unknown", "unsure", "")


def read_facts(text: str, source: str) -> Any:
    """JSON, read strictly. source: where it comes from, for the error. Raises UsageError."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in pairs:
            if name in found:
                raise UsageError(f"{source}: '{shortened(name)}' stands twice; keep one of them")
            found[name] = value
        return found

    def refuse(name: str) -> Any:
        raise ValueError(f"{name} is no number")

    try:
        return json.loads(text, object_pairs_hook=once, parse_constant=refuse)
    except RecursionError:
        raise UsageError(f"{source}: not JSON that can be read: nested too deeply") from None
    except ValueError as error:
        raise UsageError(f"{source}: not JSON: {shortened(error)}") from None


def decide_facts(dialog: Dialog, facts: Any) -> Decision:
    """The disposition for a JSON object of field values. Raises UsageError on a wrong one."""
    if not isinstance(facts, Mapping):
        raise UsageError('expected one JSON object of field values, such as {"pain": 3}')
    flags = frozenset(name for name in FLAGS if name in facts and _flag(name, facts[name]))
    answers: dict[str, Value | None] = {}
    for name, value in facts.items():
        if name in FLAGS or isinstance(_known(dialog, name), FreeField):
            continue
        if value is None:  # asked and not heard: the same as in a conversation
            answers[name], how = unheard(dialog, name)
            if how == "incomplete":
                answers[name], flags = dialog.safe_values[name], flags | {"incomplete"}
        else:
            answers[name] = checked_value(dialog, name, value)
    for name, field in dialog.fields.items():
        if isinstance(field, YesNoField) and field.settles and name in answers:
            target = field.settles
            if answers.get(target.field) not in (None, *_settled(dialog, target.field)):
                clear = answers[name] == "yes"
                answers[target.field] = target.yes if clear else target.otherwise
    return decide(dialog, answers, flags)


def _known(dialog: Dialog, name: str) -> AnyField:
    if name not in dialog.fields:
        known = ", ".join(dialog.fields)
        near = did_you_mean(name, dialog.fields)
        raise UsageError(f"there is no field '{shortened(name)}'; the fields: {known}{near}")
    return dialog.fields[name]


def _flag(name: str, value: Any) -> bool:
    """What is known from the diary is true or false: an unclear word must not count as no."""
    if isinstance(value, bool):
        return value
    if value not in ("yes", "true", "no", "false"):
        raise UsageError(f"'{name}' is true or false, not {_shown(value)}")
    return value in ("yes", "true")


def _shown(value: Any) -> str:
    return shortened(ascii(value))


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
    field = dialog.fields[name]
    if not isinstance(value, str | int | float | None):
        raise UsageError(f"'{name}' is one value, not {_shown(value)}")
    if isinstance(field, YesNoField):
        plain = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        plain = "unsure" if plain in _DOUBT else plain
        if plain not in (possible(field) or ()):
            raise UsageError(f"'{name}' is yes, no or unsure, not {_shown(value)}")
        return str(plain)
    if isinstance(field, ChoiceField):
        plain = field.unsure if value in _DOUBT else value
        if plain is False and "no" in field.values:
            plain = "no"
        if plain not in field.values:
            raise UsageError(f"'{name}' is one of {', '.join(field.values)}, not {_shown(value)}")
        return str(plain)
    return _whole_number(name, field, value)


def _whole_number(name: str, field: Any, value: Any) -> int | None:
    if value in _DOUBT:
        return None
    try:
        if isinstance(value, bool) or not _NUMBER.fullmatch(str(value)):
            raise ValueError
        number = float(value)
        up = int(number) + (number != int(number))  # halves go up, as when they are spoken
    except (TypeError, ValueError, OverflowError):
        raise UsageError(f"'{name}' is a whole number, not {_shown(value)}") from None
    low, high = bounds(field)
    if not low <= up <= high:
        raise UsageError(f"'{name}' lies between {low} and {high}, not {_shown(value)}")
    return up
