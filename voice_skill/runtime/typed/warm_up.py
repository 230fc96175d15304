"""A warm-up in real time by keyboard and screen: the same machine, without sound."""

import contextlib
import queue
import sys
import threading
import time
from collections.abc import Callable
from typing import TextIO

from voice_skill.dialog.effects import Listen
from voice_skill.dialog.state import State
from voice_skill.runtime.typed.check import run_typed
from voice_skill.visit.closing import Closing
from voice_skill.visit.outcome import Result
from voice_skill.visit.warm_up import WarmUp

ReadLine = Callable[[float | None], str | None]
"""Waits so many seconds (None: for ever) for a line. None: nothing was typed."""


def keyboard() -> ReadLine:
    """Lines typed while the warm-up goes on: a thread waits for them."""
    typed: queue.Queue[str] = queue.Queue()

    def wait() -> None:
        with contextlib.suppress(OSError):  # the terminal was closed
            for line in sys.stdin:
                typed.put(line)

    threading.Thread(target=wait, daemon=True).start()

    def read(seconds: float | None) -> str | None:
        try:
            return typed.get(timeout=seconds)
        except queue.Empty:
            return None

    return read


def run_typed_warm_up(
    warm_up: WarmUp, triage: State, read: ReadLine, screen: TextIO, speed: float = 1.0
) -> Result:
    """Hold a warm-up. speed: how many of its seconds pass in one real second."""
    began = time.monotonic() - warm_up.at_seconds / speed
    shown = 0

    def now() -> float:
        return (time.monotonic() - began) * speed

    warm_up.begin()
    while True:
        for row in warm_up.rows[shown:]:
            if row.kind in ("say", "count"):
                print(row.text, file=screen, flush=True)
        shown = len(warm_up.rows)
        if warm_up.state.ended:
            break
        due = warm_up.state.due_seconds or now()
        line = read(max(0.0, due - now()) / speed)
        if line and line.strip():
            warm_up.hear(now(), line.strip())
        else:
            warm_up.tick(now())
    return _closed(warm_up, triage, read, screen)


def _closed(warm_up: WarmUp, triage: State, read: ReadLine, screen: TextIO) -> Result:
    def reply(floor: Listen) -> str | None:
        print("> ", end="", file=screen, flush=True)
        return read(None)

    closing = Closing.of(warm_up, triage)
    if closing.lines:
        print("\n".join(closing.lines), file=screen)
    if closing.questions is not None:
        run_typed(closing.questions, closing.effects, reply, screen)
    return closing.result
