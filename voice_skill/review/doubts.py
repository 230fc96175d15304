"""What doubt, silence and refusal do to each question, in words for its reviewer."""

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import (
    AnyField,
    ChoiceField,
    DurationField,
    FreeField,
    NumberField,
    grave_unasked,
    mildest,
)
from voice_skill.dialog.model import Stage

_BY_ROLE = {
    "readback": "counts as no at once, and the wrong part is asked for",
    "confirm": "asked once more; then no answer that eases is taken, and any other is",
}
_INCOMPLETE = "never safe: the check counts as incomplete"
_UNKNOWN = (
    "the answer stays unknown, and counts as the worst it could be, within limits (see Rules)"
)


def doubt(field: AnyField) -> str:
    """What "don't know", "not really" and a contradiction come to."""
    if field.role in _BY_ROLE:
        return _BY_ROLE[field.role]
    if isinstance(field, FreeField):
        return "nothing is drawn from it"
    if isinstance(field, NumberField):
        return "asked once more; then words for a number count, else it stays unknown"
    if isinstance(field, DurationField):
        return "asked once more; then it stays unknown"
    return f'asked once more; then it counts as "{field.unsure}"'


def hedged_no(field: AnyField, stage: Stage) -> str:
    """What "not really" comes to, where that differs from other doubt."""
    plain = isinstance(field, FreeField | NumberField | DurationField) or field.role in _BY_ROLE
    if plain:
        return ""
    if stage.hedged_no != "accept":
        return "counts as doubt"
    return "counts as no" if grave_unasked(field) else "counts as the mild answer"


def silence(dialog: Dialog, name: str) -> str:
    """What a question comes to that is never heard."""
    field, stage = dialog.fields[name], dialog.stage_of[name]
    times = f"asked {stage.attempts} times in all; then "
    if field.role == "confirm":
        return _BY_ROLE["confirm"]
    if isinstance(field, FreeField):
        return "goes on to the next question"
    if field.role in ("gate", "health_changed") or stage.not_heard == "unsure":
        return f"{times}it counts as doubt, so that the longer way is asked"
    if field.role in ("readback", "wrong_part") or stage.not_heard == "incomplete":
        return f"{times}{_INCOMPLETE}"
    return f"{times}{not_asked(field)}" if grave_unasked(field) else f"{times}{_UNKNOWN}"


def refusal(field: AnyField) -> str:
    """What "skip" comes to."""
    return "accepted, and counts as no" if field.skippable else "asked once more; then as silence"


def not_asked(field: AnyField) -> str:
    """The value while a question is not asked."""
    if isinstance(field, FreeField) or field.role not in ("question", "gate", "health_changed"):
        return ""
    return f'counts as "{field.safe}"'


def safe_answer(field: AnyField) -> str:
    """How clear the safe answer has to be."""
    if field.role == "readback":
        return "only a clear yes leads on"
    if field.kind == "yes_no" or (isinstance(field, ChoiceField) and field.strict):
        return f'"{mildest(field)}" counts only if every word of the answer is understood'
    return ""
