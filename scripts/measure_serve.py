"""How soon `voice-skill serve` replies, and with what memory, to 1, 4 and 16 people at once.

python scripts/measure_serve.py

Each speaks six answers in real time, and is silent until the transcript comes. The words go to
the conversation, and its reply is asked for as sound. Told are seconds from the end of the word.
"""

import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart
from wyoming.client import AsyncClient
from wyoming.event import Event
from wyoming.tts import Synthesize

from voice_skill.audio.sound import RATE_HZ, to_pcm
from voice_skill.lab.patient import speak

ANSWERS = ("no", "no", "thirty", "yes", "no", "no")
AT_ONCE = (1, 4, 16)
CHUNK_SECONDS = 0.05
CHUNK_BYTES = int(RATE_HZ * CHUNK_SECONDS) * 2
LISTENING_SECONDS = 2.0
"""So long somebody listens to a question before the answer; questions take longer."""


@dataclass(frozen=True)
class Turn:
    """Seconds from the end of the word: to the transcript, to the reply, to its first sound."""

    heard: float
    replied: float
    sounded: float


async def spoken(uri: str, pcm: bytes, name: str) -> tuple[str, float]:
    """What was heard, and when the word had ended."""
    async with AsyncClient.from_uri(uri) as client:
        await client.write_event(Transcribe(context={"conversation_id": name}).event())
        await client.write_event(AudioStart(RATE_HZ, 2, 1).event())
        began = time.monotonic()

        async def send() -> None:
            at = 0
            while True:
                chunk = pcm[at : at + CHUNK_BYTES].ljust(CHUNK_BYTES, b"\0")
                await client.write_event(AudioChunk(RATE_HZ, 2, 1, chunk).event())
                at += CHUNK_BYTES
                ahead = at / 2 / RATE_HZ - (time.monotonic() - began)
                await asyncio.sleep(max(0.0, ahead))

        sending = asyncio.create_task(send())
        event = await client.read_event()
        sending.cancel()
        assert event is not None
        return Transcript.from_event(event).text, began + len(pcm) / 2 / RATE_HZ


async def handled(uri: str, text: str, name: str) -> str:
    async with AsyncClient.from_uri(uri) as client:
        context = {"conversation_id": name}
        await client.write_event(Transcript(text, context=context).event())
        event = await client.read_event()
        assert event is not None
        assert event.type == "handled", event
        return str(event.data["text"])


async def first_sound(uri: str, text: str) -> float:
    async with AsyncClient.from_uri(uri) as client:
        await client.write_event(Synthesize(text).event())
        event: Event | None = None
        while event is None or event.type != "audio-chunk":
            event = await client.read_event()
            assert event is not None
        return time.monotonic()


async def converse(uri: str, number: int, words: dict[str, bytes]) -> list[Turn]:
    name, turns = f"person {number}", []
    await asyncio.sleep(0.3 * number % 2)  # people do not speak in chorus
    await first_sound(uri, await handled(uri, "start my back check", name))
    for answer in ANSWERS:
        await asyncio.sleep(LISTENING_SECONDS)
        text, ended = await spoken(uri, words[answer], name)
        heard = time.monotonic()
        reply = await handled(uri, text, name)
        replied = time.monotonic()
        sounded = await first_sound(uri, reply)
        turns.append(Turn(heard - ended, replied - ended, sounded - ended))
    return turns


def status_mb(process: int, name: str) -> int:
    text = Path(f"/proc/{process}/status").read_text()
    return int(re.findall(rf"{name}:\s+(\d+) kB", text)[0]) // 1024


def measure(at_once: int, home: str, words: dict[str, bytes]) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": home, "XDG_DATA_HOME": f"{home}/{at_once}"}
    command = [sys.executable, "-m", "voice_skill", "serve", "--guests", "--uri",
               "tcp://127.0.0.1:0"]  # fmt: skip
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr
        uri = re.findall(r"tcp://\S+:\d+", process.stderr.readline())[0]
        before = status_mb(process.pid, "VmRSS")

        async def all_of_them() -> list[list[Turn]]:
            people = (converse(uri, number, words) for number in range(at_once))
            return await asyncio.gather(*people)

        turns = [turn for each in asyncio.run(all_of_them()) for turn in each]
        peak = status_mb(process.pid, "VmHWM")
    finally:
        process.kill()
        process.wait()
    parts = []
    for what in ("heard", "replied", "sounded"):
        times = sorted(getattr(turn, what) for turn in turns)
        parts.append(f"{what} {median(times):.2f} / {times[int(len(times) * 0.95)]:.2f} s")
    told = ", ".join(parts)
    print(f"{at_once} at once, {len(turns)} turns: {told} (median / p95 from the end of the word); "
          f"memory {before} MB before, {peak} MB at its peak", flush=True)  # fmt: skip


def said(word: str) -> bytes:
    """A word after a short silence, cut where it ends: espeak adds a quarter of a second."""
    pcm = to_pcm(speak(word, "espeak-ng en-us", 1.0))
    loud = (np.abs(np.frombuffer(pcm, "<i2")) > 300).nonzero()[0]
    return bytes(int(0.3 * RATE_HZ) * 2) + pcm[: 2 * int(loud[-1] + 1)]


def main() -> int:
    words = {word: said(word) for word in set(ANSWERS)}
    with tempfile.TemporaryDirectory() as home:
        for at_once in AT_ONCE:
            measure(at_once, home, words)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
