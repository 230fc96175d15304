"""Telling the local network of the service, so that an assistant finds it by itself."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from voice_skill.errors import UsageError

KIND = "_wyoming._tcp.local."
ANY_ROUTE = ("224.0.0.251", 1)
"""The address of zeroconf itself: the way to it tells which address of ours others see."""


@asynccontextmanager
async def announced(uri: str) -> AsyncIterator[None]:
    """The service is told of until this is left. Raises UsageError without the library."""
    try:
        from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf
    except ImportError:
        raise UsageError("--zeroconf needs a library: pip install 'voice-skill[serve]'") from None
    parts = urlsplit(uri)
    host = _seen_by_others() if parts.hostname in ("0.0.0.0", "::") else str(parts.hostname)
    service = AsyncServiceInfo(
        KIND,
        f"voice-skill-{socket.gethostname()[:40]}.{KIND}",
        addresses=[socket.inet_aton(socket.gethostbyname(host))],
        port=parts.port,
    )
    zeroconf = AsyncZeroconf()
    await zeroconf.async_register_service(service)
    try:
        yield
    finally:
        await zeroconf.async_unregister_service(service)
        await zeroconf.async_close()


def _seen_by_others() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        way.connect(ANY_ROUTE)
        return str(way.getsockname()[0])
