"""What is kept of a session that came to an end: its report, its line in the diary, the profile.

Each is written for itself, so that one that cannot be written costs none of the others.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.state import State
from voice_skill.diary.entry import Entry, Morning
from voice_skill.private import write_private
from voice_skill.storage import profile
from voice_skill.storage.diary_file import Book
from voice_skill.storage.store import Store
from voice_skill.visit.report import Report

Write = Callable[[], None]


@dataclass(frozen=True)
class Desk:
    """Where it is written. diary, profile: False for what cannot be read and so is left alone."""

    dialog: Dialog
    store: Store
    diary: bool = True
    profile: bool = True

    def of_check(self, path: Path, state: State, report: Report) -> Iterator[Write]:
        """All that is written at the end of a check. Each raises StorageError."""
        yield from self.of_report(path, report)
        if self.diary:
            yield lambda: _note_morning(self.dialog, self.store, path.stem, state)
        if self.profile and state.remembers:
            yield lambda: _remember(self.dialog, self.store, state)

    def of_report(self, path: Path, report: Report) -> Iterator[Write]:
        """The report as text and as data, and the line in the diary."""
        text, data = report.to_text(self.dialog), json.dumps(report.to_json()) + "\n"
        yield lambda: write_private(path.with_suffix(".txt"), text)
        yield lambda: write_private(path.with_suffix(".json"), data)
        entry = Entry.from_report(report, self.dialog.roles)
        if entry and self.diary:
            kept = replace(entry, session=path.stem)
            yield lambda: _change_book(self.store, lambda book: book.with_entry(kept))


def _change_book(store: Store, change: Callable[[Book], Book]) -> None:
    with store.changing():
        change(Book.from_store(store)).save()


def _note_morning(dialog: Dialog, store: Store, session: str, state: State) -> None:
    """What was said of the morning after the last warm-up; silence is noted as nothing."""
    name = dialog.roles.next_morning
    answer = state.answers.get(name) if name else None
    if answer and answer.value in ("yes", "no"):
        morning: Morning = "yes" if answer.value == "yes" else "no"
        _change_book(store, lambda book: book.with_morning(morning, session))


def _remember(dialog: Dialog, store: Store, state: State) -> None:
    """Remember what was heard for certain, and forget what was asked and is not known any more."""
    asked = {n: state.answers[n] for n, f in dialog.fields.items()
             if f.profile and n in state.answers}  # fmt: skip
    if not asked:
        return
    with store.changing():
        known = profile.load(dialog, store)
        for name, answer in asked.items():
            known.pop(name, None)
            if answer.how == "heard" and answer.value is not None:
                known[name] = answer.value
        profile.save(store, known)
