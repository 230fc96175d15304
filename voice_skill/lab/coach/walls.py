"""Walls about the virtual sound card: what its loudspeaker plays comes back as through a room."""

import os
import subprocess
import threading

import numpy as np

from voice_skill.audio.sound import RATE_HZ, to_pcm
from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.lab.coach.air import Way, echo_response
from voice_skill.lab.conditions import from_pcm

BLOCK = int(0.02 * RATE_HZ)
BUFFER_MS = 150
"""So much is on its way in the player; with 60 ms a busy machine leaves gaps, after each of which
the echo comes at another time. With it the sound comes back 0.12 s late."""


class Walls:
    """Between `with` and its end the card's loudspeaker is heard by its microphone."""

    def __init__(self, card: VirtualSoundCard, attenuation_db: float) -> None:
        self._card = card
        response = echo_response(attenuation_db, np.random.default_rng(1), delay_seconds=0.0)
        self._way = Way(response, BLOCK)

    def __enter__(self) -> "Walls":
        self._out = self._start("parec", "vspk.monitor", 20)
        self._into = self._start("pacat", "vmic_in", BUFFER_MS)
        self._thread = threading.Thread(target=self._reflect, name="walls", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._out.kill()
        self._thread.join()
        self._into.kill()
        for process in (self._out, self._into):
            process.communicate()

    def _start(self, program: str, device: str, latency_ms: int) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [program, f"--device={device}", f"--rate={RATE_HZ}", "--channels=1",
             "--format=s16le", f"--latency-msec={latency_ms}"],
            env={**os.environ, **self._card.environment}, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def _reflect(self) -> None:
        assert self._out.stdout
        assert self._into.stdin
        while len(piece := self._out.stdout.read(2 * BLOCK)) == 2 * BLOCK:
            self._into.stdin.write(to_pcm(self._way(from_pcm(piece)).astype(np.float32)))
            self._into.stdin.flush()
