"""What a session begins with: what the diary and the profile hold, and what could not be read."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.history import NO_PAST, Past
from voice_skill.dialog.interpretation import Value
from voice_skill.diary.looking_back import past_of
from voice_skill.errors import StorageError
from voice_skill.storage import profile, settings
from voice_skill.storage.diary_file import Book
from voice_skill.storage.store import Store

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Remembered:
    """diary, profile, settings: whether they could be read. What cannot be is left as it is, and
    holds nobody up: then nothing is known."""

    known: dict[str, Value]
    past: Past
    diary: bool
    profile: bool
    settings: bool

    @classmethod
    def of(cls, dialog: Dialog, store: Store, now: datetime) -> "Remembered":
        """Read all of it. What cannot be read is told on the screen."""
        book = _read(lambda: Book.from_store(store))
        if book and book.gap:
            print(f"voice-skill: {book.gap}", file=sys.stderr)
        known = _read(lambda: profile.load(dialog, store))
        chosen = _read(lambda: settings.load(store))
        limits = dialog.limits.looking_back
        return cls(
            known=known or {},
            past=past_of(limits, book.entries, now) if book and limits else NO_PAST,
            diary=book is not None,
            profile=known is not None,
            settings=chosen is not None,
        )

    @property
    def troubles(self) -> tuple[str, ...]:
        """The messages that tell what could not be read."""
        read = {
            "settings_unreadable": self.settings,
            "diary_unreadable": self.diary,
            "profile_unreadable": self.profile,
        }
        return tuple(name for name, well in read.items() if not well)


def _read(look: Callable[[], Kept]) -> Kept | None:
    try:
        return look()
    except StorageError as error:
        print(f"voice-skill: {error}", file=sys.stderr)
        return None
