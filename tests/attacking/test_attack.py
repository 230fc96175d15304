"""`scripts/attack`: that it sees a fault, and a small part of each kind of what it tries.

It forks, so each part runs in a process of its own, which has no threads.
"""

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from scripts.attacking.mutating import mutated
from scripts.attacking.tally import Tally

pytestmark = pytest.mark.timeout(600)
FRAME = """
import json, os, random, sys, time
from scripts.attacking import __main__, clocks, growth, inputs, kept_files, kills, process, starving
from scripts.attacking.people import fresh_home, meet
from scripts.attacking.tally import Tally
if {load}:
    __main__.load()
found = {{}}
for name, work in {works}.items():
    tally = Tally(time.monotonic() + 140)
    exec(work, {{**globals(), "tally": tally, "rng": random.Random(5)}})
    found[name] = [tally.tried, {{kind: told for kind, told in tally.faults.items() if told}}]
print(json.dumps(found))
"""
Found = tuple[dict[str, int], dict[str, list[str]]]
"""What was tried and which faults were found, by kind."""


def frame(works: dict[str, str], load: bool) -> dict[str, Found]:
    """Lines that use `tally` and `rng`, in one process. load: all that the program imports."""
    done = subprocess.run(
        [sys.executable, "-c", FRAME.format(works=works, load=load)],
        capture_output=True, text=True, check=True, timeout=590,
    )  # fmt: skip
    return {name: (tried, faults) for name, (tried, faults) in json.loads(done.stdout).items()}


def attacked(work: str) -> Found:
    """Of some lines that start no command of the program."""
    return frame({"it": work}, load=False)["it"]


PARTS = {
    "inputs": "inputs.attack_inputs(tally, 40, rng)",
    "signals": "kills.send_signals(tally, 2, rng)",
    "kills": "kills.kill_sessions(tally, 4, rng)",
    "warm-ups": "kills.kill_warm_ups(tally, 1, rng)",
    "kept files": "kept_files.damage_kept_files(tally, 8, rng)",
    "starving": "starving.starve(tally, 3, rng)",
    "two at once": "clocks.hold_two(tally, 1, rng)",
    "long use": "growth.converse_on(tally, 5, rng); growth.make_noise(tally, 20, rng)",
}


@pytest.fixture(scope="module")
def parts() -> dict[str, Found]:
    """A small part of each kind. Together they load the program once, and meet each person once."""
    return frame(PARTS, load=True)


def test_faults_are_seen_and_what_is_none_is_not() -> None:
    _, faults = attacked(
        "works = {\n"
        "    'well': lambda: 0, 'refused': lambda: 3, 'odd code': lambda: 5,\n"
        "    'raises': lambda: {}['saddle'], 'dies': lambda: os.kill(os.getpid(), 11),\n"
        "    'unexpected': lambda: print('an unexpected failure') or 3,\n"
        "    'hangs': lambda: time.sleep(60),\n"
        "    'slow': lambda: sum(range(10**9)),\n"
        "}\n"
        "process.HANG_SECONDS, process.MAX_CPU_SECONDS = 1.0, 0.3\n"
        "with fresh_home() as home:\n"
        "    for name, work in works.items():\n"
        "        tally.note(name, process.run(work, home).fault)\n"
    )
    starts = {name: found[0] for name, found in faults.items()}
    assert "slow" in starts
    assert starts.pop("slow")[:4] in ("took", "does")
    assert {name: text.split()[0] for name, text in starts.items()} == {
        "odd code": "exit", "raises": "Traceback:", "dies": "ended", "hangs": "does",
        "unexpected": "unexpected",
    }  # fmt: skip


def test_a_process_is_killed_at_its_nth_step() -> None:
    tried, _ = attacked(
        "from scripts.attacking.steps import killed_at\n"
        "def work():\n"
        "    for n in range(9):\n"
        "        open(os.environ['XDG_DATA_HOME'] + str(n), 'w').close()\n"
        "    return 0\n"
        "with fresh_home() as home:\n"
        "    ended = process.run(work, home, before=killed_at(4))\n"
        "    tally.note('files', None, count=len(list(home.iterdir())))\n"
        "    tally.note('signal', None, count=ended.ended_by or 0)\n"
    )
    assert tried == {"files": 3, "signal": 9}


def test_the_same_seed_damages_in_the_same_way() -> None:
    data = b"one two\nthree four\n"
    assert [mutated(data, random.Random(n)) for n in range(300)] == [
        mutated(data, random.Random(n)) for n in range(300)
    ]
    assert mutated(b"", random.Random(1)) is not None


def test_the_table_names_what_was_tried_and_found() -> None:
    tally = Tally(time.monotonic() - 1)
    tally.note("kills", None)
    tally.note("kills", "lost", "strain, step 3")
    tally.skip("clocks", "libfaketime is not installed")
    assert tally.over
    assert tally.found == 1
    assert tally.lines() == [
        "kind      tried   faults",
        "kills         2        1",
        "clocks  skipped: libfaketime is not installed",
        "",
        "kills:",
        "  lost  <- strain, step 3",
    ]


def test_damaged_input_of_every_kind_is_told_in_time(parts: dict[str, Found]) -> None:
    tried, faults = parts["inputs"]
    assert faults == {}
    assert len(tried) == 7


def test_signals_end_a_session_without_a_traceback(parts: dict[str, Found]) -> None:
    assert parts["signals"] == ({"signals": 2}, {})


def test_a_killed_session_loses_no_answer_and_no_result(parts: dict[str, Found]) -> None:
    assert parts["kills"] == ({"killed sessions": 4}, {})


def test_a_killed_warm_up_leaves_its_check(parts: dict[str, Found]) -> None:
    assert parts["warm-ups"] == ({"killed warm-ups": 1}, {})


def test_damaged_files_hold_no_check_up(parts: dict[str, Found]) -> None:
    assert parts["kept files"] == ({"kept files cut": 4, "kept files damaged": 4}, {})


def test_a_check_is_held_to_its_end_where_nothing_can_be_kept(parts: dict[str, Found]) -> None:
    tried, faults = parts["starving"]
    assert sum(tried.values()) == 3
    assert faults == {}


def test_two_at_once_each_have_their_result(parts: dict[str, Found]) -> None:
    assert parts["two at once"] == ({"two at once": 1}, {})


def test_long_use_takes_no_more_memory_and_noise_is_no_answer(parts: dict[str, Found]) -> None:
    assert parts["long use"] == ({"conversations in a row": 5, "seconds of noise": 20}, {})


def test_growth_is_seen() -> None:
    faults = attacked(
        "kept = []\ngrowth._repeat(tally, 'it', lambda n: kept.append(b'x' * 10**7), 9, 1)"
    )[1]
    assert "grown by" in faults["it"][0]


def test_the_whole_of_it_prints_a_table_and_tells_by_its_exit_code(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scripts.attacking", "--kills", "1", "--inputs", "10"]
    done: Any = subprocess.run(
        [*command, "--seconds", "0", "--seed", "3"],
        capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip
    assert done.returncode == 0
    assert "seed 3" in done.stdout
    assert "tried" in done.stdout
