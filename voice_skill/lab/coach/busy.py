"""How exactly counts sound beside a busy machine: found again in a recording of the loudspeaker."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soxr

from voice_skill.audio.sound import RATE_HZ
from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.lab.coach.card import Recording
from voice_skill.lab.conditions import from_pcm
from voice_skill.runtime.voice.beats import LEAD_SECONDS
from voice_skill.speaking.cache import PromptCache
from voice_skill.speaking.cue import Cue
from voice_skill.speaking.playback import Player
from voice_skill.understanding.language import Language

EVERY_SECONDS = 1.5
NICE = 10
WORK = "import numpy as np\na = np.random.rand(1500, 1500)\nwhile True: a @ a"


@contextmanager
def busy() -> Iterator[None]:
    """A process that computes on all processors for each of them, at a lower priority than ours."""
    command = ["nice", "-n", str(NICE), sys.executable, "-c", WORK]
    others = [subprocess.Popen(command) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()


def counted(prompts: PromptCache, count: int, folder: Path, language: Language) -> list[float]:
    """How many seconds after the usual each of so many counts, handed over ahead, sounds.

    One that does not sound at all is infinitely late.
    """
    sounds = [prompts.sound(language.numbers.in_words(1 + number % 10)) for number in range(count)]
    with VirtualSoundCard() as card:
        card.activate()
        recording = Recording(folder / "vspk.raw")
        recorder = card.record("vspk", recording.path, RATE_HZ)
        player, first_at = Player(), time.monotonic() + 2.0
        due = [first_at + EVERY_SECONDS * number for number in range(count)]
        for at, (pcm, rate_hz) in zip(due, sounds, strict=True):
            time.sleep(max(0.0, at - LEAD_SECONDS - time.monotonic()))
            recording.look()
            player.wait(player.start(pcm, rate_hz, Cue(at)))
        time.sleep(1.0)
        recorder.terminate()
        recorder.wait()
    late = []
    for at, (pcm, rate_hz) in zip(due, sounds, strict=True):
        wanted = np.asarray(soxr.resample(from_pcm(pcm), rate_hz, RATE_HZ))
        found = recording.find(wanted, at - 0.5, at + 0.7)
        late.append(np.inf if found is None else found - at)
    return [float(seconds - np.median(late)) for seconds in late]
