"""Makes synthetic speech for training: what dialogs expect to hear, by many voices.

Resumable: a clip that is there already is not made again. Seeded: the same seed makes the same
list of clips.
"""

import hashlib
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import soundfile

from models.recipe import voices
from models.recipe.progress import Progress


@dataclass(frozen=True)
class Clip:
    """One piece of speech to make."""

    engine: str
    voice: str
    speed: float
    text: str
    path: str

    @classmethod
    def from_words(cls, engine: str, voice: str, speed: float, text: str) -> "Clip":
        """Named by what is said: a dialog that has changed never gives an old clip a new text."""
        name = hashlib.sha256(f"{voice} {speed} {text}".encode()).hexdigest()[:16]
        return cls(engine, voice, speed, text, f"{engine}/{name}.flac")


def plan(
    texts: Sequence[tuple[float, list[str]]],
    engine: str,
    clips: int,
    seed: int,
    kokoro: list[str],
) -> Iterator[Clip]:
    """The clips of one engine. texts: lists of what is said, and the share of each."""
    rng = random.Random(f"{seed} {engine}")
    lists = [words for _, words in texts]
    shares = [share for share, _ in texts]
    for _ in range(clips):
        text = rng.choice(rng.choices(lists, shares)[0])
        voice = voices.draw_voice(rng, engine, kokoro)
        speed = round(rng.uniform(0.8, 1.2), 2)
        yield Clip.from_words(engine, voice, speed, text)


def synthesise(clips: list[Clip], folder: Path, kokoro: Path | None) -> None:
    """Speak the clips into `folder`, and list them in `folder/ENGINE.tsv` (path, speaker, text).

    kokoro: the folder of its voices, where some of the clips are its own. On all processors.
    """
    progress = Progress("synthetic speech", len(clips))
    missing = [clip for clip in clips if not (folder / clip.path).exists()]
    progress.step(len(clips) - len(missing))
    if missing:
        if kokoro is not None:
            # its package joins the network's parts at the first use: once, not in every worker
            voices.Kokoro(kokoro)
        with ProcessPoolExecutor(
            mp_context=get_context("spawn"), initializer=_begin, initargs=(folder, kokoro)
        ) as pool:
            for _ in pool.map(_speak, missing, chunksize=4):
                progress.step()
    for engine in {clip.engine for clip in clips}:
        lines = [f"{c.path}\t{c.voice}\t{c.text}" for c in clips if c.engine == engine]
        part = folder / f"{engine}.tsv.part"
        part.write_text("\n".join(lines) + "\n", encoding="utf-8")
        part.replace(folder / f"{engine}.tsv")


_engines: dict[str, voices.Speak] = {}
_target = Path()


def _begin(folder: Path, kokoro: Path | None) -> None:
    """Make a worker ready: its engines, and where clips go."""
    global _target
    _target = folder
    _engines.update(flite=voices.flite, festival=voices.festival, espeak=voices.espeak)
    if kokoro is not None:
        _engines["kokoro"] = voices.Kokoro(kokoro).speak


def _speak(clip: Clip) -> None:
    write(_target / clip.path, _engines[clip.engine](clip.text, clip.voice, clip.speed))


def write(target: Path, sound: np.ndarray) -> None:
    """A sound file, whole or not at all. Levels are brought to a peak of one half."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    loud = sound / max(float(np.abs(sound).max(initial=0.0)), 1e-4) * 0.5
    soundfile.write(part, loud, voices.RATE_HZ, format="FLAC", subtype="PCM_16")
    part.replace(target)
