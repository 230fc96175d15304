"""A session that is kept: its journal, its report, its line in the diary, and the profile.

Nothing that cannot be kept or read holds anybody up: it is told, and the check is held to its end.
"""

import contextlib
import hashlib
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from voice_skill.clock import boot, now_here
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Effect, Say
from voice_skill.dialog.events import Event, Resumed
from voice_skill.dialog.interpretation import Value
from voice_skill.errors import StorageError
from voice_skill.private import Claim, claimed
from voice_skill.storage import profile
from voice_skill.storage.finished import Desk, Write
from voice_skill.storage.journal import Journal, read
from voice_skill.storage.left_behind import Left, LeftBehind
from voice_skill.storage.remembered import Remembered
from voice_skill.storage.replay import replayed
from voice_skill.storage.store import Store
from voice_skill.storage.traces import forget_sounds
from voice_skill.storage.warm_up_journal import SUFFIX, CutOff
from voice_skill.visit.conversation import Conversation
from voice_skill.visit.outcome import Result, with_ladder, with_warm_up
from voice_skill.visit.report import Report


def fingerprint(dialog: Dialog) -> str:
    """Tells dialogs apart: a session goes on only with the one that it began with."""
    shown = repr((dialog.fields, dialog.rules, dialog.dispositions, dialog.stages, dialog.limits))
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


class Kept:
    """A session that is kept: its conversation, its journal and, at the end, its report.

    lost: why something of it could not be kept; None where all is well. asks: questions that come
    first, since a sign of danger was named before the check began.
    """

    def __init__(
        self, content: Content, store: Store, fresh: bool, asks: tuple[str, ...] = ()
    ) -> None:
        now, self._asks = now_here(), asks
        self.content, self.store = content, store
        self.dialog = dialog = content.dialog
        self.started_at = now.isoformat(timespec="seconds")
        self.conversation = content.conversation(now.weekday())
        self.cut_off: CutOff | None = None
        self.report: Report | None = None
        self.lost: str | None = None
        self.path = store.sessions / "not_kept.jsonl"
        self.effects: tuple[Effect, ...] = ()
        self._journal: Journal | None = None
        self._claim: Claim | None = None
        self._remembered = Remembered.of(dialog, store, now)
        self.desk = Desk(dialog, store, self._remembered.diary, self._remembered.profile)
        left = LeftBehind.of(self.conversation, fingerprint(dialog), store)
        if fresh or not (self._goes_on(left, now) or self._goes_on_with_warm_up(left, now)):
            self._begin(left, now, tell=not fresh)
        for other in left.sessions:
            other.give_back()

    def _goes_on(self, left: LeftBehind, now: datetime) -> bool:
        """Take up the check before this one, if it was cut off just now."""
        last = left.pop_to_go_on(now, timedelta(minutes=self.dialog.fresh_minutes))
        if last is None or last.conversation is None or last.record is None:
            return False
        self._take_up(last, last.conversation, str(last.record.header.get("started_at")))
        self.effects = self.conversation.take(Resumed())
        return True

    def _goes_on_with_warm_up(self, left: LeftBehind, now: datetime) -> bool:
        """Take up the warm-up of the check before this one, if it was cut off just now."""
        path = left.newest
        if path is None or left.last is not None:
            return False
        minutes = self.dialog.fresh_minutes
        cut_off = CutOff.from_file(path.with_suffix(SUFFIX), now, timedelta(minutes=minutes))
        if cut_off is None:
            return False
        with contextlib.suppress(StorageError):
            record, claim = read(path), claimed(path)
            if claim and record.header.get("dialog") == fingerprint(self.dialog):
                talk = replayed(self.conversation, record)
                self.cut_off = cut_off
                self._take_up(Left(path, claim), talk, str(record.header.get("started_at")))
        return self.cut_off is not None

    def _take_up(self, left: Left, conversation: Conversation, started_at: str) -> None:
        self.conversation, self.started_at, self.path = conversation, started_at, left.path
        self._claim = left.claim
        self._try(self._open)
        self._listen()

    def _open(self) -> None:
        self._journal = Journal.reopen(self.path)

    def _begin(self, left: LeftBehind, now: datetime, tell: bool) -> None:
        """Begin a check of its own, with what must not be lost of others."""
        for other, talk in left.with_result():
            self._write_late(other, talk)
        told = [*self._remembered.troubles, *([left.trouble] if tell and left.trouble else [])]
        told += ["session_running"] if left.running else []
        self._try(lambda: self._create(now))
        self._listen()
        lines = tuple(self.dialog.message(name) for name in told)
        first = tuple(dict.fromkeys((*self._asks, *left.grave)))
        begun = self.conversation.begin(self._remembered.known, self._remembered.past, first)
        self.effects = (*((Say(lines),) if lines else ()), *begun)
        if self.lost is None:
            for other in left.sessions:
                other.settle()

    def _create(self, now: datetime) -> None:
        self.path = self.store.new_session(now)
        self._claim = claimed(self.path)
        header = {
            "started_at": self.started_at,
            "dialog": fingerprint(self.dialog),
            "boot": boot(),
        }
        self._journal = Journal.create(self.path, header)

    def _listen(self) -> None:
        self.conversation.keep = self._keep
        self.conversation.remember = self._forget

    def _write_late(self, left: Left, conversation: Conversation) -> None:
        """The result of a check whose program ended before it could write it."""
        started = str(left.record.header.get("started_at")) if left.record else self.started_at
        report = Report.from_session(self.dialog, conversation.state, conversation.turns, started)
        state = conversation.state
        self._write(self.desk.of_check(left.path, state, report))

    def _forget(self, left: Mapping[str, Value]) -> None:
        """Keep no more of the profile than this."""
        self._try(lambda: profile.keep_only(self.dialog, self.store, left))
        if not left:
            forget_sounds(self.store)

    def _keep(self, event: Event) -> None:
        if self._journal:
            journal = self._journal
            self._try(lambda: journal.keep(event))

    def _try(self, write: Write) -> None:
        """Write; what cannot be written is told once, and the check goes on."""
        try:
            write()
        except StorageError as error:
            if self.lost is None:
                print(f"voice-skill: {error}; going on without", file=sys.stderr)
                self.lost = str(error)
                self.conversation.notices.append(self.dialog.message("not_kept"))
            self._let_go()

    def _let_go(self) -> None:
        """Without what comes now the journal must not be gone on with."""
        if self._journal and not self.conversation.finished:
            self._journal.discard()
            self._journal = None

    def close(self) -> Report:
        """Write the report, remember the profile, close the journal. Twice is harmless.

        That it is finished is noted last, so that a start after a crash here writes the rest.
        """
        if self.report is not None:
            return self.report
        state = self.conversation.state
        report = Report.from_session(self.dialog, state, self.conversation.turns, self.started_at)
        if state.finished:
            self._write(self.desk.of_check(self.path, state, report))
            self._note_finished(report)
        if self._journal:
            self._journal.close()
        self.report = report
        return report

    def _note_finished(self, report: Report, **more: str) -> None:
        journal = self._journal
        if journal and self.lost is None:
            self._try(lambda: journal.note({"finished": report.care or "", **more}))

    def _write(self, all_of_it: Iterable[Write]) -> None:
        for write in all_of_it:
            self._try(write)

    def add_warm_up(self, result: Result) -> Report:
        """Write the report again, with what the warm-up came to."""
        self.report = with_warm_up(self.dialog, self.close(), result)
        self._write(self.desk.of_report(self.path, self.report))
        if self._journal:
            self._try(self._open)
            self._note_finished(self.report, warm_up=result.outcome)
            self._journal.close()
        return self.report

    def add_ladder(self, result: Result, told: str) -> None:
        """Write the report again, with a session on the way back to running."""
        self.report = with_ladder(self.dialog, self.close(), result, told)
        self._write(self.desk.of_report(self.path, self.report))

    def release(self) -> None:
        """Let another process have this session; it is held until then. Twice is harmless."""
        if self._journal:
            self._journal.close()
        if self._claim:
            self._claim.give_back(over=self.conversation.finished or self._journal is None)
