"""A full disk, few open files, no folder to write to: the check is held to its end all the same."""

import os
import random
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path

from scripts.attacking.people import NAMES, Known, fresh_home, meet
from scripts.attacking.process import Before
from scripts.attacking.talk import Talk, converse
from scripts.attacking.tally import Tally

LIMITED, NO_FOLDER, FULL = "file size limits", "no data folder", "full disk"
MAX_FILE_BYTES = 20_000
TMPFS_KB = (4, 8, 16, 32, 64)


def starve(tally: Tally, count: int, rng: random.Random) -> None:
    """Each way in turn."""
    known = [meet(name) for name in NAMES]
    ways: list[Callable[[Tally, Known, random.Random], None]] = [_file_size, _no_folder]
    if _may_mount():
        ways.append(_full_disk)
    else:
        tally.skip(FULL, "a tmpfs cannot be mounted here; it needs root")
    for number in range(count):
        if tally.over:
            return
        ways[number % len(ways)](tally, rng.choice(known), rng)


def _held(home: Path, who: Known, before: Before | None) -> str | None:
    """Whether the same result is told as where nothing is short."""
    talk = Talk(home, before)
    converse(talk, who.person)
    ended = talk.end()
    if ended.fault:
        return ended.fault
    if f"[{who.care}]" not in ended.out:
        return f"{who.care} is not told: {' '.join(ended.err.split())[:160]}"
    return None if ended.code else "the exit code says that all is kept"


def _file_size(tally: Tally, who: Known, rng: random.Random) -> None:
    most = rng.choice((0, 1, rng.randrange(MAX_FILE_BYTES // 10)))

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    with fresh_home() as home:
        tally.note(LIMITED, _held(home, who, limit), f"{who.name}, {most} bytes")


def _no_folder(tally: Tally, who: Known, rng: random.Random) -> None:
    with fresh_home() as home:
        where = rng.choice(("/dev/null/x", "/proc/x", str(home / "file")))
        (home / "file").write_text("in the way")

        def move() -> None:
            os.environ["XDG_DATA_HOME"] = where

        tally.note(NO_FOLDER, _held(home, who, move), f"{who.name}, {where}")


def _full_disk(tally: Tally, who: Known, rng: random.Random) -> None:
    size = rng.choice(TMPFS_KB)
    with fresh_home() as home:
        (home / "data").mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(home / "data")]
        subprocess.run(mount, check=True)
        try:
            (home / "data" / "filler").write_bytes(bytes(rng.randrange(size * 1024 - 4096 + 1)))
            fault = _held(home, who, None)
        finally:
            subprocess.run(["umount", str(home / "data")], check=True)
        # a little may have had room: then all was kept, which is right
        small = fault == "the exit code says that all is kept"
        tally.note(FULL, None if small else fault, f"{who.name}, {size} kB")


def _may_mount() -> bool:
    with fresh_home() as home:
        mount = ["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", str(home)]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            return False
        subprocess.run(["umount", str(home)], check=True)
        return True
