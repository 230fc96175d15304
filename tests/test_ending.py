"""Every command ends by a signal, at once, at any moment, without a traceback."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from voice_skill.ending import GRACE_SECONDS, STACKS

MOST_SECONDS = GRACE_SECONDS + 1.0
"""The grace, and what a busy machine adds to it."""
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def heed() -> None:
    """Where the tests run in the background, SIGINT is ignored, and a child would ignore it too."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)


def ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def started(
    tmp_path: Path, *command: str, before: Callable[[], None] = heed
) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    return subprocess.Popen(
        [sys.executable, *command], env=environment, preexec_fn=before, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def ended(process: "subprocess.Popen[bytes]", number: int) -> tuple[int, float, str]:
    """Its exit code, how long it took to end, and what it told."""
    began = time.monotonic()
    process.send_signal(number)
    code = process.wait(20)
    took = time.monotonic() - began
    return code, took, process.communicate()[1].decode()


def is_pythons_own_start(process: int) -> bool:
    """Stop it, and tell whether it heeds Ctrl-C as any Python program does, and no other signal."""
    os.kill(process, signal.SIGSTOP)
    status = Path(f"/proc/{process}/status")
    while "State:\tT" not in status.read_text():
        time.sleep(0.001)
    found = re.search(r"SigCgt:\t([0-9a-f]+)", status.read_text())
    assert found
    heeds = {number for number in SIGNALS if int(found[1], 16) >> (number - 1) & 1}
    return heeds == {signal.SIGINT}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc here")
@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("moment", [0.0, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.5])
def test_it_ends_at_any_moment_of_its_start(tmp_path: Path, number: int, moment: float) -> None:
    process = started(tmp_path, "-m", "voice_skill", "run", "--text")
    time.sleep(moment)
    if is_pythons_own_start(process.pid):  # which is not ours to mend
        process.kill()
        process.communicate()
        return
    process.send_signal(number)
    code, took, told = ended(process, signal.SIGCONT)
    assert code in (-number, 128 + number)
    assert took < MOST_SECONDS
    assert "Traceback" not in told, told


@pytest.mark.parametrize("number", SIGNALS)
def test_in_mid_check_it_tells_and_keeps_what_was_said(tmp_path: Path, number: int) -> None:
    process = started(tmp_path, "-m", "voice_skill", "run", "--text")
    assert process.stdout
    assert process.stdin
    process.stdin.write(b"yes\n")
    process.stdin.flush()
    while b"genitals" not in process.stdout.readline():
        pass
    code, took, told = ended(process, number)
    assert code == 128 + number
    assert took < MOST_SECONDS
    assert told.strip() == "voice-skill: stopped; what came so far is kept"
    again = started(tmp_path, "-m", "voice_skill", "run", "--text")
    assert b"cut off last time" in again.communicate(b"yes\n")[0]


def test_what_ignores_interrupts_still_ends_by_sigterm(tmp_path: Path) -> None:
    process = started(tmp_path, "-m", "voice_skill", "run", "--text", before=ignore_interrupts)
    assert process.stdout
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(MOST_SECONDS)
    assert ended(process, signal.SIGTERM)[0] == 128 + signal.SIGTERM


HANGS = """
import threading
from voice_skill import ending
ending.end_tidily()
lock = threading.Lock()
lock.acquire()
try:
    print("hanging", flush=True)
    lock.acquire()
finally:
    lock.acquire()
"""


def test_what_hangs_ends_too_and_tells_where(tmp_path: Path) -> None:
    process = started(tmp_path, "-c", HANGS)
    assert process.stdout
    process.stdout.readline()
    code, took, told = ended(process, signal.SIGTERM)
    stacks = tmp_path / "voice-skill" / STACKS
    assert code == 128 + signal.SIGTERM
    assert took < MOST_SECONDS
    assert str(stacks) in told
    assert 'File "<string>", line 11' in stacks.read_text()
    assert stacks.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("streams", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_error(tmp_path: Path, streams: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m voice_skill profile show {streams}', sys.executable],
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path)}, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_screen_of_eight_bits_shows_what_it_can(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "LC_ALL": "C",
                   "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "voice_skill", "run", "--text"], env=environment,
        input="yes\nno é\nyes\n".encode(), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert b"[EMERGENCY]" in done.stdout


FAR_AHEAD = """
import time
def time_of_far_ahead():
    raise OverflowError("timestamp too large to convert to C _PyTime_t")
time.time = time_of_far_ahead
from voice_skill.__main__ import main
raise SystemExit(main())
"""


def test_a_clock_that_python_cannot_read_is_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FAR_AHEAD], capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    (line,) = done.stderr.splitlines()
    assert "set it" in line
