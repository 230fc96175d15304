"""How every command ends: by Ctrl-C, SIGTERM or a closed terminal, at once, whatever it is at.

A signal becomes a KeyboardInterrupt, so that what was begun is tidied up. What is not tidied up in
time, because something hangs, ends all the same, and leaves in a file where it hung.
"""

import contextlib
import faulthandler
import os
import signal
import socket
import sys
import threading
import time
from types import FrameType
from typing import Any

from voice_skill.private import private_folder
from voice_skill.storage.store import Store

GRACE_SECONDS = 0.6
"""So long tidying up may take; it takes some hundredths of a second."""
STACKS = "stacks.txt"
SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


def heeded() -> tuple[int, ...]:
    """The signals that end a command here; what the parent ignores, as nohup does, stays so."""
    return tuple(number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN)


def end_at_once() -> None:
    """Let signals end the process as they do any program: while there is nothing to tidy up."""
    for number in heeded():
        signal.signal(number, signal.SIG_DFL)


def end_tidily() -> None:
    """Let signals end it tidily from now on, within GRACE_SECONDS. Only in the main thread."""
    told, tell = socket.socketpair()
    tell.setblocking(False)
    signal.set_wakeup_fd(tell.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=_watch, args=(told, tell), daemon=True).start()
    for number in heeded():
        signal.signal(number, _interrupt)


def leave(code: int) -> int:
    """The last act of a command. What a signal ended waits for no thread that it left."""
    if not _interrupted.is_set():
        end_at_once()
        return code
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


_interrupted = threading.Event()


def _interrupt(number: int, frame: FrameType | None) -> None:
    _interrupted.set()
    for other in SIGNALS:
        signal.signal(other, signal.SIG_IGN)  # tidying up is not interrupted again
    sys.unraisablehook = _say_nothing
    threading.excepthook = _say_nothing
    raise KeyboardInterrupt(number)


def _say_nothing(what: Any) -> None:
    """Of what breaks because all is ending, there is nothing to tell."""


def _watch(told: socket.socket, tell: socket.socket) -> None:
    """Wait for a signal, also while the main thread is deep in a library, and see to the end."""
    number = 0
    while number not in SIGNALS:
        number = told.recv(1)[0]
    time.sleep(GRACE_SECONDS)
    _keep_stacks()
    os._exit(128 + number)


def _keep_stacks() -> None:
    """Where every thread is, for a bug report: places in the code, and no words."""
    with contextlib.suppress(OSError):
        folder = Store.from_platform().folder
        private_folder(folder)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        handle = os.open(folder / STACKS, flags, 0o600)
        faulthandler.dump_traceback(handle, all_threads=True)
        os.write(2, f"voice-skill: it hung; where is kept in {folder / STACKS}\n".encode())
