"""Answers to the dialog's questions by synthetic voices that no model of the recipe has heard."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.recipe import voices
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


def kept_out(dialog: Dialog, kokoro: Path | None, limit: int, seed: int) -> list[Spoken]:
    """At most `limit` answers of every kind, clean, in a room, in noise."""
    names = (*PLAIN, *NEURAL) if kokoro is not None else PLAIN
    speak: dict[str, Callable[[str, str, float], np.ndarray]] = {
        "flite": voices.flite,
        "espeak": voices.espeak,
    }
    if kokoro is not None:
        speak["kokoro"] = voices.Kokoro(kokoro).speak
    jobs = answer_jobs(dialog, answerable(dialog), names, 1, seed)
    random.Random(seed).shuffle(jobs)
    found = []
    for job in jobs[:limit]:
        engine, voice = job.voice.split()
        samples = speak[engine](job.said, voice, job.speed)
        loud = samples / max(float(np.abs(samples).max()), 1e-4) * 0.5
        found.append(Spoken(job, sounding(loud.astype(np.float64), job.condition, job.rng)))
    return found
