"""Spoken conversations through a virtual sound card, killed: nothing of them runs on."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from scripts.attacking.people import fresh_home
from scripts.attacking.tally import Tally

KIND = "killed demonstrations"
MARK = "VOICE_SKILL_ATTACK"
MAX_SECONDS = 12.0
GRACE_SECONDS = 3.0


def kill_demos(tally: Tally, count: int, rng: random.Random) -> None:
    """TERM or KILL at any moment; whatever it started must end too."""
    if shutil.which("pulseaudio") is None:
        tally.skip(KIND, "PulseAudio is not installed")
        return
    for number in range(count):
        if tally.over:
            return
        how = rng.choice((signal.SIGTERM, signal.SIGKILL))
        after = MAX_SECONDS * rng.random()
        with fresh_home() as home:
            mark = f"{os.getpid()}-{number}"
            left = _left_after(home, mark, how, after)
            fault = f"runs on: {', '.join(left.values())}" if left else None
            for pid in left:
                os.kill(pid, signal.SIGKILL)
            tally.note(KIND, fault, f"{how.name} after {after:.1f} s")


def _left_after(home: Path, mark: str, how: signal.Signals, after: float) -> dict[int, str]:
    names = {f"XDG_{n}_HOME": str(home / n.lower()) for n in ("DATA", "CACHE", "CONFIG")}
    command = [sys.executable, "-m", "voice_skill", "demo", "-o", str(home / "demo")]
    process = subprocess.Popen(
        command, env=os.environ | names | {MARK: mark},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(after)
    process.send_signal(how)
    process.wait(60)
    until = time.monotonic() + GRACE_SECONDS
    while (left := _marked(mark)) and time.monotonic() < until:
        time.sleep(0.1)
    return left


def _marked(mark: str) -> dict[int, str]:
    """The processes that were started by ours, by the mark in their environment."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}={mark}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                found[int(entry.name)] = (entry / "comm").read_text().strip()
        except OSError:
            continue
    return found
