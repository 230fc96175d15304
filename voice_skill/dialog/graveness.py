"""What of a check must not be lost with it: the answers that brought it to urgent care."""

from voice_skill.dialog.decision import rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import ChoiceField, YesNoField
from voice_skill.dialog.state import State, decision


def grave(dialog: Dialog, state: State) -> tuple[str, ...]:
    """The fields to ask again when a check is begun anew, in the dialog's order.

    Those whose answers count for care of URGENT or more, and those that a danger phrase had brought
    up and that were not answered yet.
    """
    care = {rule.id: rule.care for rule, _ in dialog.rules}
    urgent = [r for r in decision(dialog, state).rules if rank(care[r]) >= rank("URGENT")]
    read = {name for rule in urgent for name in dialog.readers[rule]}
    told = {n for n in read & state.answers.keys() if _is_told(dialog, state, n)}
    open_yet = {name for name in state.forced if name not in state.answers}
    return tuple(name for name in dialog.names if name in told | open_yet)


def _is_told(dialog: Dialog, state: State, name: str) -> bool:
    """Whether something that is not safe was said in answer to a question."""
    field, answer = dialog.fields[name], state.answers[name]
    asked = isinstance(field, YesNoField | ChoiceField) and field.role == "question"
    return asked and answer.value not in (None, dialog.safe_values.get(name))
