"""Answers to the dialog's questions, and calls to the coach, by synthetic voices that no model of
the recipe has heard."""

import random
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.recipe.corpus import read_samples
from models.recipe.synthesise import Clip, synthesise
from voice_skill.dialog.dialog import Dialog
from voice_skill.lab.job import Job, answer_jobs, answerable
from voice_skill.lab.manners import sounding

PLAIN = ("flite rms", "espeak en-gb-scotland")
NEURAL = ("kokoro bf_emma", "kokoro am_michael", "kokoro af_bella", "kokoro bm_george")


@dataclass(frozen=True)
class Spoken:
    """An answer and how it sounds. pcm: 16-bit mono at 16 kHz, silence around it."""

    job: Job
    pcm: bytes


@dataclass(frozen=True)
class Call:
    """Something called out in mid-drill. samples: mono at 16 kHz."""

    text: str
    voice: str
    samples: np.ndarray


def kept_out(
    dialog: Dialog, kokoro: Path | None, limit: int, seed: int, work: Path
) -> list[Spoken]:
    """At most `limit` answers of every kind, clean, in a room, in noise.

    The clips are kept in `work/kept-out`, so that they are spoken once.
    """
    names = (*PLAIN, *NEURAL) if kokoro is not None else PLAIN
    jobs = answer_jobs(dialog, answerable(dialog), names, 1, seed)
    random.Random(seed).shuffle(jobs)
    clips = [_clip(job) for job in jobs[:limit]]
    folder = work / "kept-out"
    synthesise(clips, folder, kokoro)
    found = []
    for job, clip in zip(jobs, clips, strict=False):
        samples = read_samples(folder / clip.path).astype(np.float64)
        found.append(Spoken(job, sounding(samples, job.condition, job.rng)))
    return found


def calls(texts: Sequence[str], kokoro: Path | None, work: Path) -> list[Call]:
    """Every text by every voice, clean. Kept as `kept_out` keeps its clips."""
    names = (*PLAIN, *NEURAL) if kokoro is not None else PLAIN
    clips = [
        Clip.from_words(engine, voice, 1.0, text)
        for text in texts
        for engine, voice in (name.split() for name in names)
    ]
    folder = work / "kept-out-calls"
    synthesise(clips, folder, kokoro)
    return [Call(c.text, c.voice, read_samples(folder / c.path).astype(np.float64)) for c in clips]


def add_options(parser: ArgumentParser, limit: int) -> None:
    """What every command needs that listens to these voices."""
    dialogs = Path(__file__).parents[2] / "dialogs" / "en"
    parser.add_argument("--work", type=Path, required=True, help="where clips are kept")
    parser.add_argument("--kokoro", type=Path, metavar="DIR", help="style vectors of Kokoro")
    parser.add_argument("--dialogs", type=Path, default=dialogs)
    parser.add_argument("--limit", type=int, default=limit, help="answers of each task at most")


def _clip(job: Job) -> Clip:
    engine, voice = job.voice.split()
    return Clip.from_words(engine, voice, job.speed, job.said)
