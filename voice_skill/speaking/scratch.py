"""Where a sound is made: in memory where the system has such a place, so that a full disk silences
nobody, and nothing that was said is left on it."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")


PREFIX = "voice-skill-"


def scratch_folder() -> Path:
    """A new folder for its owner alone. Raises OSError where there is no room at all."""
    in_memory = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    if in_memory:
        _sweep()
    memory = MEMORY if in_memory else None
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=memory))


def _sweep() -> None:
    """Delete what processes left that were killed."""
    for folder in MEMORY.glob(f"{PREFIX}*"):
        owner = folder.name.removeprefix(PREFIX).split("-")[0]
        if owner.isdigit() and not _lives(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
