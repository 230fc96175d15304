"""Files that a person names on the command line, or that come from strangers."""

import shutil
import stat
from pathlib import Path

from voice_skill.errors import UsageError

MAX_TEXT_BYTES = 4_000_000
"""More than any script, table of events or list of words has."""


def text_lines(path: Path) -> list[str]:
    """The lines of a text. Raises UsageError where it cannot be read."""
    return read_text(path).splitlines()


def read_text(path: Path) -> str:
    """A text in UTF-8, with or without its mark. A pipe will do. Raises UsageError."""
    try:
        with path.open("rb") as stream:
            return decoded(stream.read(MAX_TEXT_BYTES + 1), str(path))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {reason(error)}") from None


def decoded(data: bytes, name: str) -> str:
    """Bytes as text. name: where they come from. Raises UsageError."""
    if len(data) > MAX_TEXT_BYTES:
        raise UsageError(f"{name}: longer than {MAX_TEXT_BYTES} bytes; shorten it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{name}:{line}: not a text in UTF-8; save it as UTF-8") from None


def is_plain(path: Path) -> bool:
    """Whether it is a file that ends: no pipe, no device, no folder. Raises OSError."""
    return stat.S_ISREG(path.stat().st_mode)


def reason(error: OSError) -> str:
    """Why something cannot be read or written; of many files copied, the first that could not."""
    if isinstance(error, shutil.Error):
        return str(error.args[0][0][2])
    return error.strerror or str(error) or type(error).__name__


def shortened(value: object, most: int = 60) -> str:
    """A value as an error may show it: one short line."""
    text = " ".join(str(value).split())
    return text if len(text) <= most else f"{text[:most]}..."
