"""Which microphone a sound server really gives us.

PulseAudio and PipeWire hand a program another source without a word when its own is unplugged; that
may be the loudspeaker's monitor, in which the program hears only itself.
"""

import os
import re
import shutil
import subprocess

LOOK_TIMEOUT_SECONDS = 5.0


def source_of_this_process() -> str | None:
    """The name of the source that this process records from; None where no server tells."""
    if not shutil.which("pactl"):
        return None
    rows = _pactl("list", "source-outputs")
    mine = f'application.process.id = "{os.getpid()}"'
    number = next(
        (m[1] for row in rows.split("Source Output #") if mine in row
         if (m := re.search(r"^\s*Source: (\d+)$", row, re.MULTILINE))), None
    )  # fmt: skip
    if number is None:
        return None
    for row in _pactl("list", "short", "sources").splitlines():
        fields = row.split("\t")
        if fields[0] == number and len(fields) > 1:
            return fields[1]
    return None


def is_own_echo(source: str | None) -> bool:
    """Whether a source is the sound of a loudspeaker, not of a room."""
    return source is not None and source.endswith(".monitor")


def _pactl(*arguments: str) -> str:
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["pactl", *arguments],
            env=environment, capture_output=True, text=True, timeout=LOOK_TIMEOUT_SECONDS,
            check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout
