"""Files that are kept, cut at every byte or damaged: the next check is held all the same."""

import random
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

from scripts.attacking.mutating import mutated
from scripts.attacking.people import fresh_home, meet
from scripts.attacking.process import Outcome, run, voice_skill
from scripts.attacking.talk import PROMPT, Talk, converse
from scripts.attacking.tally import Tally

CUT, DAMAGED = "kept files cut", "kept files damaged"
_LOOKS = (
    ("sessions", "list"), ("sessions", "list", "--json"), ("sessions", "show", "last"),
    ("diary",), ("diary", "--json"), ("profile", "show"), ("settings", "show"),
    ("settings", "set", "volume", "0.8"), ("run", "--text", "--fresh"),
)  # fmt: skip
"""Commands that read what is kept, beside the check itself."""


def damage_kept_files(tally: Tally, count: int, rng: random.Random) -> None:
    """So many trials in all: half cuts, spread over every file, half other damage."""
    with fresh_home() as full:
        homes = [_checked(full / "check"), _warming_up(full / "warm-up")]
        places = [(home, path) for home in homes for path in _files(home)]
        cuts = [(home, path, size) for home, path in places for size in _sizes(path)]
        rng.shuffle(cuts)
        for home, path, size in cuts[: count // 2]:
            if tally.over:
                return
            data = path.read_bytes()[:size]
            tally.note(CUT, _after(home, path, data, rng), f"{path.relative_to(full)} at {size}")
        for _ in range(count - count // 2):
            if tally.over:
                return
            home, path = rng.choice(places)
            data, how = mutated(path.read_bytes(), rng)
            what = f"{path.relative_to(full)} {how} {data[:80]!r}"
            tally.note(DAMAGED, _after(home, path, data, rng), what)


def _checked(home: Path) -> Path:
    """Settings, a finished check with its diary and profile, and one that was cut off."""
    home.mkdir()
    run(voice_skill("settings", "set", "emergency_number", "112"), home)
    who = meet("pregnant-runner")
    talk = Talk(home)
    converse(talk, who.person)
    talk.end()
    run(voice_skill("diary", "--morning", "no"), home)
    _cut_off(home, "strain", 6)
    return home


def _cut_off(home: Path, name: str, answers: int) -> None:
    who = meet(name)
    talk = Talk(home)
    converse(talk, who.person, answers)
    talk.signal(signal.SIGKILL)
    talk.end()


def _warming_up(home: Path) -> Path:
    """A check, and its warm-up that was cut off."""
    home.mkdir()
    who = meet("well-runner")
    talk = Talk(home, terminal=True)
    converse(talk, who.person, len(who.questions), seconds=2.0)
    talk.signal(signal.SIGKILL)
    talk.end()
    return home


def _files(home: Path) -> Iterator[Path]:
    for path in sorted(home.rglob("*")):
        if path.is_file() and path.stat().st_size and "log" not in path.parent.name:
            yield path


def _sizes(path: Path) -> range:
    return range(path.stat().st_size)


def _after(home: Path, path: Path, data: bytes, rng: random.Random) -> str | None:
    """What goes wrong where a file holds this instead."""
    with fresh_home() as copy:
        shutil.copytree(home, copy, dirs_exist_ok=True)
        (copy / path.relative_to(home)).write_bytes(data)
        look = run(voice_skill(*rng.choice(_LOOKS)), copy)
        return look.fault or _not_held(run(voice_skill("run", "--text"), copy))


def _not_held(ended: Outcome) -> str | None:
    """A check that asks nothing is a fault, unless a warm-up goes on, which needs a terminal."""
    if ended.fault is None and ended.code and PROMPT not in ended.out:
        return f"no check is held: {' '.join(ended.err.split())[:160]}"
    return ended.fault
