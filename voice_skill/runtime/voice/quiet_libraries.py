"""Keeping what C libraries print on the error stream off the person's screen."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


def _log() -> IO[bytes]:
    """A file, or nowhere where there is no room for one."""
    try:
        return tempfile.TemporaryFile()
    except OSError:
        return Path(os.devnull).open("wb")


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """PortAudio, ALSA and Vosk write to descriptor 2: to a file.

    What Python prints still reaches the screen.
    """
    sys.stderr.flush()
    screen = os.dup(2)
    python_stderr = sys.stderr
    with _log() as log:
        os.dup2(log.fileno(), 2)
        sys.stderr = os.fdopen(os.dup(screen), "w", buffering=1)
        try:
            yield
        finally:
            sys.stderr.close()
            sys.stderr = python_stderr
            os.dup2(screen, 2)
            os.close(screen)
