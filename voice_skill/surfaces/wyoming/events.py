"""Reading and writing events of the Wyoming protocol, within bounds.

The library's own reader takes any length that a header claims, and a header that is no object ends
it with an error of Python's; a stranger must do neither.
"""

import asyncio
import json
from typing import Any

from wyoming.event import Event, async_write_event

MAX_HEADER_BYTES = 64 * 1024
MAX_DATA_BYTES = 64 * 1024
MAX_PAYLOAD_BYTES = 1024 * 1024
"""Thirty seconds of sound in one piece; satellites send some hundredths of a second."""
MAX_WRITE_SECONDS = 10.0
"""So long a client may leave what it asked for unread."""
MAX_TYPE = 100


class BadEvent(Exception):
    """A client sent what is no event. The text says what is wrong with it."""


async def read_event(reader: asyncio.StreamReader, wait_seconds: float) -> Event | None:
    """The next event; None at the end of the stream, or where nothing came for so long.

    Raises BadEvent for anything that is none, and for one that is too large.
    """
    try:
        return await asyncio.wait_for(_read(reader), wait_seconds)
    except (asyncio.TimeoutError, TimeoutError, asyncio.IncompleteReadError, ConnectionError):
        return None


async def _read(reader: asyncio.StreamReader) -> Event | None:
    try:
        line = await reader.readline()
    except ValueError:
        raise BadEvent(f"a header of more than {MAX_HEADER_BYTES} bytes") from None
    if not line.endswith(b"\n"):
        return None
    header = _object(line, "header")
    kind, data = header.get("type"), header.get("data") or {}
    if not isinstance(kind, str) or len(kind) > MAX_TYPE or not isinstance(data, dict):
        raise BadEvent("a header without a type")
    data_bytes = _length(header, "data_length", MAX_DATA_BYTES)
    payload_bytes = _length(header, "payload_length", MAX_PAYLOAD_BYTES)
    if data_bytes:
        data = {**data, **_object(await reader.readexactly(data_bytes), "data")}
    payload = await reader.readexactly(payload_bytes) if payload_bytes else None
    return Event(kind, data, payload)


def _object(text: bytes, what: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise BadEvent(f"a {what} that is not JSON") from None
    if not isinstance(found, dict):
        raise BadEvent(f"a {what} that is no object")
    return found


def _length(header: dict[str, Any], name: str, most: int) -> int:
    value = header.get(name) or 0
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise BadEvent(f"a {name} that is not 0 to {most}")
    return value


async def write_event(writer: asyncio.StreamWriter, event: Event) -> None:
    """Send an event. Raises OSError where the client is gone, or does not read."""
    try:
        await asyncio.wait_for(async_write_event(event, writer), MAX_WRITE_SECONDS)
    except (asyncio.TimeoutError, TimeoutError):
        raise ConnectionError("the client does not read") from None
