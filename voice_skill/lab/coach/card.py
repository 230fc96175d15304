"""A whole routine in real time through the virtual sound card, over its own echo, interrupted.

Both sides are recorded; what was said and counted is found again in the recordings, so that times
are those of the sound, not of the program.
"""

import json
import os
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import soxr

from voice_skill.audio.sound import RATE_HZ, read_pcm
from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.coaching.library import Library
from voice_skill.coaching.pace import speech_seconds
from voice_skill.coaching.routine import Asked, RoutineFile
from voice_skill.coaching.wording import QuestionName
from voice_skill.lab.coach.sound import ANSWERS
from voice_skill.lab.coach.walls import Walls
from voice_skill.lab.conditions import from_pcm
from voice_skill.lab.patient import WORDS_PER_MINUTE
from voice_skill.speaking.cache import PromptCache
from voice_skill.understanding.language import Language

ECHO_DB, ECHO_DELAY_MS = 12.0, 80
"""So far below what the loudspeaker plays it comes back, and so late."""
EVERY_SECONDS = 17.0
THINK_SECONDS = 1.0
AT_ONCE_SECONDS = 0.1
SAYS = ("slower", "faster", "pause", "how many left", "why", "next", "back", "repeat", "louder",
        "quieter", "how long left", "easier", "switch sides", "how do i do it", "another one",
        "stop")  # fmt: skip


@dataclass
class Recording:
    """A recording that goes on. began_at: the time of its first sample, found ever more exactly."""

    path: Path
    began_at: float = float("inf")

    def look(self) -> None:
        """The file is never ahead of the sound."""
        if self.path.exists() and self.path.stat().st_size:
            at = time.monotonic() - self.path.stat().st_size / 2 / RATE_HZ
            self.began_at = min(self.began_at, at)

    def find(self, wanted: np.ndarray, after: float, before: float) -> float | None:
        """When `wanted` begins between two times; None if it is not there."""
        sound = np.memmap(self.path, "<i2", "r")
        first = max(0, int((after - self.began_at) * RATE_HZ))
        last = int((before - self.began_at) * RATE_HZ) + len(wanted)
        piece = from_pcm(sound[first:last].tobytes())
        if len(piece) <= len(wanted) or not piece.any():
            return None
        size = 1 << (len(piece) + len(wanted)).bit_length()
        spectrum = np.fft.rfft(piece, size) * np.conj(np.fft.rfft(wanted, size))
        match = np.fft.irfft(spectrum, size)[: len(piece) - len(wanted) + 1]
        sums = np.concatenate([[0.0], np.cumsum(piece.astype(float) ** 2)])
        power = sums[len(wanted) :] - sums[: -len(wanted)]
        alike = match / np.sqrt(np.maximum(power, 1e-9) * (wanted**2).sum())
        best = int(np.argmax(alike))
        return None if alike[best] < 0.5 else self.began_at + (first + best) / RATE_HZ


@dataclass
class Run:
    """One routine. rows: with the time at which each was printed. said: (text, played at).

    reactions: (seconds from the end of the sound to the decision, text).
    """

    rows: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    said: list[tuple[str, float]] = field(default_factory=list)
    reactions: list[tuple[float, str]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    tempo_errors: list[float] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """What the warm-up came to."""
        return str(self.rows[-1][1]["text"])


def hold(library: Library, routine: str, folder: Path, prompts: PromptCache, walls: bool) -> Run:
    """Hold a routine with a person who interrupts, and measure it.

    walls: whether the echo comes back through a room.
    """
    replies = _replies(library, library.routine(routine))
    run, wavs = Run(), _voices({*SAYS, *replies.values()}, folder)
    with ExitStack() as stack:
        card = stack.enter_context(VirtualSoundCard())
        if walls:
            stack.enter_context(Walls(card, ECHO_DB))
        else:
            card.echo_on(-ECHO_DB, ECHO_DELAY_MS)
        loudspeaker, microphone = Recording(folder / "vspk.raw"), Recording(folder / "vmic.raw")
        recorders = [card.record("vspk", loudspeaker.path, RATE_HZ),
                     card.record("vmic_in", microphone.path, RATE_HZ)]  # fmt: skip
        _talk(routine, replies, folder, card, run, wavs, (loudspeaker, microphone))
        for recorder in recorders:
            recorder.terminate()
            recorder.wait()
    _measure_hearing(run, microphone, wavs)
    _measure_tempo(run, loudspeaker, prompts, library.language)
    return run


def _replies(library: Library, routine: RoutineFile) -> dict[str, str]:
    """What is answered to each sentence of the coach that waits for an answer."""
    wording = library.wording
    asked: list[tuple[QuestionName, Asked]] = [
        *wording.questions.items(),
        ("check_in", routine.check_in),
        ("end", routine.end),
    ]
    replies = {line: ANSWERS[name] for name, found in asked for line in (found.ask, found.reask)}
    return {**replies, wording.messages["paused"]: "resume"}


def _voices(texts: set[str], folder: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for text in texts:
        found[text] = folder / f"{text.replace(' ', '-')}.wav"
        subprocess.run(["espeak-ng", "-v", "en-us", "-s", str(WORDS_PER_MINUTE), "-w",
                        str(found[text]), text], check=True)  # fmt: skip
    return found


def _talk(
    routine: str,
    replies: dict[str, str],
    folder: Path,
    card: VirtualSoundCard,
    run: Run,
    wavs: dict[str, Path],
    recordings: tuple[Recording, Recording],
) -> None:
    environment = {**os.environ, **card.environment, "XDG_DATA_HOME": str(folder)}
    process = subprocess.Popen(
        [sys.executable, "-m", "voice_skill", "coach", routine, "--json", "--fresh"],
        env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    to_say = list(SAYS)
    next_at = time.monotonic() + EVERY_SECONDS
    printed_at = begins_at = 0.0

    def say(text: str, delay: float) -> None:
        def play() -> None:
            run.said.append((text, time.monotonic()))
            card.play_to_microphone(wavs[text])

        threading.Timer(delay, play).start()

    assert process.stdout
    for line in process.stdout:
        now, row = time.monotonic(), json.loads(line)
        run.rows.append((now, row))
        for recording in recordings:
            recording.look()
        if now - printed_at > AT_ONCE_SECONDS:  # sentences in a row are printed at once
            begins_at = row["at_seconds"]
        printed_at = now
        spoken = row["at_seconds"] - begins_at + speech_seconds((row["text"],)) + THINK_SECONDS
        if row["kind"] == "say" and row["text"] in replies:
            say(replies[row["text"]], spoken)
            next_at = now + spoken + EVERY_SECONDS
        elif row["kind"] == "count" and now > next_at and to_say:
            say(to_say.pop(0), 0.0)
            next_at = now + EVERY_SECONDS
    process.wait()


def _measure_hearing(run: Run, microphone: Recording, wavs: dict[str, Path]) -> None:
    """Each thing said with the first thing heard after it began; the rest was never said."""
    heard = [(at, row["text"]) for at, row in run.rows if row["kind"] == "heard"]
    for text, at in run.said:
        samples = from_pcm(read_pcm(wavs[text]))
        loud = (np.abs(samples) > 0.01).nonzero()[0]
        began = microphone.find(samples, at - 0.2, at + 1.5) or at
        ended = began + float(loud[-1]) / RATE_HZ
        match = next((h for h in heard if began < h[0] < ended + 2.5), None)
        if match is None:
            run.missed.append(text)
            continue
        heard.remove(match)
        run.reactions.append((match[0] - ended, text))
    run.false += [text for _, text in heard]


def _measure_tempo(
    run: Run, loudspeaker: Recording, prompts: PromptCache, language: Language
) -> None:
    """Gaps between the sounds of two counts, against what the machine asked for."""
    before: tuple[float, float] | None = None
    for at, row in run.rows:
        if row["kind"] != "count":
            before = before if row["kind"] == "earcon" else None
            continue
        pcm, rate = prompts.sound(language.numbers.in_words(int(row["text"])))
        wanted = soxr.resample(from_pcm(pcm), rate, RATE_HZ)
        sounded = loudspeaker.find(np.asarray(wanted), at - 0.5, at + 0.5)
        due = float(row["at_seconds"])
        if sounded is not None and before is not None:
            run.tempo_errors.append((sounded - before[0]) - (due - before[1]))
        before = (sounded, due) if sounded is not None else None
