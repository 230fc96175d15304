"""One client of the service: reads its events, and answers each."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from typing import Any

from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.event import Event
from wyoming.handle import Handled, NotHandled
from wyoming.info import Describe
from wyoming.ping import Ping, Pong
from wyoming.tts import Synthesize

from voice_skill.errors import VoiceSkillError
from voice_skill.log import LOG, note_failure
from voice_skill.runtime.typed.check import NOISE, SILENCE
from voice_skill.surfaces.turns.turn import Said
from voice_skill.surfaces.wyoming.events import BadEvent, read_event, write_event
from voice_skill.surfaces.wyoming.feed import Feed
from voice_skill.surfaces.wyoming.service import Service
from voice_skill.surfaces.wyoming.speech import RATE_HZ
from voice_skill.surfaces.wyoming.talks import Floor

MAX_QUIET_SECONDS = 600.0
"""A client that sends nothing for so long is forgotten; no stretch is played for longer."""
MAX_NAME = 200
PIECE_BYTES = RATE_HZ
"""Half a second of sound in an event."""


class Connection:
    """Answers until the client goes, or sends what is no event."""

    def __init__(
        self, service: Service, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._service, self._reader, self._writer = service, reader, writer
        self._name = secrets.token_hex(8)
        self._asked_for: str | None = None
        self._feed: Feed | None = None
        self._hearing: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """To its end. A broken client ends nothing but itself."""
        try:
            while event := await read_event(self._reader, MAX_QUIET_SECONDS):
                await self._answer(event)
        except BadEvent as error:
            await self._refuse(str(error))
        except OSError:
            LOG.info("a client went away")
        except VoiceSkillError as error:
            await self._refuse(str(error))
        except Exception as error:
            note_failure(error)
            await self._refuse("an unexpected failure; see the log of the service")
        finally:
            self._end()

    async def _refuse(self, why: str) -> None:
        LOG.warning("a client is refused: %s", why)
        try:
            await self._send(Error(text=why, code="voice-skill").event())
        except OSError:
            return

    def _end(self) -> None:
        if self._feed is not None:
            self._feed.end()
        self._writer.close()

    async def _send(self, event: Event) -> None:
        await write_event(self._writer, event)

    async def _answer(self, event: Event) -> None:
        """One event. What is not known here is passed over, as the protocol wants it."""
        if Describe.is_type(event.type):
            await self._send(self._service.info.event())
        elif Ping.is_type(event.type):
            await self._send(Pong(text=_text(event, "text", required=False)).event())
        elif Transcribe.is_type(event.type):
            self._asked_for = _name(event.data.get("context"), "conversation_id")
        elif AudioStart.is_type(event.type):
            self._begin_to_hear()
        elif AudioChunk.is_type(event.type):
            self._hear(event)
        elif AudioStop.is_type(event.type):
            if self._feed is not None:
                self._feed.end()
        elif Synthesize.is_type(event.type):
            await self._speak(_text(event, "text"))
        elif Transcript.is_type(event.type):
            await self._handle(_text(event, "text"), event.data.get("context"))

    def _begin_to_hear(self) -> None:
        if self._feed is not None:
            self._feed.end()
        self._feed = Feed()
        self._hearing = asyncio.ensure_future(self._transcribed(self._feed, self._asked_for))
        self._asked_for = None

    def _hear(self, event: Event) -> None:
        if self._feed is None:
            return
        data = event.data
        if not all(type(data.get(name)) is int for name in ("rate", "width", "channels")):
            raise BadEvent("sound without its form")
        self._feed.add(AudioChunk.from_event(event))

    async def _transcribed(self, feed: Feed, name: str | None) -> None:
        """Hear one utterance and send it, however the client goes on meanwhile."""
        try:
            floor, said = await self._service.hear(feed, name)
            told = _told(floor, said)
            if floor.open:
                self._service.hearings.keep(said, told, floor.talk)
            if feed is self._feed:
                await self._send(Transcript(text=told, language=self._service.language).event())
        except OSError:
            LOG.info("a client went away while it was heard")
        except Exception as error:
            note_failure(error)
            await self._refuse("the ears failed; see the log of the service")
            self._writer.close()
        finally:
            feed.end()

    async def _speak(self, text: str) -> None:
        await self._send(AudioStart(rate=RATE_HZ, width=2, channels=1).event())
        async for piece in _in_thread(self._service, self._service.speech.sound_of(text)):
            for start in range(0, len(piece), PIECE_BYTES):
                chunk = piece[start : start + PIECE_BYTES]
                await self._send(AudioChunk(RATE_HZ, 2, 1, chunk).event())
        await self._send(AudioStop().event())

    async def _handle(self, text: str, context: Any) -> None:
        name = _name(context, "conversation_id") or self._name
        device = _name(context, "satellite_id") or _name(context, "device_id")
        reply = await self._service.reply(text, name, device)
        about: dict[str, Any] = {"conversation_id": name}
        if reply is None:
            told = self._service.how_to_begin
            await self._send(NotHandled(told, {**about, "continue_conversation": False}).event())
            return
        about |= {"continue_conversation": reply.listens, "finished": reply.over}
        await self._send(Handled(reply.text, about).event())


def _told(floor: Floor, said: Said) -> str:
    """What an assistant is told: it drops a turn without words, and with it the conversation."""
    if said.text or not floor.open:
        return said.text
    return SILENCE if said.kind == "silence" else NOISE


def _text(event: Event, name: str, required: bool = True) -> Any:
    text = event.data.get(name)
    if not isinstance(text, str) and (required or text is not None):
        raise BadEvent(f"a {event.type} without {name}")
    return text


def _name(context: Any, key: str) -> str | None:
    """A name out of a context; a client's own, so only its length is minded."""
    value = context.get(key) if isinstance(context, dict) else None
    return value[:MAX_NAME] if isinstance(value, str) and value else None


async def _in_thread(service: Service, pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    while True:
        piece = await service.in_thread(next, pieces, None)
        if piece is None:
            return
        yield piece
