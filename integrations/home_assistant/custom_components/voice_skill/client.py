"""Talking with `voice-skill serve`. Knows nothing of Home Assistant."""

import asyncio
from dataclasses import dataclass
from typing import Any

from wyoming.asr import Transcript
from wyoming.client import AsyncTcpClient
from wyoming.error import Error
from wyoming.event import Event
from wyoming.handle import Handled, NotHandled
from wyoming.info import Describe, Info

MAX_SECONDS = 20.0
"""A reply takes some hundredths of a second; the first one of a check reads the diary."""
NAME = "voice-skill"


class Unreachable(Exception):
    """The service does not answer. The text says what to do."""


@dataclass(frozen=True)
class Reply:
    """What is said to somebody. is_ours: whether the words were for the back check at all.

    listens: whether to open the microphone at once for an answer.
    """

    text: str
    is_ours: bool
    listens: bool


async def says(host: str, port: int, text: str, context: dict[str, Any]) -> Reply:
    """Say something in a conversation. context: `conversation_id` and whose microphone it is.

    Raises Unreachable.
    """
    event = await _asked(host, port, Transcript(text, context=context).event())
    if Handled.is_type(event.type):
        listens = bool((event.data.get("context") or {}).get("continue_conversation"))
        return Reply(event.data.get("text") or "", True, listens)
    if NotHandled.is_type(event.type):
        return Reply(event.data.get("text") or "", False, False)
    raise Unreachable(f"{host}:{port} gives no reply; is voice-skill serve running there?")


async def is_back_check(host: str, port: int) -> bool:
    """Whether it is the service, and no other of the same protocol. Raises Unreachable."""
    event = await _asked(host, port, Describe().event())
    programs = Info.from_event(event).handle if Info.is_type(event.type) else []
    return any(program.name == NAME for program in programs)


async def _asked(host: str, port: int, question: Event) -> Event:
    try:
        return await asyncio.wait_for(_exchanged(host, port, question), MAX_SECONDS)
    except (OSError, asyncio.TimeoutError, TimeoutError) as error:
        raise Unreachable(f"{host}:{port} cannot be reached ({error}); start voice-skill serve "
                          "there") from error  # fmt: skip


async def _exchanged(host: str, port: int, question: Event) -> Event:
    async with AsyncTcpClient(host, port) as client:
        await client.write_event(question)
        event = await client.read_event()
    if event is None or Error.is_type(event.type):
        raise Unreachable(f"{host}:{port} refuses to answer; see what voice-skill serve shows")
    return event
