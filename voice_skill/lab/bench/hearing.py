"""Runs every system over every task and condition, each system in a process of its own."""

import multiprocessing
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from voice_skill.audio.sound import RATE_HZ, read_pcm
from voice_skill.lab.bench.footprint import Footprint, footprint
from voice_skill.lab.bench.promptness import Promptness, promptness
from voice_skill.lab.bench.red_flag import RedFlag, measure_red_flags
from voice_skill.lab.bench.systems import PocketSphinx, Vosk, load
from voice_skill.lab.bench.tasks import ANSWERING, STRANGERS, Task
from voice_skill.lab.conditions import conditions, from_pcm, to_pcm

DRAWS = 1000


@dataclass(frozen=True)
class Row:
    """One system on one task in one condition.

    low, high: 95 % confidence interval of the share right, drawn by speaker. accepted: strangers
    taken for an answer. yes_as_no: the one thing that must not happen. speed: processor seconds a
    second of sound.
    """

    system: str
    task: str
    condition: str
    samples: int
    right: int
    low: float
    high: float
    accepted: int
    yes_as_no: int
    speed: float
    confused: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Figures:
    """All that is measured of one system. Only Vosk models have the last three."""

    system: str
    rows: tuple[Row, ...]
    red_flags: tuple[RedFlag, ...] = ()
    footprint: Footprint | None = None
    promptness: Promptness | None = None


def measure(
    systems: Sequence[tuple[str, Path | None]],
    tasks: list[Task],
    dialog: Path,
    noises: Path | None,
    seed: int,
) -> list[Figures]:
    """All systems on the same sounds. Raises what a system raises when it cannot be loaded."""
    context = multiprocessing.get_context("spawn")
    found = []
    for name, folder in systems:
        with context.Pool(1) as pool:
            found.append(pool.apply(_measure_one, (name, folder, tasks, dialog, noises, seed)))
    return found


def _measure_one(
    name: str,
    folder: Path | None,
    tasks: list[Task],
    dialog: Path,
    noises: Path | None,
    seed: int,
) -> Figures:
    rows = _rows(name, load(name, folder), tasks, noises, seed)
    if folder is None:
        return Figures(name, rows)
    answers = next(task for task in tasks if task.name == ANSWERING)
    sounds = [(read_pcm(sample.path), sample.text) for sample in answers.samples]
    plain = [s for task in tasks for s in task.samples if task.name in (ANSWERING, STRANGERS)]
    return Figures(
        name,
        rows,
        tuple(measure_red_flags(name, folder, dialog, plain, noises, seed)),
        footprint(folder, answers.phrases, b"".join(pcm for pcm, _ in sounds[:3])),
        promptness(sounds, Vosk(folder).partials(answers.phrases)),
    )


def _rows(
    name: str, system: Vosk | PocketSphinx, tasks: list[Task], noises: Path | None, seed: int
) -> tuple[Row, ...]:
    ways = conditions(noises)
    total = sum(len(task.samples) for task in tasks) * len(ways)
    rows = []
    with tqdm(total=total, desc=name, file=sys.stderr) as bar:
        for condition, alter in ways.items():
            for task in tasks:
                hear = system.listener(task.phrases, task.unknown)
                outcomes, busy, seconds = [], 0.0, 0.0
                for sample in task.samples:
                    rng = random.Random(f"{seed} {sample.path.name}")
                    pcm = to_pcm(alter(from_pcm(read_pcm(sample.path)), rng))
                    begun = time.process_time()
                    outcomes.append((sample.speaker, sample.text, hear(pcm)))
                    busy += time.process_time() - begun
                    seconds += len(pcm) / 2 / RATE_HZ + 1.0
                    bar.update()
                rows.append(_row(name, task, condition, outcomes, busy / max(seconds, 1e-9), seed))
    return tuple(rows)


def _row(
    name: str,
    task: Task,
    condition: str,
    outcomes: list[tuple[str, str, str]],
    speed: float,
    seed: int,
) -> Row:
    def fine(said: str, heard: str) -> bool:
        return heard not in task.phrases if task.name == STRANGERS else heard == said

    right = [(speaker, fine(said, heard)) for speaker, said, heard in outcomes]
    low, high = interval(right, seed)
    wrong = Counter((said, heard) for _, said, heard in outcomes if not fine(said, heard))
    return Row(
        name,
        task.name,
        condition,
        len(outcomes),
        sum(ok for _, ok in right),
        low,
        high,
        sum(not ok for _, ok in right) if task.name == STRANGERS else 0,
        sum(said == "yes" and heard == "no" for _, said, heard in outcomes),
        speed,
        tuple((said, heard, count) for (said, heard), count in wrong.most_common(8)),
    )


def interval(right: list[tuple[str, bool]], seed: int) -> tuple[float, float]:
    """The share right, 95 %, by drawing whole speakers with replacement: their errors cluster."""
    by_speaker: dict[str, list[bool]] = {}
    for speaker, ok in right:
        by_speaker.setdefault(speaker, []).append(ok)
    groups = list(by_speaker.values())
    rng = random.Random(seed)
    shares = []
    for _ in range(DRAWS if groups else 0):
        drawn = [ok for group in rng.choices(groups, k=len(groups)) for ok in group]
        shares.append(sum(drawn) / len(drawn))
    shares.sort()
    return (shares[int(0.025 * DRAWS)], shares[int(0.975 * DRAWS)]) if shares else (0.0, 0.0)
