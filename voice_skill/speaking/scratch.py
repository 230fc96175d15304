"""Where a sound is made: in memory where the system has such a place, so that a full disk silences
nobody, and nothing that was said is left on it."""

import os
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")


def scratch_folder() -> Path:
    """A new folder for its owner alone. Raises OSError where there is no room at all."""
    memory = MEMORY if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else None
    return Path(tempfile.mkdtemp(prefix="voice-skill-", dir=memory))
