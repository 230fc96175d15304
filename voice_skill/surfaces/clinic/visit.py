"""A kept session as a clinic needs it: each question, and how its answer came about."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import AnyField, ChoiceField, DurationField, reassuring
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.state import Answer, State, profile_holds
from voice_skill.errors import StorageError, UsageError
from voice_skill.storage.journal import read
from voice_skill.storage.record import fingerprint
from voice_skill.storage.replay import replayed
from voice_skill.visit.conversation import Conversation
from voice_skill.visit.report import Report

Standing = Literal["answered", "known", "unsure", "declined", "not_heard", "not_asked"]
"""known: from an earlier session. not_heard: asked, and nothing was heard or understood."""
ABOUT_THE_TALK = ("readback", "wrong_part", "confirm")
"""Roles of questions that ask about the conversation and not about the person."""


@dataclass(frozen=True)
class Asked:
    """One question of the dialog in one session. value: only where it was answered or is known."""

    name: str
    field: AnyField
    question: str
    standing: Standing
    value: Value | None

    @property
    def topic(self) -> str:
        """What it is about, in few words."""
        return self.field.topic or self.question

    @property
    def reassuring(self) -> bool:
        """Whether it was answered with what can only make the outcome milder."""
        return self.value is not None and self.value == reassuring(self.field)

    @property
    def shown(self) -> str:
        """The answer for people; nothing where there is none."""
        if self.value is None:
            return ""
        if isinstance(self.field, ChoiceField):
            name = str(self.value)
            return self.field.spoken.get(name, name.replace("_", " "))
        days = isinstance(self.field, DurationField)
        return f"{self.value} {'day' if self.value == 1 else 'days'}" if days else str(self.value)


@dataclass(frozen=True)
class Visit:
    """A whole session. outcome: the fields of its report as plain data (`Report.to_json`)."""

    session: str
    dialog: Dialog
    mark: str
    asked: tuple[Asked, ...]
    outcome: Mapping[str, Any]


def kept_visit(dialog: Dialog, path: Path) -> Visit:
    """The session of a journal. Raises UsageError if another dialog made it, and StorageError.

    What was said is heard again, event by event, so that how each answer came about is known.
    """
    record = read(path)
    mark = fingerprint(dialog)
    if record.header.get("dialog") != mark:
        raise UsageError(
            f"session '{path.stem}' was held with another dialog or another version of it; "
            "name that one with --dialog DIR"
        )
    talk = replayed(Conversation.from_dialog(dialog), record)
    report = Report.from_session(
        dialog, talk.state, talk.turns, str(record.header.get("started_at"))
    )
    outcome = {**report.to_json(), **_reported(path.with_suffix(".json"))}
    return Visit(path.stem, dialog, mark, asked_in(dialog, talk.state), outcome)


def _reported(path: Path) -> dict[str, Any]:
    """The report that was written at the end, with the warm-up; empty where there is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise StorageError(f"{path}: cannot be read ({error}); nothing was exported") from None
    if not isinstance(found, dict):
        raise StorageError(f"{path}: no report; nothing was exported")
    return found


def asked_in(dialog: Dialog, state: State) -> tuple[Asked, ...]:
    """Every question about the person, in the order of the dialog."""
    known = state.profile if profile_holds(dialog, state) else {}
    found = []
    for name, field in dialog.fields.items():
        if field.role in ABOUT_THE_TALK:
            continue
        standing, value = _standing(state.answers.get(name), known.get(name))
        found.append(Asked(name, field, dialog.text(field.ask), standing, value))
    return tuple(found)


def _standing(answer: Answer | None, known: Value | None) -> tuple[Standing, Value | None]:
    """What may be told of an answer. A value that was only assumed is none."""
    if answer is None:
        return ("not_asked", None) if known is None else ("known", known)
    if answer.value == "skip":
        return "declined", None
    if answer.how == "unsure" or answer.value == "unsure":
        return "unsure", None
    if answer.how in ("unknown", "incomplete") or answer.value in (None, ""):
        return "not_heard", None
    return "answered", answer.value
