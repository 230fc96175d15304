"""A log for bug reports: what was done and what failed, never what anybody said.

Words go to a logger of their own, which is mute unless `--log-words` asks for it. The file lies
under the data folder, for its owner alone. Where it cannot be written, everything goes on without.
"""

import logging
import os
import platform
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs

from voice_skill.private import private_folder

LOG = logging.getLogger("voice_skill")
WORDS = logging.getLogger("voice_skill.words")
"""What was said, heard and understood."""
MAX_BYTES = 200_000
KEPT_FILES = 3
MAX_FRAMES = 30
_MUTE = logging.CRITICAL + 1
LOG.addHandler(logging.NullHandler())  # before the log is open, nothing is said
WORDS.setLevel(_MUTE)
_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


def log_file() -> Path:
    """Where the log is kept; older ones beside it end in .1, .2, ..."""
    return Path(platformdirs.user_data_dir("voice-skill")) / "log" / "voice-skill.log"


def begin(verbose: bool, words: bool) -> None:
    """Open the log. verbose: show it on the error stream too. words: with what is said."""
    end()
    LOG.setLevel(logging.DEBUG)
    LOG.propagate = False
    WORDS.setLevel(logging.DEBUG if words else _MUTE)
    handlers: list[logging.Handler] = [_File()]
    handlers += [_Screen()] if verbose else []
    for handler in handlers:
        handler.setFormatter(logging.Formatter(_FORMAT))
        LOG.addHandler(handler)


def end() -> None:
    """Close it."""
    for handler in LOG.handlers[1:]:
        LOG.removeHandler(handler)
        with suppress(OSError):  # a full disk
            handler.close()


def delete() -> None:
    """Delete the log and all older ones. Raises OSError."""
    for path in log_file().parent.glob("voice-skill.log*"):
        path.unlink(missing_ok=True)


def about() -> str:
    """The program and what it runs on, in one line."""
    from voice_skill import __version__

    python = f"Python {platform.python_version()}"
    return f"voice-skill {__version__}, {python}, {platform.platform()}"


def note_failure(error: BaseException) -> str:
    """Write down where an unexpected error came from. Returns its kind and place, in short.

    Its text may hold what somebody said, so that goes to the words.
    """
    chain = list(_chain(error))
    for each in chain:
        frames = traceback.extract_tb(each.__traceback__)[-MAX_FRAMES:]
        LOG.error("%s\n%s", type(each).__name__, "".join(traceback.format_list(frames)))
        WORDS.error("%s", each)
    last = traceback.extract_tb(error.__traceback__)[-1:]
    where = "".join(f" at {Path(frame.filename).name}:{frame.lineno}" for frame in last)
    return f"{type(error).__name__}{where}"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those from which it came; at most ten."""
    for _ in range(10):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


class _File(RotatingFileHandler):
    """Opened with the first line; only its owner reads it; silent where it cannot be written."""

    def __init__(self) -> None:
        path = log_file()
        super().__init__(path, "a", MAX_BYTES, KEPT_FILES, encoding="utf-8",
                         delay=True, errors="backslashreplace")  # fmt: skip

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        private_folder(path.parent)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NONBLOCK, 0o600)
        return open(handle, "a", encoding="utf-8", errors="backslashreplace")  # noqa: PTH123

    def emit(self, record: logging.LogRecord) -> None:
        try:
            super().emit(record)
        except OSError:  # the file cannot be opened
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """A log that cannot be written stops nobody."""


class _Screen(logging.Handler):
    """On the error stream as it is now: it is changed while libraries are kept quiet."""

    def emit(self, record: logging.LogRecord) -> None:
        print(self.format(record), file=sys.stderr)
