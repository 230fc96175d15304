"""What is measured: recordings, what may be said, and what a right answer is."""

import csv
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from voice_skill.errors import UsageError
from voice_skill.files import text_lines

Part = Literal["development", "test"]
THIRTY_WORDS = (
    "bed", "bird", "cat", "dog", "down", "eight", "five", "four", "go", "happy", "house", "left",
    "marvin", "nine", "no", "off", "on", "one", "right", "seven", "sheila", "six", "stop", "three",
    "tree", "two", "up", "wow", "yes", "zero",
)  # fmt: skip
"""The closed grammar of the thirty words of Speech Commands, version 1."""
ANSWERS = ("yes", "no", "stop", "not sure", "both legs", "just my back", "repeat that")
ANSWERING, STRANGERS = "answers", "strangers"


@dataclass(frozen=True)
class Sample:
    """A recording. text: what is said, empty for a stranger's talk."""

    path: Path
    speaker: str
    text: str


@dataclass(frozen=True)
class Task:
    """Samples heard with one grammar. unknown: whether `[unk]` is in it."""

    name: str
    phrases: tuple[str, ...]
    unknown: bool
    samples: tuple[Sample, ...]


def read_tasks(manifest: Path, speakers: Path, part: Part, limit: int, seed: int) -> list[Task]:
    """The tasks on one part of the people. limit: samples of each task at most.

    Raises UsageError where a table cannot be read or holds nothing for this part.
    """
    parts = _parts(speakers)
    table = csv.DictReader(text_lines(manifest), delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = {"path", "split", "set", "speaker", "text"} - {*(table.fieldnames or ())}
    if missing:
        raise UsageError(f"{manifest}: no column {', '.join(sorted(missing))}")
    rows = [row for row in table if row["split"] == "dev"]
    found: dict[str, list[Sample]] = {}
    for row in rows:
        who = row["speaker"] or Path(row["path"]).stem
        if parts.get((row["set"], who)) == part:
            sample = Sample(manifest.parent / row["path"], who, row["text"].lower())
            found.setdefault(row["set"], []).append(sample)
    words = [s for s in found.get("speech_commands", []) if s.text in THIRTY_WORDS]
    answers = [s for s in words if s.text in ANSWERS]
    talk = [Sample(s.path, s.speaker, "") for s in found.get("out_of_grammar", [])]
    talk += [Sample(s.path, s.speaker, "") for s in found.get("speechocean762", [])]
    if not words:
        raise UsageError(f"{manifest}: no recordings of the {part} people in {speakers}")
    return [
        Task("thirty words", THIRTY_WORDS, False, _some(words, limit, seed)),
        Task(ANSWERING, ANSWERS, True, _some(answers, limit, seed)),
        Task(STRANGERS, ANSWERS, True, _some(talk, limit, seed)),
    ]


def _some(samples: list[Sample], limit: int, seed: int) -> tuple[Sample, ...]:
    order = sorted(samples, key=lambda sample: sample.path)
    random.Random(seed).shuffle(order)
    return tuple(order[:limit])


def _parts(path: Path) -> dict[tuple[str, str], str]:
    try:
        rows = [line.split("\t") for line in text_lines(path) if line and not line.startswith("#")]
        return {(kind, speaker): part for kind, speaker, part in rows[1:]}
    except ValueError as error:
        raise UsageError(f"{path}: not a table of speakers ({error})") from None
