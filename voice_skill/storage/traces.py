"""What else than its file may still tell of a person, and is deleted with it."""

import contextlib

from voice_skill import log
from voice_skill.paths import cache_folder
from voice_skill.storage.store import Store

SOUNDS = ("*.wav", "*.part")


def forget_sounds(store: Store) -> None:
    """Delete every spoken sentence that was kept, the log, and what writing left half done."""
    with contextlib.suppress(OSError):
        log.delete()
        store.sweep()
        for pattern in SOUNDS:
            for file in cache_folder().glob(pattern):
                file.unlink(missing_ok=True)
