"""`voice-skill serve`: the service on a port or a socket, until it is stopped."""

import asyncio
import contextlib
import ipaddress
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from voice_skill.errors import UsageError
from voice_skill.surfaces.wyoming.announcing import announced
from voice_skill.surfaces.wyoming.connection import Connection
from voice_skill.surfaces.wyoming.events import MAX_HEADER_BYTES
from voice_skill.surfaces.wyoming.service import Service

MAX_CONNECTIONS = 64
DEFAULT_URI = "tcp://127.0.0.1:10700"
OPEN_TO_ALL = (
    "voice-skill: {host} is no loopback address: whoever reaches it over the network can talk with "
    "the skill and hear what it knows, and what is said goes over that network unencrypted"
)


@dataclass(frozen=True)
class Place:
    """Where the service listens: a socket file, or a host and a port (0: any that is free)."""

    path: Path | None = None
    host: str = ""
    port: int = 0

    @classmethod
    def from_uri(cls, uri: str) -> "Place":
        """`tcp://HOST:PORT` or `unix://PATH`. Raises UsageError."""
        try:
            parts = urlsplit(uri)
            host, port = parts.hostname, parts.port
        except ValueError:
            host = port = parts = None
        if parts and parts.scheme == "unix" and parts.path:
            return cls(Path(parts.netloc + parts.path))
        if parts and parts.scheme == "tcp" and host and port is not None and not parts.path:
            return cls(None, host, port)
        raise UsageError(f"'{uri}' names no place; write tcp://HOST:PORT, such as {DEFAULT_URI}")

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine reaches it. A name is trusted only if it is localhost."""
        with contextlib.suppress(ValueError):
            return ipaddress.ip_address(self.host).is_loopback
        return self.path is not None or self.host == "localhost"


async def serve(service: Service, place: Place, zeroconf: bool) -> None:
    """Serve until cancelled. Raises OSError where the place cannot be had."""
    async with served(service, place) as uri:
        told = f"voice-skill: listening on {uri}; stop it with Ctrl-C"
        if not place.is_loopback:
            print(OPEN_TO_ALL.format(host=place.host), file=sys.stderr)
        async with announced(uri) if zeroconf else contextlib.nullcontext():
            print(told, file=sys.stderr, flush=True)
            await asyncio.Event().wait()


@asynccontextmanager
async def served(service: Service, place: Place) -> AsyncIterator[str]:
    """The service while it listens. Its URI, with the port that it got."""
    open_now: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(open_now) >= MAX_CONNECTIONS:
            writer.close()
            return
        task = asyncio.ensure_future(Connection(service, reader, writer).run())
        open_now.add(task)
        task.add_done_callback(open_now.discard)

    if place.path is not None:
        place.path.unlink(missing_ok=True)
        server = await asyncio.start_unix_server(connected, place.path, limit=MAX_HEADER_BYTES)
        uri = f"unix://{place.path}"
    else:
        server = await asyncio.start_server(
            connected, place.host, place.port, limit=MAX_HEADER_BYTES
        )
        host = f"[{place.host}]" if ":" in place.host else place.host
        uri = f"tcp://{host}:{server.sockets[0].getsockname()[1]}"
    try:
        yield uri
    finally:
        server.close()
        for task in [*open_now]:
            task.cancel()
        if place.path is not None:
            place.path.unlink(missing_ok=True)
