"""One kept session as a way through the dialog: which questions, and what was understood."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.events import Event
from voice_skill.dialog.fields import FreeField
from voice_skill.dialog.machine import step
from voice_skill.dialog.model import CareLevel
from voice_skill.dialog.state import Answer, State
from voice_skill.errors import UsageError
from voice_skill.storage.journal import read
from voice_skill.storage.record import fingerprint


@dataclass(frozen=True)
class Turn:
    """A question that came up and the value it came to, never the words that were said."""

    field: str
    value: str


@dataclass(frozen=True)
class Walk:
    """The way of one session.

    care: None where it was stopped or cut off before an end. later: what the warm-up came to, if
    that was another care.
    """

    name: str
    turns: tuple[Turn, ...]
    care: CareLevel | None
    rules: frozenset[str] = frozenset()
    later: str | None = None


def kept_walk(dialog: Dialog, path: Path) -> Walk:
    """The way of the session in this journal. Raises UsageError if another dialog made it."""
    record = read(path)
    if record.header.get("dialog") != fingerprint(dialog):
        raise UsageError(
            f"session '{path.stem}' was held with another dialog or another version of it; "
            "name that one with --dialog DIR"
        )
    found = walk(dialog, path.stem, record.events)
    results = [str(note["finished"]) for note in record.notes if note.get("finished")]
    later = results[-1] if results and results[-1] != found.care else None
    return replace(found, later=later)


def walk(dialog: Dialog, name: str, happened: Iterable[Event]) -> Walk:
    """Replay a session. Questions stand in the order in which they first came up."""
    state = State()
    asked: dict[str, None] = {}
    for event in happened:
        state, _ = step(dialog, state, event)
        for field in (*state.answers, state.current):
            if field is not None and field in dialog.fields:
                asked.setdefault(field)
    turns = tuple(Turn(n, _understood(dialog, n, state.answers.get(n))) for n in asked)
    end = state.finished
    return Walk(name, turns, end.care if end else None, frozenset(end.rules if end else ()))


def _understood(dialog: Dialog, name: str, answer: Answer | None) -> str:
    if answer is None:
        return "not answered"
    if isinstance(dialog.fields[name], FreeField):
        return "answered freely"
    if answer.value is None:
        return f"not known ({answer.how})"
    doubt = "" if answer.how == "heard" else f" ({answer.how})"
    return f"{answer.value}{doubt}"
