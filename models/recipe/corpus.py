"""Recordings with their texts and speakers, from manifests."""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr

from voice_skill.errors import UsageError

RATE_HZ = 16000
LONGEST_SECONDS = 16.0
MOST_OF_ONE_TEXT = 800
"""Clips of one text that are kept: three words are 40 % of the single words of the recordings."""


@dataclass(frozen=True)
class Recording:
    """One piece of speech. text: lower-case words; kind: the set it comes from."""

    path: Path
    kind: str
    speaker: str
    text: str


def read_manifest(path: Path, split: str) -> list[Recording]:
    """A table with a head: path, split, set, speaker, text; paths beside the table.

    Raises UsageError for a table that is empty, lacks a column, or names missing files.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        table = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = {"path", "split", "set", "speaker", "text"} - set(table.fieldnames or ())
        if missing:
            raise UsageError(f"{path}: no column {', '.join(sorted(missing))}")
        rows = [row for row in table if row["split"] == split]
    found = [
        Recording(path.parent / row["path"], row["set"], row["speaker"], row["text"].lower())
        for row in rows
    ]
    if not found:
        raise UsageError(f"{path}: nothing with split {split!r}; see the head of the file")
    absent = next((item.path for item in found if not item.path.is_file()), None)
    if absent is not None:
        raise UsageError(f"{path}: {absent} is listed but not there")
    return found


def read_synthetic(folder: Path) -> list[Recording]:
    """Speech made by `synthesise`: a table (path, voice, text) for each engine."""
    return [
        Recording(folder / name, "synthetic", f"{table.stem}:{voice}", text)
        for table in sorted(folder.glob("*.tsv"))
        for name, voice, text in (
            line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()
        )
        if (folder / name).is_file()
    ]


def capped(recordings: list[Recording]) -> list[Recording]:
    """Not too many of any one text, evenly over its list."""
    totals = Counter(item.text for item in recordings)
    seen: Counter[str] = Counter()
    kept = []
    for item in recordings:
        seen[item.text] += 1
        share = min(1.0, MOST_OF_ONE_TEXT / totals[item.text])
        if int(seen[item.text] * share) > int((seen[item.text] - 1) * share):
            kept.append(item)
    return kept


def read_samples(path: Path) -> np.ndarray:
    """Mono float32 at 16 kHz. Raises UsageError for a file that is no sound."""
    try:
        sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, OSError) as error:
        raise UsageError(f"{path}: not a readable sound file ({error})") from error
    mono = sound.mean(axis=1)
    return np.asarray(mono if rate == RATE_HZ else soxr.resample(mono, rate, RATE_HZ), np.float32)
