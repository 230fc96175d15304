"""Whole-sentence answers by synthetic voices: the first look alone, and with each second ear.

python scripts/measure_second_look.py [--kokoro DIR] [--whisper DIR] [--work DIR] [--limit N]

The sentences are rows of tests/understanding/rows: ordinary ones of three words and more, by
somebody who knew neither code nor words, red flags inside other answers, and grave answers. The
voices were in no training of the starter model: four of Kokoro's where its style vectors are given,
else one of flite's and one of espeak-ng's.
"""

import argparse
import csv
import hashlib
import random
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile

from models.recipe.voices import Kokoro
from voice_skill.audio.sound import RATE_HZ
from voice_skill.dialog.effects import Listen
from voice_skill.dialog.events import Answered, NoInput, NoMatch
from voice_skill.dialog.fields import reassuring
from voice_skill.hearing.open_vosk import OpenVosk
from voice_skill.hearing.second_ear import Question, SecondEar
from voice_skill.hearing.whisper import Whisper
from voice_skill.lab.hear import Ear
from voice_skill.lab.patient import speak
from voice_skill.listening.judging import judged
from voice_skill.models.folder import find_model
from voice_skill.paths import dialog_folder
from voice_skill.visit.conversation import Conversation

ROWS = Path(__file__).parent.parent / "tests" / "understanding" / "rows"
ORDINARY, GRAVE = 150, 120
KOKORO = ("bf_emma", "am_michael", "af_bella", "bm_george")
OTHERS = ("flite rms", "espeak-ng en-gb-scotland")
LEAD_SECONDS, TAIL_SECONDS = 0.5, 1.5
PEAK, HISS = 0.5, 0.0005
PATIENT_SECONDS = 60.0
"""On a busy machine the limit would decide what is heard; times are told beside it."""


@dataclass(frozen=True)
class Row:
    """What is said in answer to what, and what it is."""

    kind: str
    field: str
    text: str
    wanted: str


@dataclass
class Timed:
    """A second ear, how long it took each time, and how much of the processor."""

    ear: SecondEar
    seconds: list[float] = field(default_factory=list)
    processor_seconds: list[float] = field(default_factory=list)

    def hear(self, pcm: bytes, question: Question) -> tuple[str, float]:
        began, worked = time.perf_counter(), time.process_time()
        heard = self.ear.hear(pcm, question)
        self.seconds.append(time.perf_counter() - began)
        self.processor_seconds.append(time.process_time() - worked)
        return heard


class Deaf:
    """Hears nothing in place of Whisper, which is told of alone."""

    def hear(self, pcm: bytes, question: Question) -> tuple[str, float]:
        return "", 0.0


def rows() -> dict[str, list[Row]]:
    """The same ones each time, by kind: some ordinary and grave ones, all red flags."""
    unseen, answers = _read("unseen.tsv"), _read("answers.tsv")
    rng = random.Random(1)
    whole = [row for row in unseen if row.kind == "ord" and row.text.count(" ") >= 2]
    return {
        "ord": rng.sample(whole, ORDINARY),
        "danger": [row for row in (*unseen, *answers) if row.kind == "danger"],
        "grave": [
            row
            for file in (unseen, answers)
            for row in rng.sample([row for row in file if row.kind == "grave"], GRAVE // 2)
        ],
    }


def _read(name: str) -> list[Row]:
    with (ROWS / name).open(encoding="utf-8") as file:
        read = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Row(row["kind"], row["field"], row["text"], row["expected"].removeprefix("value:"))
            for row in read
        ]


@dataclass
class Voices:
    """Says sentences in turn in one of some voices; each sound is kept from run to run."""

    styles: Path | None
    work: Path

    def __post_init__(self) -> None:
        self.work.mkdir(parents=True, exist_ok=True)
        self._kokoro: Kokoro | None = None

    def sound(self, text: str, turn: int) -> bytes:
        """A sentence in a quiet room, with silence around it."""
        names = OTHERS if self.styles is None else KOKORO
        voice = names[turn % len(names)]
        name = hashlib.sha256(f"{voice} {text}".encode()).hexdigest()[:16]
        path = self.work / f"{name}.wav"
        if not path.exists():
            soundfile.write(path, self._say(text, voice), RATE_HZ)
        spoken, _ = soundfile.read(path, dtype="float64")
        lead, tail = (np.zeros(int(RATE_HZ * seconds)) for seconds in (LEAD_SECONDS, TAIL_SECONDS))
        padded = np.concatenate([lead, spoken / abs(spoken).max() * PEAK, tail])
        hissing = padded + np.random.default_rng(1).normal(0, HISS, len(padded))
        return bytes((hissing * 32767).clip(-32768, 32767).astype("<i2").tobytes())

    def _say(self, text: str, voice: str) -> np.ndarray:
        if self.styles is None:
            return speak(text, voice, 1.0)
        if self._kokoro is None:
            self._kokoro = Kokoro(self.styles)
        return self._kokoro.speak(text, voice, 1.0)


def outcome(ear: Ear, row: Row, event: Answered | NoMatch | NoInput) -> str:
    """What became of an answer, in a few words."""
    if isinstance(event, NoInput):
        return "nothing heard"
    if isinstance(event, NoMatch):
        if event.mentioned:
            return "danger asked about"
        if event.alarm is None:
            return "asked again"
        value, certain = event.alarm, False
    else:
        meaning = event.interpretation
        if meaning.outcome == "danger":
            return "danger asked about"
        if meaning.outcome != "match":
            return "doubt" if meaning.outcome == "unsure" else "asked again"
        value, certain = meaning.value, event.certain
    how = "taken" if certain else "read back"
    if str(value) == row.wanted:
        return f"right, {how}"
    eased = value == reassuring(ear.dialog.fields[row.field])
    return f"reassuring, {how}" if eased else f"another value, {how}"


def main() -> None:
    """Print a table for each ear."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kokoro", type=Path, help="the folder of Kokoro's style vectors")
    parser.add_argument("--whisper", type=Path, help="weights for faster-whisper")
    parser.add_argument("--work", type=Path, default=Path("second-look"), help="kept sounds")
    parser.add_argument("--limit", type=int, default=1000, help="of each kind")
    parser.add_argument("--verbose", action="store_true", help="each sentence")
    told = parser.parse_args()
    ear, voices = (
        Ear.from_folders(dialog_folder(), find_model(None)),
        Voices(told.kokoro, told.work),
    )
    said = [
        (row, voices.sound(row.text, turn))
        for of_kind in rows().values()
        for turn, row in enumerate(of_kind[: told.limit])
    ]
    ears: dict[str, Timed | None] = {"first look alone": None}
    ears["own model"] = Timed(OpenVosk(ear.recogniser))
    if told.whisper is not None:
        ears["whisper"] = Timed(Whisper(told.whisper, Deaf(), PATIENT_SECONDS))
    counts: Counter[tuple[str, str, str]] = Counter()
    for row, pcm in said:
        grammar = ear.grammar(row.field)
        heard = ear.utterance(grammar, pcm)
        conversation = Conversation(ear.dialog, ear.understander, floor=Listen(row.field))
        for name, second in ears.items():
            event = judged(conversation, ear.ears, grammar, heard, second)
            found = outcome(ear, row, event)
            counts[name, row.kind, found] += 1
            if told.verbose:
                text = "" if isinstance(event, NoInput) else event.said
                print(
                    f"{name} | {row.kind} | {row.field} | {row.text} | {text} | {found}", flush=True
                )
    tell(counts, ears)


def tell(counts: Counter[tuple[str, str, str]], ears: dict[str, Timed | None]) -> None:
    """What became of each kind of answer with each ear, and the time of a second look."""
    for name, timed in ears.items():
        for kind in ("ord", "danger", "grave"):
            found = {key[2]: n for key, n in sorted(counts.items()) if key[:2] == (name, kind)}
            print(f"{name}, {kind}: {sum(found.values())}, {found}")
        if timed is not None and timed.seconds:
            print(f"{name}: {len(timed.seconds)} second looks, {_spread(timed.seconds)}; "
                  f"of the processor {_spread(timed.processor_seconds)}")  # fmt: skip


def _spread(seconds: list[float]) -> str:
    high = sorted(seconds)[int(len(seconds) * 0.95)]
    return f"median {statistics.median(seconds):.2f} s, p95 {high:.2f} s"


if __name__ == "__main__":
    main()
