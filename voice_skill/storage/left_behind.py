"""What earlier sessions left: one that was cut off and may go on, and what of others must not be
lost."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from voice_skill.dialog.graveness import grave
from voice_skill.errors import StorageError
from voice_skill.private import Claim, claimed, lock_of
from voice_skill.storage.journal import Journal, Record, has_ended, is_fresh, read
from voice_skill.storage.replay import replayed
from voice_skill.storage.store import Store
from voice_skill.visit.conversation import Conversation


@dataclass
class Left:
    """A session that no living process holds and that came to no end of its own.

    claim: None where nothing can be written. trouble: the message that tells why it cannot go on.
    """

    path: Path
    claim: Claim | None
    record: Record | None = None
    conversation: Conversation | None = None
    trouble: str | None = None

    @property
    def begun(self) -> bool:
        """Whether anything was said or must be asked in it, or it is not known."""
        return self.record is None or len(self.record.events) > 1 or bool(self.grave)

    @property
    def grave(self) -> tuple[str, ...]:
        """What was said in it that the next check has to ask about."""
        talk = self.conversation
        return grave(talk.dialog, talk.state) if talk else ()

    def is_fresh(self, now: datetime, fresh: timedelta) -> bool:
        """Whether its last answer is young enough; where that is not known, it is not."""
        return self.record is not None and is_fresh(self.path, self.record.header, now, fresh)

    def settle(self) -> None:
        """Note that another check has taken what must not be lost of it. One that cannot be read
        is left as it is."""
        if self.record is None:
            return
        end = self.conversation.state.finished if self.conversation else None
        note = {"finished": end.care or ""} if end else {"begun_anew": True}
        with contextlib.suppress(StorageError), Journal.reopen(self.path) as journal:
            journal.note(note)

    def give_back(self) -> None:
        """Leave it to the next start."""
        if self.claim:
            self.claim.give_back(over=has_ended(self.path))


@dataclass
class LeftBehind:
    """All of them, oldest first. running: whether a living process holds a session.

    newest: the session before this one that nobody holds, whatever became of it.
    """

    running: bool = False
    newest: Path | None = None
    sessions: list[Left] = field(default_factory=list)

    @classmethod
    def of(cls, new: Conversation, fingerprint: str, store: Store) -> "LeftBehind":
        """Look at what earlier sessions left, and claim it. new: as for `replayed`."""
        found = cls()
        for path in store.journals():
            ended = has_ended(path)
            if ended and not lock_of(path).exists():
                found.newest = path
                continue
            try:
                claim = claimed(path)
            except StorageError:  # nothing can be written here, but what was said counts
                claim = None
            else:
                found.running |= claim is None
                if claim is None:
                    continue
            found._add(_looked_at(new, fingerprint, Left(path, claim)))
        return found

    def _add(self, left: Left) -> None:
        if left.begun:
            self.newest = left.path
        if left.record and left.record.ended:
            left.give_back()
        else:
            self.sessions.append(left)

    def pop_to_go_on(self, now: datetime, fresh: timedelta) -> Left | None:
        """The newest session, if it may go on."""
        last = self.last
        if last and last.claim and last.conversation and last.is_fresh(now, fresh):
            self.sessions.remove(last)
            return last
        return None

    @property
    def last(self) -> Left | None:
        """The newest session, if it was cut off."""
        newest = [left for left in self.sessions if left.begun and left.path == self.newest]
        return newest[0] if newest else None

    @property
    def trouble(self) -> str | None:
        """The message that tells why the check before this one does not go on."""
        return (self.last.trouble or "session_too_old") if self.last else None

    @property
    def grave(self) -> tuple[str, ...]:
        """What was said in any of them that the next check has to ask about."""
        return tuple(dict.fromkeys(name for left in self.sessions for name in left.grave))

    def with_result(self) -> Iterator[tuple[Left, Conversation]]:
        """Those that came to a result which was not written any more."""
        for left in self.sessions:
            if left.conversation and left.conversation.finished:
                yield left, left.conversation


def _looked_at(new: Conversation, fingerprint: str, left: Left) -> Left:
    try:
        left.record = read(left.path)
        if left.record.events and left.record.header.get("dialog") != fingerprint:
            left.trouble = "session_of_other_content"
        elif left.record.events:
            left.conversation = replayed(new, left.record)
    except StorageError:
        left.record, left.trouble = None, "session_unreadable"
    return left
