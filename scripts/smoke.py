"""A smoke run on a small machine: `python -m scripts.smoke check`, or `hear FOLDER`.

The one holds a check by text, the other hears yes.wav and no.wav of a folder as answers, with the
dialog and the speech model loaded as in a session. Each tells how long it took and how much memory.
The exit code is 1 where something came out wrong or took too much.
"""

import contextlib
import io
import json
import platform
import resource
import sys
import time
from pathlib import Path
from typing import Any

from voice_skill.cli import main as voice_skill

MAX_MEMORY_MIB = 200


def told(*arguments: str) -> list[Any]:
    """The JSON lines that a command prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = voice_skill(list(arguments))
    if code != 0:
        raise SystemExit(f"{arguments[0]} ended with {code}")
    return [json.loads(line) for line in out.getvalue().splitlines()]


def check() -> tuple[str, bool]:
    """What a whole check came to, and whether that is right."""
    (report,) = told("run", "--text", "--persona", "strain", "--json")
    return f"{report['care']} after {len(report['turns'])} turns", report["care"] == "REST"


def hear(folder: Path) -> tuple[str, bool]:
    """What was heard in the two files, and whether that is right."""
    rows = told("hear", "--field", "saddle", str(folder / "yes.wav"), str(folder / "no.wav"))
    heard = [str(row["value"]) for row in rows]
    return ", ".join(heard), heard == ["yes", "no"]


def main(part: str, *arguments: str) -> int:
    """Run one part and print a line on it."""
    began = time.monotonic()
    found, right = check() if part == "check" else hear(Path(arguments[0]))
    took = time.monotonic() - began
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    print(f"{part}: {found}; {took:.1f} s, {peak_mib} MiB at most ({machine})", flush=True)
    if not right:
        print(f"FAIL {part}: something else was expected", file=sys.stderr)
    if peak_mib > MAX_MEMORY_MIB:
        print(f"FAIL {part}: it took more than {MAX_MEMORY_MIB} MiB", file=sys.stderr)
    return 0 if right and peak_mib <= MAX_MEMORY_MIB else 1


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
