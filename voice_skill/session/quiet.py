"""Keeping what C libraries print on the error stream off the person's screen."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """PortAudio, ALSA and Vosk write to descriptor 2: to a file.

    What Python prints still reaches the screen.
    """
    sys.stderr.flush()
    screen = os.dup(2)
    python_stderr = sys.stderr
    with tempfile.TemporaryFile() as log:
        os.dup2(log.fileno(), 2)
        sys.stderr = os.fdopen(os.dup(screen), "w", buffering=1)
        try:
            yield
        finally:
            sys.stderr.close()
            sys.stderr = python_stderr
            os.dup2(screen, 2)
            os.close(screen)
