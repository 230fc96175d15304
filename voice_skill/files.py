"""Files that a person names on the command line."""

import shutil
from pathlib import Path

from voice_skill.errors import UsageError


def text_lines(path: Path) -> list[str]:
    """The lines of a text. Raises UsageError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: cannot be read: not a text in UTF-8") from None


def reason(error: OSError) -> str:
    """Why something cannot be read or written; of many files copied, the first that could not."""
    if isinstance(error, shutil.Error):
        return str(error.args[0][0][2])
    return error.strerror or str(error)
