"""Long use: conversations one after the other, and noise into the ears, without growth."""

import random
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from scripts.attacking.people import NAMES, fresh_home
from scripts.attacking.process import run
from scripts.attacking.tally import Tally

TALKS, NOISE = "conversations in a row", "seconds of noise"
MAX_GROWTH_KB = 20_000
SETTLED = 0.3
"""After this share of them everything is loaded: only what grows from then on is growth."""
SECONDS_EACH = 4.0
PIECE_SECONDS = 10


def converse_on(tally: Tally, count: int, rng: random.Random) -> None:
    """So many typed conversations in one process."""

    def talk(number: int) -> str | None:
        from voice_skill.cli import main

        code = main(["run", "--text", "--persona", rng.choice(NAMES)])
        return f"exit code {code}" if code else None

    _repeat(tally, TALKS, talk, count, 1)


def make_noise(tally: Tally, seconds: int, rng: random.Random) -> None:
    """So much noise into the ears of a safety question: none of it may be a sure no."""
    pieces = max(1, seconds // PIECE_SECONDS)
    _repeat(tally, NOISE, _Listener(rng).hears, pieces, PIECE_SECONDS)


class _Listener:
    """Hears noise as the answer to a question; made in the process that hears."""

    def __init__(self, rng: random.Random) -> None:
        self.seed = rng.randrange(10**6)
        self.hear: Callable[[Path], str | None] | None = None

    def hears(self, number: int) -> str | None:
        """One piece. What is wrong with what it was taken for."""
        import numpy as np
        import soundfile

        self.hear = self.hear or _ears()
        generator = np.random.default_rng(self.seed + number)
        noise = generator.normal(0, 1, 16000 * PIECE_SECONDS)
        if number % 3 == 1:  # a rumble
            noise = np.convolve(noise, np.ones(40) / 6, "same")
        elif number % 3 == 2:  # knocks
            noise *= generator.random(len(noise)) < 0.0005
        loud = 10 ** generator.uniform(-3, -0.5)
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            soundfile.write(file.name, np.clip(loud * noise, -1, 1), 16000)
            return self.hear(Path(file.name))


def _ears() -> Callable[[Path], str | None]:
    from voice_skill.cli.hear import hear_field
    from voice_skill.content import Content

    content = Content.load()

    def hear(path: Path) -> str | None:
        (row,) = hear_field(content, "saddle", [path], None)
        sure_no = row["value"] == "no" and row["certain"]
        return f"noise is a sure no: {row['text']}" if sure_no else None

    return hear


def _repeat(
    tally: Tally, kind: str, once: Callable[[int], str | None], count: int, worth: int
) -> None:
    """Do something so often in one process, and look at what it takes of memory."""

    def work() -> int:
        settled = 0
        for number in range(count):
            fault = once(number)
            if fault:
                print(f"FAULT {fault}", file=sys.stderr)
            if number <= count * SETTLED:
                settled = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - settled
        if grown > MAX_GROWTH_KB and count > 1:
            print(f"FAULT grown by {grown // 1000} MB", file=sys.stderr)
        return 0

    with fresh_home() as home:
        ended = run(work, home, seconds=60 + SECONDS_EACH * count)
    lines = [line for line in ended.err.splitlines() if line.startswith("FAULT ")]
    bad = ended.hung or ended.code or "Traceback" in ended.err
    fault = lines[0] if lines else f"ended by {ended.code}: {ended.err[-200:]}" if bad else None
    tally.note(kind, fault, f"{count} times", count * worth)
