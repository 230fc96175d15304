"""Input and output that never end a command: closed ones, and signs that they cannot hold."""

import codecs
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from voice_skill.errors import UsageError

ESCAPE = "voice_skill.escape"


def steady_streams() -> None:
    """Open what is closed, and let no sign be too much for an 8-bit terminal.

    What cannot be written becomes an escape such as \\u2026, which JSON can read. A typed byte that
    is no text becomes U+FFFD, which is no word.
    """
    _open_closed()
    codecs.register_error(ESCAPE, _escape)
    for stream, errors in ((sys.stdout, ESCAPE), (sys.stderr, ESCAPE), (sys.stdin, "replace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=errors)


def _open_closed() -> None:
    """Without this the next file that is opened would take the place of the output."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            handle = os.open(os.devnull, os.O_RDWR)
            if handle != number:
                os.dup2(handle, number)
                os.close(handle)
        if getattr(sys, name) is None:
            mode = "w" if number else "r"
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123


def _escape(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    pairs = zip(units[::2], units[1::2], strict=True)
    return "".join(f"\\u{high:02x}{low:02x}" for high, low in pairs), error.end


def close(stream: int) -> None:
    """Nothing more can be written: let Python's own last flush go nowhere."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)


def refuse_odd(arguments: list[str]) -> None:
    """Raise UsageError for bytes that are no text, unless they name a file that is there."""
    for argument in arguments:
        try:
            argument.encode("utf-8")
        except UnicodeEncodeError:
            if not Path(argument).exists():
                raise UsageError(f"{argument!a} is not a text in UTF-8") from None
