"""A session that is kept: its journal, its report, its line in the diary, and the profile."""

import hashlib
import json
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Effect, Say
from voice_skill.dialog.events import Resumed
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.past import NO_PAST, Past
from voice_skill.dialog.state import State
from voice_skill.diary.book import Book
from voice_skill.diary.entry import Entry, Morning
from voice_skill.diary.looking_back import past_of
from voice_skill.errors import StorageError
from voice_skill.reporting.report import Report
from voice_skill.session import profile
from voice_skill.session.conversation import Conversation
from voice_skill.session.cut_off import SUFFIX, CutOff
from voice_skill.session.journal import Journal
from voice_skill.session.result import Result, with_ladder, with_warm_up
from voice_skill.session.store import Store, write_private


def fingerprint(dialog: Dialog) -> str:
    """Tells dialogs apart: a session goes on only with the one that it began with."""
    shown = repr((dialog.fields, dialog.rules, dialog.dispositions, dialog.stages))
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


class Kept:
    """A session that is kept: its conversation, its journal and, at the end, its report."""

    def __init__(self, dialog: Dialog, store: Store, fresh: bool) -> None:
        now = datetime.now().astimezone()
        self.dialog, self.store = dialog, store
        self.started_at = now.isoformat(timespec="seconds")
        self.conversation = Conversation.from_dialog(dialog, self._keep, now.weekday())
        self.conversation.remember = self._save_profile
        cut_off = None if fresh else store.unfinished(fingerprint(dialog))
        self.cut_off: CutOff | None = None
        left = None if fresh or cut_off else store.last(fingerprint(dialog))
        if left:
            self.cut_off = CutOff.from_file(left[0].with_suffix(SUFFIX), now)
            cut_off = left if self.cut_off else None
        self.report: Report | None = None
        self.writes_diary = self.writes_profile = True
        self.effects: tuple[Effect, ...]
        past, known = self._past(now), self._known()
        if cut_off:
            path, record = cut_off
            self.started_at = str(record.header.get("started_at", self.started_at))
            for event in record.events:
                self.conversation.take(event)
            self.journal = Journal.reopen(path)
            self.effects = () if self.cut_off else self.conversation.take(Resumed())
        else:
            path = store.new_session(now)
            header = {"started_at": self.started_at, "dialog": fingerprint(dialog)}
            self.journal = Journal.create(path, header)
            self.effects = (*self._unread(), *self.conversation.begin(known, past))
        self.path = path

    def _past(self, now: datetime) -> Past:
        """What the diary says. A diary that cannot be read is left alone, and holds nobody up."""
        try:
            book = Book.from_store(self.store)
        except StorageError as error:
            print(f"voice-skill: {error}", file=sys.stderr)
            self.writes_diary = False
            return NO_PAST
        if book.gap:
            print(f"voice-skill: {book.gap}", file=sys.stderr)
        return past_of(book.entries, now)

    def _known(self) -> dict[str, Value]:
        """What is remembered. What cannot be read is left alone, and holds nobody up."""
        try:
            return profile.load(self.dialog, self.store)
        except StorageError as error:
            print(f"voice-skill: {error}", file=sys.stderr)
            self.writes_profile = False
            return {}

    def _unread(self) -> tuple[Effect, ...]:
        """What is said of it."""
        kept = {"diary_unreadable": self.writes_diary, "profile_unreadable": self.writes_profile}
        lines = tuple(self.dialog.message(name) for name, read in kept.items() if not read)
        return (Say(lines),) if lines else ()

    def _save_profile(self, values: Mapping[str, Value]) -> None:
        profile.save(self.store, values)

    def _keep(self, event: Any) -> None:
        if hasattr(self, "journal"):
            self.journal.keep(event)

    def close(self) -> Report:
        """Write the report, remember the profile, close the journal. Twice is harmless."""
        if self.report is not None:
            return self.report
        state = self.conversation.state
        report = Report.from_session(self.dialog, state, self.conversation.turns, self.started_at)
        if state.finished:
            self.journal.note({"finished": state.finished.care or ""})
            self._remember(state)
            self._note_morning(state)
            self._write(report)
        self.journal.close()
        self.report = report
        return report

    def add_warm_up(self, result: Result) -> Report:
        """Write the report again, with what the warm-up came to."""
        report = with_warm_up(self.dialog, self.close(), result)
        with Journal.reopen(self.path) as journal:
            journal.note({"finished": report.care or "", "warm_up": result.outcome})
        self._write(report)
        self.report = report
        return report

    def add_ladder(self, result: Result, told: str) -> None:
        """Write the report again, with a session on the way back to running."""
        self.report = with_ladder(self.dialog, self.close(), result, told)
        self._write(self.report)

    def _write(self, report: Report) -> None:
        write_private(self.path.with_suffix(".txt"), report.to_text(self.dialog))
        write_private(self.path.with_suffix(".json"), json.dumps(report.to_json()) + "\n")
        entry = Entry.from_report(report)
        if entry and self.writes_diary:
            Book.from_store(self.store).with_entry(entry).save()

    def _note_morning(self, state: State) -> None:
        """What was said of the morning after the last warm-up; silence is noted as nothing."""
        answer = state.answers.get("morning_level")
        if answer and answer.value in ("yes", "no") and self.writes_diary:
            morning: Morning = "yes" if answer.value == "yes" else "no"
            Book.from_store(self.store).with_morning(morning).save()

    def _remember(self, state: State) -> None:
        if not (state.remembers and self.writes_profile):
            return
        known = profile.load(self.dialog, self.store)
        for name, field in self.dialog.fields.items():
            answer = state.answers.get(name)
            if field.profile and answer and answer.how == "heard" and answer.value is not None:
                known[name] = answer.value
            elif field.profile and answer:
                known.pop(name, None)
        self._save_profile(known)
