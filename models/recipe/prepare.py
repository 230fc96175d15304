"""Turns recordings into shards of log mel energies: each once as it is, and as altered copies.

What a sum in the mel domain cannot do is done here, on the samples: speed (with pitch), rooms and
codecs.
"""

import io
import random
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pyroomacoustics
import scipy.signal
import soundfile
import soxr

from models.recipe.corpus import LONGEST_SECONDS, RATE_HZ, Recording, read_samples
from models.recipe.features import log_mel
from models.recipe.progress import Progress
from voice_skill.errors import UsageError

SHARD_RECORDINGS = 1000
SPEEDS = (0.85, 0.9, 0.95, 1.05, 1.1, 1.18)
CODED = 0.15
"""Share of the altered copies that have been through a codec."""
CODECS = (
    ("WAV", "GSM610", 8000),
    ("WAV", "ULAW", 8000),
    ("WAV", "G721_32", 8000),
    ("OGG", "OPUS", 16000),
    ("MP3", "MPEG_LAYER_III", 16000),
)
"""Container, encoding and rate in hertz, as soundfile names them: telephones and messengers."""


def make_rooms(count: int, seed: int) -> list[np.ndarray]:
    """Impulse responses of shoebox rooms, reverberation 0.15 to 0.7 s, mouth to microphone."""
    rng = np.random.default_rng(seed)
    rooms = []
    for _ in range(count):
        size = rng.uniform([3, 3, 2.3], [8, 6, 3.2])
        absorption, order = pyroomacoustics.inverse_sabine(rng.uniform(0.2, 0.7), size)
        room = pyroomacoustics.ShoeBox(
            size,
            fs=RATE_HZ,
            materials=pyroomacoustics.Material(absorption),
            max_order=min(order, 17),
        )
        inside = size - 0.6
        room.add_source(rng.uniform(0.3, inside + 0.3))
        room.add_microphone(rng.uniform(0.3, inside + 0.3))
        room.compute_rir()
        impulse = room.rir[0][0]
        start = int(np.argmax(np.abs(impulse)))
        kept = impulse[max(0, start - 16) : start + int(0.5 * RATE_HZ)]
        rooms.append((kept / np.sqrt((kept**2).sum())).astype(np.float32))
    return rooms


def altered(samples: np.ndarray, rooms: list[np.ndarray], rng: random.Random) -> np.ndarray:
    """A copy at another speed, two times of three in a room, now and then through a codec."""
    speed = rng.choice(SPEEDS)
    changed = soxr.resample(samples, RATE_HZ * speed, RATE_HZ, quality="MQ")
    if rooms and rng.random() < 0.67:
        changed = scipy.signal.fftconvolve(changed, rng.choice(rooms))[: len(changed) + 1600]
    peak = float(np.abs(changed).max(initial=0.0))
    within = np.asarray(changed / max(1.0, peak * 1.05), np.float32)
    return coded(within, *rng.choice(CODECS)) if rng.random() < CODED else within


def coded(samples: np.ndarray, container: str, encoding: str, rate_hz: int) -> np.ndarray:
    """The samples written with a codec and read again, at their own rate."""
    stream = io.BytesIO()
    narrow = soxr.resample(samples, RATE_HZ, rate_hz, quality="MQ")
    soundfile.write(stream, narrow, rate_hz, format=container, subtype=encoding)
    stream.seek(0)
    back, _ = soundfile.read(stream, dtype="float32")
    return np.asarray(soxr.resample(back, rate_hz, RATE_HZ, quality="MQ"), np.float32)


def prepare(
    recordings: list[Recording], folder: Path, name: str, copies: int, rooms: list[np.ndarray]
) -> None:
    """Write `folder/NAME-NNN.npz`: energies (float16, frames x 40), lengths, texts, kinds.

    copies: altered copies beside the plain one. A shard that is there already is left alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    order = list(recordings)
    random.Random(name).shuffle(order)
    progress = Progress(f"features of {name}", len(order))
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        running = {}
        for first in range(0, len(order), SHARD_RECORDINGS):
            target = folder / f"{name}-{first // SHARD_RECORDINGS:03d}.npz"
            part = order[first : first + SHARD_RECORDINGS]
            if target.exists():
                progress.step(len(part))
            else:
                running[pool.submit(_write_shard, part, target, copies, rooms)] = len(part)
        for done in as_completed(running):
            done.result()
            progress.step(running[done])


def _write_shard(
    recordings: list[Recording], target: Path, copies: int, rooms: list[np.ndarray]
) -> None:
    rng = random.Random(target.name)
    arrays: list[np.ndarray] = []
    texts: list[str] = []
    for item in recordings:
        try:
            samples = read_samples(item.path)
        except UsageError as error:
            print(f"left out: {error}", file=sys.stderr)
            continue
        if len(samples) > LONGEST_SECONDS * RATE_HZ:
            continue
        for sound in (samples, *(altered(samples, rooms, rng) for _ in range(copies))):
            arrays.append(log_mel(sound).astype(np.float16))
            texts.append(item.text)
    scratch = target.with_suffix(".part")
    with scratch.open("wb") as stream:
        np.savez(
            stream,
            energies=np.concatenate(arrays) if arrays else np.zeros((0, 40), np.float16),
            lengths=np.array([len(a) for a in arrays], np.int32),
            texts=np.array(texts),
        )
    scratch.replace(target)
