"""A client of the service that speaks the real protocol, with a voice of espeak."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import pytest
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncClient
from wyoming.event import Event
from wyoming.tts import Synthesize

from voice_skill.audio.sound import RATE_HZ, to_pcm
from voice_skill.content import Content
from voice_skill.lab.patient import speak
from voice_skill.models.folder import starter
from voice_skill.surfaces.wyoming.server import Place, served
from voice_skill.surfaces.wyoming.service import Service

WAIT_SECONDS = 60.0
CHUNK_BYTES = RATE_HZ // 10 * 2
Result = TypeVar("Result")


@cache
def recording(words: str, before_seconds: float = 0.3, after_seconds: float = 2.5) -> bytes:
    """Somebody says these words in a quiet room; no words: nobody does, for ten seconds."""
    if not words:
        return bytes(10 * RATE_HZ * 2)
    said = to_pcm(speak(words, "espeak-ng en-us", 1.0))
    return bytes(int(before_seconds * RATE_HZ) * 2) + said + bytes(int(after_seconds * RATE_HZ) * 2)


@dataclass
class Client:
    """Blocking calls, each by a connection of its own, as Home Assistant makes them."""

    service: Service
    uri: str
    loop: asyncio.AbstractEventLoop

    def run(self, work: Awaitable[Result]) -> Result:
        async def bounded() -> Result:
            return await asyncio.wait_for(work, WAIT_SECONDS)

        return asyncio.run_coroutine_threadsafe(bounded(), self.loop).result(WAIT_SECONDS)

    def handle(self, text: str, name: str, **context: str) -> Event:
        """A turn in words."""

        async def turn() -> Event:
            async with AsyncClient.from_uri(self.uri) as client:
                about = {"conversation_id": name, **context}
                await client.write_event(Transcript(text, context=about).event())
                return await answer(client)

        return self.run(turn())

    def hear(self, words: str, name: str | None = None) -> str:
        """What the service understands of words that are spoken."""

        async def transcript() -> str:
            async with AsyncClient.from_uri(self.uri) as client:
                context = {"conversation_id": name} if name else None
                await client.write_event(Transcribe(context=context).event())
                await client.write_event(AudioStart(RATE_HZ, 2, 1).event())
                pcm = recording(words)
                for at in range(0, len(pcm), CHUNK_BYTES):
                    chunk = AudioChunk(RATE_HZ, 2, 1, pcm[at : at + CHUNK_BYTES])
                    await client.write_event(chunk.event())
                await client.write_event(AudioStop().event())
                return Transcript.from_event(await answer(client)).text

        return self.run(transcript())

    def say(self, words: str, name: str, bound: bool = True) -> Event:
        """A turn by voice. bound: whether the ears are told for whom they hear."""
        return self.handle(self.hear(words, name if bound else None), name)

    def sound(self, text: str) -> bytes:
        """A text as the service speaks it, 16-bit samples."""

        async def spoken() -> bytes:
            async with AsyncClient.from_uri(self.uri) as client:
                await client.write_event(Synthesize(text).event())
                found = b""
                while (event := await answer(client)).type != "audio-stop":
                    found += event.payload or b""
                return found

        return self.run(spoken())


async def answer(client: AsyncClient) -> Event:
    event = await client.read_event()
    assert event is not None, "the service hung up"
    assert event.type != "error", event.data
    return event


def is_over(event: Event) -> bool:
    return bool(event.data["context"]["finished"])


def text_of(event: Event) -> str:
    return str(event.data["text"])


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Any], Client]]:
    """Starts services, each in a thread of its own, and ends them with the module."""
    ends: list[Callable[[], None]] = []

    def start(service: Service) -> Client:
        ready: list[Client] = []
        begun, stop = threading.Event(), asyncio.Event()

        async def run() -> None:
            async with served(service, Place.from_uri("tcp://127.0.0.1:0")) as uri:
                ready.append(Client(service, uri, asyncio.get_running_loop()))
                begun.set()
                await stop.wait()

        thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
        thread.start()
        assert begun.wait(WAIT_SECONDS)

        def end() -> None:
            ready[0].loop.call_soon_threadsafe(stop.set)
            thread.join(WAIT_SECONDS)
            service.close()

        ends.append(end)
        return ready[0]

    yield start
    for end in ends:
        end()


@pytest.fixture
def client(shared_client: Client) -> Iterator[Client]:
    """A client of a service in which no conversation is open, before this test and after it."""
    yield shared_client
    for talk in shared_client.service.talks._open():
        talk.leave(30)


@pytest.fixture(scope="module")
def shared_client(serving: Callable[[Service], Client], content: Content) -> Client:
    """A client of a service with the shipped dialog and model."""
    return serving(Service(content, starter()))
