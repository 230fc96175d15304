"""The page of a simulation: tables, and the sound of every failure. Needs nothing else."""

import base64
import io
from dataclasses import dataclass
from typing import Any

import numpy as np
import soundfile

from voice_skill.audio.sound import RATE_HZ
from voice_skill.lab.hear import sound_of
from voice_skill.lab.meaning import ASKED_AGAIN, DOUBT
from voice_skill.lab.simulation.matrix import Pair, right, shown
from voice_skill.lab.simulation.outcome import Simulation, lines
from voice_skill.pages.render import render

CLIPS = 150
"""At most so many sounds, the gravest first: each is about 100 kB."""


@dataclass(frozen=True)
class Failure:
    """One row. name: what the sound is called aloud. wav: the sound in base64."""

    cells: tuple[str, ...]
    name: str
    wav: str


@dataclass(frozen=True)
class Confusion:
    """How often each answer was understood as what."""

    field: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


FAILURE_HEADS = ("What", "Question", "Said", "Heard", "Taken for", "Voice, place", "Sound")
ADVICE_HEADS = ("Question", "Phrase", "Why")
TALK_HEADS = ("Question", "Said", "Heard")


def page(found: Simulation, data: dict[str, Any]) -> str:
    """The whole page. Sounds are made again, the same as they were heard."""
    rows = failures(found)
    return render(
        "simulation.html",
        title="Virtual patients",
        seed=found.seed,
        told=list(lines(data)),
        failed=len(rows),
        heads=FAILURE_HEADS,
        failures=[_failure(what, pair) for what, pair in rows[:CLIPS]],
        confusions=[confusion(name, row["confusion"]) for name, row in data["fields"].items()],
        advice_heads=ADVICE_HEADS,
        advice=[(row["field"], row["phrase"], row["why"]) for row in data["advice"]],
        talk_heads=TALK_HEADS,
        talks=[(talk, ended) for talk, ended in found.talks if ended.compared != "same"],
    )


def failures(found: Simulation) -> list[tuple[str, Pair]]:
    """Everything that went wrong, the gravest first."""
    wrong = [pair for pair in found.matrix.pairs if not right(pair)]
    eased = [*found.matrix.yes_as_no, *found.matrix.doubt_as_no]
    others = [pair for pair in wrong if pair not in eased]
    silent = [pair for pair in others if pair[1].label in (ASKED_AGAIN, DOUBT)]
    taken = [pair for pair in others if pair not in silent]
    groups = {
        "yes heard as no": found.matrix.yes_as_no,
        "emergency missed": found.emergencies("missed"),
        "emergency taken for something else": found.emergencies("otherwise"),
        "stranger accepted": found.accepted,
        "doubt heard as no": found.matrix.doubt_as_no,
        "another answer": taken,
        "emergency asked again": found.emergencies("asked_again"),
        "asked again": silent,
    }
    return [(what, pair) for what, pairs in groups.items() for pair in pairs]


def _failure(what: str, pair: Pair) -> Failure:
    job, heard = pair
    said = f"{job.voice}, {job.speed} times the pace, {job.condition}"
    return Failure(
        (what, job.field, job.said, heard.text, f"{job.meant} as {shown(heard)}", said),
        f"{job.said}, {job.voice}, {job.condition}",
        base64.b64encode(_wav(sound_of(job))).decode(),
    )


def _wav(pcm: bytes) -> bytes:
    target = io.BytesIO()
    soundfile.write(target, np.frombuffer(pcm, "<i2"), RATE_HZ, format="WAV")
    return target.getvalue()


def confusion(field: str, cells: dict[str, dict[str, int]]) -> Confusion:
    """What was said of a question, against what was understood."""
    heards = sorted({heard for row in cells.values() for heard in row})
    rows = tuple(
        (meant, *(str(row.get(heard, "")) for heard in heards))
        for meant, row in sorted(cells.items())
    )
    return Confusion(field, ("Said", *heards), rows)
