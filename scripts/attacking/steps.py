"""Ending a process at its nth step on the disk, so that every moment between two is met."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from scripts.attacking.process import Before

_EVENTS = frozenset(
    {"open", "os.rename", "os.remove", "os.mkdir", "os.link", "os.truncate", "os.chmod",
     "fcntl.flock", "fcntl.lockf", "shutil.rmtree"}
)  # fmt: skip


def killed_at(number: int) -> Before:
    """Installed in the child: it kills itself before its nth step."""

    def install() -> None:
        home, left = os.environ["XDG_DATA_HOME"], number

        def step() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        def heard(event: str, arguments: tuple[Any, ...]) -> None:
            if event in _EVENTS and _within(home, event, arguments):
                step()

        def around(function: Callable[..., Any]) -> Callable[..., Any]:
            def called(*arguments: Any) -> Any:
                step()
                result = function(*arguments)
                step()
                return result

            return called

        for name in ("fsync", "write"):
            setattr(os, name, around(getattr(os, name)))
        sys.addaudithook(heard)

    return install


def _within(home: str, event: str, arguments: tuple[Any, ...]) -> bool:
    """Reading the program's own files is no step."""
    return event.startswith("fcntl") or str(arguments[0]).startswith(home)
