"""One command in a forked process of its own, and what came of it.

The parent has loaded everything, so a command costs what it does and not the start of Python.
"""

import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MAX_CPU_SECONDS = 6.0
"""Of processor time, for a whole command: other work on the machine must not look like a fault.

A whole check took 0.2 to 1.8 s where every core was busy with other work besides.
"""
HANG_SECONDS = 30.0
CODES = (0, 1, 2, 3, 130)
Work = Callable[[], int]
Before = Callable[[], None]


@dataclass(frozen=True)
class Outcome:
    """How a process ended. code: None where a signal ended it."""

    code: int | None
    ended_by: int | None
    cpu_seconds: float
    hung: bool
    out: str
    err: str

    @property
    def fault(self) -> str | None:
        """What is wrong with any command that ends so, whatever it was asked."""
        both = self.out + self.err
        if self.hung:
            return f"does not end within {HANG_SECONDS:.0f} s"
        if self.ended_by is not None:
            return f"ended by signal {self.ended_by}"
        for mark in ("Traceback", "unexpected failure", "Exception ignored"):
            if mark in both:
                return f"{mark}: {' '.join(both[both.index(mark) :].split()[-14:])}"
        if self.code not in CODES:
            return f"exit code {self.code}"
        if self.cpu_seconds > MAX_CPU_SECONDS:
            return f"took {self.cpu_seconds:.1f} s"
        return None


def voice_skill(*arguments: str) -> Work:
    """One command of the program."""

    def work() -> int:
        from voice_skill.__main__ import main

        sys.argv = ["voice-skill", *arguments]
        return main()

    return work


def start(
    work: Work, home: Path, streams: tuple[int, int, int], before: Before | None = None
) -> int:
    """Fork; the child has a home of its own and these streams. Returns its process id."""
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        os.closerange(3, 1024)  # the parent's ends of the pipes: with them no input ever ends
        sys.stdin, sys.stdout, sys.stderr = (
            open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
            for number, mode in enumerate(("r", "w", "w"))
        )
        for name in ("DATA", "CONFIG", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
        os.chdir(home)
        if before is not None:
            before()
        code = work()
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(Exception):
            sys.stderr.flush()
            sys.stdout.flush()
        os._exit(code)


def patience(seconds: float) -> float:
    """How long to wait for what takes so long at most where nothing else runs."""
    return seconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def wait(pid: int, seconds: float) -> tuple[int, float, bool]:
    """Wait for a child, and kill it after so many. Returns status, its processor time, hung."""
    until = time.monotonic() + patience(seconds)
    while True:
        found, status, used = os.wait4(pid, os.WNOHANG)
        if found:
            return status, used.ru_utime + used.ru_stime, False
        if time.monotonic() > until:
            os.kill(pid, signal.SIGKILL)
            _, status, used = os.wait4(pid, 0)
            return status, used.ru_utime + used.ru_stime, True
        time.sleep(0.003)


def outcome(ended: tuple[int, float, bool], out: str, err: str) -> Outcome:
    """From what `wait` returns."""
    status, cpu_seconds, hung = ended
    by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
    return Outcome(code, by, cpu_seconds, hung, out, err)


def run(
    work: Work,
    home: Path,
    said: bytes = b"",
    before: Before | None = None,
    seconds: float | None = None,
) -> Outcome:
    """A command from its start to its end. said: what is on its input."""
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        given.write(said)
        given.seek(0)
        pid = start(work, home, (given.fileno(), out.fileno(), err.fileno()), before)
        ended = wait(pid, seconds or HANG_SECONDS)
        return outcome(ended, _text(out), _text(err))


def _text(stream: BinaryIO) -> str:
    stream.seek(0)
    return stream.read(1_000_000).decode("utf-8", "replace")
