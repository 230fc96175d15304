"""A typed session in a process of its own, answered question by question as a person does."""

import os
import pty
import re
import select
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scripts.attacking.process import (
    HANG_SECONDS,
    Before,
    Outcome,
    outcome,
    patience,
    start,
    voice_skill,
    wait,
)

PROMPT = "> "


class Talk:
    """One session. terminal: its input is a terminal, so that a warm-up may follow."""

    def __init__(self, home: Path, before: Before | None = None, terminal: bool = False) -> None:
        self.shown = ""
        self._out, out = os.pipe()
        self._in, given = pty.openpty() if terminal else reversed(os.pipe())
        self._err, err = os.pipe()
        self.pid = start(voice_skill("run", "--text"), home, (given, out, err), before)
        for handle in (given, out, err):
            os.close(handle)
        self._at = 0

    def asked(self, seconds: float = HANG_SECONDS) -> str | None:
        """What is shown up to the next question. None: the session has ended, or shows no more."""
        until = time.monotonic() + patience(seconds)
        while not (self.shown.endswith(PROMPT) and len(self.shown) > self._at):
            ready, _, _ = select.select([self._out], [], [], max(0.0, until - time.monotonic()))
            data = os.read(self._out, 65536) if ready else b""
            if not data:
                return None
            self.shown += data.decode("utf-8", "replace")
        text, self._at = self.shown[self._at :], len(self.shown)
        return text.removesuffix(PROMPT).strip()

    @property
    def told_result(self) -> bool:
        """Whether a result was shown to its end."""
        return re.search(r"^\[[A-Z_]+\]$", self.shown, re.MULTILINE) is not None

    def answer(self, text: str) -> None:
        """Type a line."""
        with suppress(OSError):
            os.write(self._in, text.encode() + b"\n")

    def signal(self, number: int) -> None:
        """Send a signal; the process may be gone."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def end(self, seconds: float = HANG_SECONDS) -> Outcome:
        """Let it end: nothing more is typed."""
        with suppress(OSError):
            os.close(self._in)
        while select.select([self._out], [], [], 0)[0] and (data := os.read(self._out, 65536)):
            self.shown += data.decode("utf-8", "replace")
        ended = wait(self.pid, seconds)
        self.shown += _rest(self._out)
        return outcome(ended, self.shown, _rest(self._err))


def _rest(handle: int) -> str:
    """What is still in a pipe that nobody writes to; then it is closed."""
    with os.fdopen(handle, "rb") as stream:
        return stream.read().decode("utf-8", "replace")


@dataclass(frozen=True)
class Person:
    """What somebody answers to which question; of others only whether to go on."""

    answers: dict[str, str]

    def says(self, shown: str) -> str:
        """The answer to what was shown last."""
        known = self.answers.get(question(shown))
        if known is not None:
            return known
        return "yes" if "go on" in shown.lower() else "no"


def question(shown: str) -> str:
    """The last line of what was shown."""
    return shown.splitlines()[-1].strip() if shown else ""


def converse(
    talk: Talk, person: Person, most: int = 60, seconds: float = HANG_SECONDS
) -> list[str]:
    """Answer so many questions at most. Returns those that were answered and followed by more.

    seconds: how long another question is waited for.
    """
    followed: list[str] = []
    shown = talk.asked()
    while shown is not None and len(followed) < most:
        talk.answer(person.says(shown))
        before, shown = shown, talk.asked(seconds)
        if shown is not None or talk.told_result:
            followed.append(question(before))
    return followed
