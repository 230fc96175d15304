"""A warm-up that no crash loses: its events are on the disk until it is over.

Beside the journal of its session, or alone. The same events lead to the same drill, side and count.
"""

import contextlib
import dataclasses
import hashlib
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from voice_skill.coaching import events
from voice_skill.coaching.events import Event
from voice_skill.coaching.library import Library
from voice_skill.coaching.meaning import Meaning
from voice_skill.errors import StorageError
from voice_skill.session.journal import Journal, read
from voice_skill.session.warm_up import WarmUp

SUFFIX = ".warmup"
COACH = f"coach{SUFFIX}"
"""The file of a warm-up without a session."""
FRESH = timedelta(minutes=30)
"""Later the body is cold and the answers are old: then everything is asked anew."""
_TYPES = {
    cls.__name__: cls
    for cls in (events.Began, events.Resumed, events.Tick, events.Heard, events.DeviceChanged)
}


@dataclasses.dataclass(frozen=True)
class CutOff:
    """A warm-up that did not come to its end."""

    path: Path
    routine: str
    early: bool
    content: str
    events: tuple[Event, ...]

    @classmethod
    def from_file(cls, path: Path, now: datetime) -> "CutOff | None":
        """None where there is none, or none that may be taken up: old, damaged, not begun."""
        with contextlib.suppress(StorageError, OSError, KeyError, TypeError):
            age = now - datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo)
            record = read(path)
            header = record.header
            kept = tuple(_from_json(row) for row in record.notes)
            if kept and timedelta(seconds=-1) < age < FRESH:
                return cls(path, header["routine"], header["early"], header["content"], kept)
        return None

    def take_up(self, warm_up: WarmUp) -> None:
        """Bring a new warm-up to this place; to its beginning if the routine has changed since."""
        same = content(warm_up.library, self.routine) == self.content
        warm_up.take_up(self.events if same else ())


@contextlib.contextmanager
def kept_until_over(warm_up: WarmUp, path: Path) -> Iterator[None]:
    """Keep the events of a warm-up in a file; the file goes when this is left without an error.

    A disk that is full in the middle of it is told on the screen, and holds nobody up.
    """
    header = {
        "routine": warm_up.coach.routine.id,
        "early": warm_up.coach.early,
        "content": content(warm_up.library, warm_up.coach.routine.id),
    }
    journal = Journal.reopen(path) if warm_up.at_seconds else Journal.anew(path, header)

    def keep(event: Event) -> None:
        try:
            journal.note(_to_json(event), synced=_is_news(event))
        except StorageError as error:
            journal.close()
            with contextlib.suppress(OSError):
                path.unlink()  # without what comes now it must not be taken up
            print(f"voice-skill: {error}; going on without", file=sys.stderr)

    with journal:
        warm_up.keep = keep
        yield
    path.unlink(missing_ok=True)


def content(library: Library, routine: str) -> str:
    """Tells routines apart by all that their count depends on."""
    shown = repr(library.exercises(library.routine(routine)))
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def _is_news(event: Event) -> bool:
    """Time passing need not be on the disk before the next count: a lost power may lose a rep."""
    return not isinstance(event, events.Tick)


def _to_json(event: Event) -> dict[str, Any]:
    return {"moment": type(event).__name__, **dataclasses.asdict(event)}


def _from_json(row: Mapping[str, Any]) -> Event:
    values = {name: value for name, value in row.items() if name != "moment"}
    if "meaning" in values:
        values["meaning"] = Meaning(**values["meaning"])
    event: Event = _TYPES[row["moment"]](**values)
    return event
