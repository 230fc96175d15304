"""Answers to the dialog's questions by synthetic voices that no model of the recipe has heard."""

import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.recipe.corpus import read_samples
from models.recipe.synthesise import Clip, synthesise
from voice_skill.dialog.dialog import Dialog
from voice_skill.simulating.job import Job, answer_jobs, answerable
from voice_skill.simulating.manners import sounding

PLAIN = ("flite rms", "espeak en-gb-scotland")
NEURAL = ("kokoro bf_emma", "kokoro am_michael", "kokoro af_bella", "kokoro bm_george")


@dataclass(frozen=True)
class Spoken:
    """An answer and how it sounds. pcm: 16-bit mono at 16 kHz, silence around it."""

    job: Job
    pcm: bytes


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


def _clip(job: Job) -> Clip:
    engine, voice = job.voice.split()
    return Clip.from_words(engine, voice, job.speed, job.said)
