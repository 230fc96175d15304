"""What an answer means in one word, which answers reassure, and which must not be lost."""

from voice_skill.dialog import fields
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import ChoiceField, NumberField, YesNoField
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.understanding.understander import Understander

ASKED_AGAIN = "asked again"
DOUBT = "doubt"
DANGER = "danger"


def label(meaning: Interpretation, field: str) -> str:
    """An interpretation in one word, such as `yes`, `doubt`, `danger saddle`, `command repeat`."""
    if meaning.outcome == "match":
        other = meaning.field not in (None, field)
        return f"{meaning.field}={meaning.value}" if other else str(meaning.value)
    if meaning.outcome == "danger":
        return f"{DANGER} {meaning.field}"
    if meaning.outcome == "universal":
        return f"command {meaning.value}"
    return DOUBT if meaning.outcome == "unsure" else ASKED_AGAIN


def typed(understander: Understander, field: str, text: str) -> str:
    """What a text means when it is read, not heard."""
    return label(understander.interpret(field, text), field)


def reassuring(dialog: Dialog, field: str) -> str | None:
    """The answer to a question that can only make its outcome milder; None where none is."""
    answer = fields.reassuring(dialog.fields[field])
    return None if answer is None else str(answer)


def graver(dialog: Dialog, field: str) -> frozenset[str]:
    """The answers to a question that must never be taken for the reassuring one."""
    item, safe = dialog.fields[field], reassuring(dialog, field)
    if safe is None:
        return frozenset()
    if isinstance(item, NumberField):
        return frozenset(str(n) for n in range(item.minimum, item.maximum + 1)) - {safe}
    values = item.values if isinstance(item, ChoiceField) else ("yes", "no")
    return frozenset(values) - {safe}


def red_flags(dialog: Dialog) -> tuple[str, ...]:
    """Questions of the stage that silence leaves incomplete, which an emergency rule reads."""
    rules = [rule.id for rule, _ in dialog.rules if rule.care == "EMERGENCY"]
    read = frozenset().union(*(dialog.readers[rule] for rule in rules))
    return tuple(
        name
        for name in dialog.fields
        if dialog.stage_of[name].not_heard != "unknown"
        and (name in read or _settled(dialog, name) in read)
        and graver(dialog, name)
    )


def _settled(dialog: Dialog, name: str) -> str | None:
    item = dialog.fields[name]
    return item.settles.field if isinstance(item, YesNoField) and item.settles else None
