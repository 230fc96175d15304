"""What the page shows now, and the answers typed into it: each is taken once or not at all.

The conversation writes and takes answers in one thread; any number of pages read in others.
"""

import threading
from collections import deque
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

Who = Literal["skill", "you", "note"]
Taken = Literal["taken", "late", "closed"]
MAX_LINES = 40
"""Of what was said before, so that a page opened late shows it too."""


@dataclass(frozen=True)
class Line:
    """Something that was said."""

    number: int
    who: Who
    text: str


@dataclass(frozen=True)
class DrillView:
    """The drill that goes on. picture: its name among the pictures, if there is one."""

    name: str
    how: str
    picture: str | None


@dataclass(frozen=True)
class View:
    """All that is shown. turn: the number of the question that an answer may belong to, if one is
    open."""

    turn: int | None = None
    question: str = ""
    answers: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    understood: str = ""
    drill: DrillView | None = None
    count: str = ""
    over: bool = False


@dataclass
class Board:
    """The view, what was said, and at most one typed answer that was not yet taken.

    always: words that are taken whatever question is open.
    """

    always: frozenset[str] = frozenset()
    _view: View = field(default_factory=View)
    _lines: deque[Line] = field(default_factory=lambda: deque(maxlen=MAX_LINES))
    _typed: str | None = None
    _turns: int = 0
    _said: int = 0
    _version: int = 0

    def __post_init__(self) -> None:
        self._changed = threading.Condition()

    # from the conversation

    def say(self, who: Who, text: str) -> None:
        """A line was said."""
        with self._changed:
            self._said += 1
            self._lines.append(Line(self._said, who, text))
            self._tell()

    def show(self, **more: Any) -> None:
        """Change what is shown, but not the question."""
        with self._changed:
            if replace(self._view, **more) != self._view:
                self._view = replace(self._view, **more)
                self._tell()

    def ask(self, question: str, answers: tuple[str, ...], commands: tuple[str, ...]) -> None:
        """A question is open. An answer to the one before it is dropped, if none took it."""
        with self._changed:
            self._turns += 1
            self._typed = None
            self._view = replace(self._view, turn=self._turns, question=question, answers=answers,
                                 commands=commands)  # fmt: skip
            self._tell()

    def close(self, over: bool = False) -> None:
        """Nothing is waited for."""
        with self._changed:
            self._typed = None
            self._view = replace(self._view, turn=None, answers=(), commands=(), over=over)
            self._tell()

    def typed(self) -> str | None:
        """Take the answer that was typed, if there is one."""
        with self._changed:
            found, self._typed = self._typed, None
            return found

    def wait(self, seconds: float | None = None) -> str | None:
        """Wait for an answer, so long at most. None: there was none."""
        with self._changed:
            self._changed.wait_for(lambda: self._typed is not None, seconds)
        return self.typed()

    # from a page

    def answer(self, turn: int, text: str) -> Taken:
        """An answer to the question of this number. It is taken by the conversation, once."""
        with self._changed:
            if self._view.turn is None:
                return "closed"
            if turn != self._view.turn and text not in self.always:
                return "late"
            if self._typed is not None and text not in self.always:
                return "late"
            self._typed = text
            self._changed.notify_all()
            return "taken"

    def after(self, version: int, seconds: float) -> tuple[int, dict[str, Any]] | None:
        """What is shown, once it is newer than this version. None: nothing came in that time."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._version > version, seconds):
                return None
            lines = [asdict(line) for line in self._lines]
            return self._version, {**asdict(self._view), "lines": lines}

    def _tell(self) -> None:
        self._version += 1
        self._changed.notify_all()
