"""A warm-up that no crash loses: its events are on the disk until it is over.

Beside the journal of its session, or alone. The same events lead to the same drill, side and count.
"""

import contextlib
import dataclasses
import hashlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from voice_skill.clock import boot
from voice_skill.coaching import events
from voice_skill.coaching.events import Event
from voice_skill.errors import StorageError
from voice_skill.private import Claim, claimed
from voice_skill.storage.event_codec import checked
from voice_skill.storage.journal import Journal, is_fresh, read
from voice_skill.visit.warm_up import WarmUp

SUFFIX = ".warmup"
COACH = f"coach{SUFFIX}"
"""The file of a warm-up without a session."""
MAX_SECONDS = 6 * 3600.0
"""No warm-up takes so long."""
_TYPES: dict[str, TypeAdapter[Any]] = {
    cls.__name__: TypeAdapter(cls)
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
    def from_file(cls, path: Path, now: datetime, fresh: timedelta) -> "CutOff | None":
        """None where there is none, or none that may be taken up: old, damaged, not begun.

        fresh: so long it may be taken up. Later the body is cold and the answers are old.
        """
        with contextlib.suppress(StorageError):
            record = read(path)
            header = record.header
            kept = tuple(_from_json(row) for row in record.notes)
            names = (header.get("routine"), header.get("content"))
            whole = all(isinstance(name, str) for name in names) and _in_order(kept)
            early = header.get("early")
            if kept and whole and isinstance(early, bool) and is_fresh(path, header, now, fresh):
                return cls(path, str(names[0]), early, str(names[1]), kept)
        return None

    def take_up(self, warm_up: WarmUp) -> None:
        """Bring a new warm-up to this place; to its beginning if the routine has changed since."""
        same = content(warm_up, self.routine) == self.content
        warm_up.take_up(self.events if same else ())


@contextlib.contextmanager
def kept_until_over(warm_up: WarmUp, path: Path) -> Iterator[None]:
    """Keep the events of a warm-up in a file; the file goes when this is left without an error.

    What cannot be kept, or is another's who lives, is told on the screen, and holds nobody up.
    """
    keeping = _Keeping(warm_up, path)
    warm_up.keep = keeping.keep
    try:
        yield
        keeping.forget()
    finally:
        keeping.let_go()


class _Keeping:
    """The events of one warm-up on the disk, for as long as that works."""

    def __init__(self, warm_up: WarmUp, path: Path) -> None:
        self._path = path
        self._claim: Claim | None = None
        self._journal: Journal | None = None
        try:
            self._claim = claimed(path)
            if self._claim is None:
                raise StorageError(f"{path}: another warm-up is going on")
            self._journal = _opened(warm_up, path)
        except StorageError as error:
            _tell(error)

    def keep(self, event: Event) -> None:
        """One event; after the first that cannot be kept none is."""
        if self._journal is None:
            return
        try:
            self._journal.note(_to_json(event), synced=_is_news(event))
        except StorageError as error:
            self.forget()  # without what comes now it must not be taken up
            _tell(error)

    def forget(self) -> None:
        """Nobody will go on with it."""
        if self._journal:
            self._journal.discard()
            self._journal = None

    def let_go(self) -> None:
        """Leave it to the next start."""
        over = self._journal is None
        if self._journal:
            self._journal.close()
        if self._claim:
            self._claim.give_back(over)


def _opened(warm_up: WarmUp, path: Path) -> Journal:
    if warm_up.at_seconds:
        return Journal.reopen(path)
    routine = warm_up.coach.routine.id
    header = {
        "routine": routine,
        "early": warm_up.coach.early,
        "content": content(warm_up, routine),
        "boot": boot(),
    }
    return Journal.anew(path, header)


def _tell(error: StorageError) -> None:
    print(f"voice-skill: {error}; going on without", file=sys.stderr)


def content(warm_up: WarmUp, routine: str) -> str:
    """Tells warm-ups apart by all that they depend on: the drills and the limits."""
    library = warm_up.library
    shown = repr((library.exercises(library.routine(routine)), warm_up.coach.limits))
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def _is_news(event: Event) -> bool:
    """Time passing need not be on the disk before the next count: a lost power may lose a rep."""
    return not isinstance(event, events.Tick)


def _to_json(event: Event) -> dict[str, Any]:
    return {"moment": type(event).__name__, **dataclasses.asdict(event)}


def _from_json(row: Mapping[str, Any]) -> Event:
    values = {name: value for name, value in row.items() if name != "moment"}
    event: Event = checked(_TYPES, row.get("moment"), values)
    return event


def _in_order(kept: Sequence[Event]) -> bool:
    """Whether time goes on in it, and no further than in a warm-up."""
    times = [0.0, *(event.at_seconds for event in kept), MAX_SECONDS]
    return all(before <= after for before, after in pairwise(times))
