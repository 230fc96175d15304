"""Clocks that stand, jump or are decades off (libfaketime), and sessions at the same time."""

import os
import random
import subprocess
import sys
from pathlib import Path

from scripts.attacking.people import NAMES, Known, fresh_home, meet, results
from scripts.attacking.process import patience, run, voice_skill
from scripts.attacking.talk import Talk, question
from scripts.attacking.tally import Tally

CLOCKS, TOGETHER = "clocks", "two at once"
TIMES = (
    "@1970-01-01 00:00:00", "@1999-12-31 23:59:59", "@2030-01-01 12:00:00", "@2037-12-31 00:00:00",
    "@9999-12-31 23:59:00", "-400d", "+400d", "@2026-10-25 00:59:59", "@2027-03-28 00:59:59",
)  # fmt: skip
_LIBRARIES = ("/usr/lib/*/faketime/libfaketime.so.1", "/usr/local/lib/faketime/libfaketime.so.1")


def change_clocks(tally: Tally, count: int, rng: random.Random) -> None:
    """A session at a wrong time between two at the right one: nothing ends, nothing is hidden."""
    library = next((p for g in _LIBRARIES for p in Path("/").glob(g.lstrip("/"))), None)
    if library is None:
        tally.skip(CLOCKS, "libfaketime is not installed")
        return
    for _ in range(count):
        if tally.over:
            return
        at = rng.choice(TIMES)
        with fresh_home() as home:
            faults = [_at(home, library, at, rng.choice(("no", "yes"))) for _ in range(2)]
            plain = run(voice_skill("run", "--text"), home, b"yes\nyes\n")
            fault = next(filter(None, faults), None) or plain.fault
            if fault is None and not any(care == "EMERGENCY" for care, _ in results(home)):
                fault = "the session of today is hidden or lost"
            tally.note(CLOCKS, fault, at)


def _at(home: Path, library: Path, at: str, said: str) -> str | None:
    """A session that is cut off, or an emergency, at another time."""
    env = os.environ | {f"XDG_{n}_HOME": str(home / n.lower()) for n in ("DATA", "CACHE", "CONFIG")}
    env |= {"LD_PRELOAD": str(library), "FAKETIME": at, "TZ": "Europe/Berlin"}
    done = subprocess.run(
        [sys.executable, "-m", "voice_skill", "run", "--text"], env=env, timeout=patience(60),
        input=f"yes\n{said}\n".encode(), capture_output=True, check=False,
    )  # fmt: skip
    both = (done.stdout + done.stderr).decode("utf-8", "replace")
    if "Traceback" in both or "unexpected failure" in both or done.returncode not in (0, 3):
        return f"exit code {done.returncode}: {' '.join(both.split())[-200:]}"
    return None


def hold_two(tally: Tally, count: int, rng: random.Random) -> None:
    """Two sessions on one data folder, their answers shuffled: each has its own result."""
    known = [meet(name) for name in NAMES]
    for _ in range(count):
        if tally.over:
            return
        pair = rng.sample(known, 2)
        with fresh_home() as home:
            fault = _both(home, pair, rng)
            tally.note(TOGETHER, fault, " and ".join(who.name for who in pair))


def _both(home: Path, pair: list[Known], rng: random.Random) -> str | None:
    talks = [Talk(home) for _ in pair]
    shown = [talk.asked() for talk in talks]
    for who, text in zip(pair, shown, strict=True):
        if text is None or question(text) != who.questions[0]:
            return f"the second is not begun by itself: {text!r}"
    while any(text is not None for text in shown):
        one = rng.choice([n for n, text in enumerate(shown) if text is not None])
        talks[one].answer(pair[one].person.says(shown[one] or ""))
        shown[one] = talks[one].asked()
    ended = [talk.end() for talk in talks]
    fault = next((each.fault for each in ended if each.fault), None)
    found = sorted(care for care, _ in results(home))
    wanted = sorted(who.care for who in pair)
    if fault is None and found != wanted:
        fault = f"results are {found}, not {wanted}"
    days = run(voice_skill("diary", "--json"), home)
    kept = [care for care in wanted if f'"{care}"' not in days.out]
    return fault or days.fault or (f"not in the diary: {kept}" if kept else None)
