"""Fetching one file by https: progress, resuming after a cut, a checksum, patience with an end."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import requests

from voice_skill.errors import ModelError
from voice_skill.files import reason

Report = Callable[[int, int], None]
"""Bytes so far, bytes in all."""
_BLOCK_BYTES = 1024
"""Small, so that a trickle is noticed: a block is only seen when it is full."""


@dataclass(frozen=True)
class Patience:
    """connect_seconds, read_seconds: of one wait; slow_seconds: below the pace before giving up."""

    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    slow_seconds: float = 60.0
    slowest_bytes_a_second: float = 2000.0
    tries: int = 5
    pause_seconds: float = 1.0


def download(
    url: str, target: Path, sha256: str, most_bytes: int, report: Report, patience: Patience
) -> None:
    """Bring `url` to `target`. What came before a cut is kept in `target.part` and used again.

    Raises ModelError: not https, no connection, a refusal, too slow, too big, another checksum, or
    no room on the disk.
    """
    try:
        _download(url, target, sha256, most_bytes, report, patience)
    except OSError as error:
        raise ModelError(f"{target}: cannot be written: {reason(error)}") from None


def _download(
    url: str, target: Path, sha256: str, most_bytes: int, report: Report, patience: Patience
) -> None:
    if not url.startswith("https://"):
        raise ModelError(f"{url}: only https addresses are fetched")
    part = target.with_name(target.name + ".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    for attempt in range(patience.tries):
        try:
            _continue(url, part, most_bytes, report, patience)
            break
        except _Cut as cut:
            if attempt + 1 == patience.tries:
                raise ModelError(f"{url}: {cut}; what came is kept, run it again") from None
            time.sleep(patience.pause_seconds)
    found = _digest(part)
    if found != sha256:
        part.unlink()
        raise ModelError(f"{url}: the checksum is wrong, so it was thrown away (got {found})")
    part.replace(target)


class _Cut(Exception):
    """The connection failed in a way that trying again may mend."""


def _continue(url: str, part: Path, most_bytes: int, report: Report, patience: Patience) -> None:
    have = part.stat().st_size if part.exists() else 0
    headers = {"Range": f"bytes={have}-"} if have else {}
    times = (patience.connect_seconds, patience.read_seconds)
    try:
        with (
            _only_https() as session,
            session.get(url, headers=headers, stream=True, timeout=times) as answer,
        ):
            if answer.status_code == requests.codes.requested_range_not_satisfiable:
                return  # all of it is there already
            if not answer.ok:
                raise ModelError(f"{url}: the server answers {answer.status_code} {answer.reason}")
            if answer.status_code != requests.codes.partial_content:
                have = 0
            total = have + int(answer.headers.get("Content-Length", 0))
            _receive(answer, part, have, max(total, have), most_bytes, report, patience)
            if total and part.stat().st_size < total:
                raise _Cut("the connection was cut")
    except requests.exceptions.SSLError as error:
        raise ModelError(f"{url}: the certificate is not trusted ({error})") from None
    except requests.exceptions.InvalidSchema:
        raise ModelError(f"{url}: leads to an address that is not https; not followed") from None
    except requests.exceptions.RequestException as error:
        reason = "no answer" if isinstance(error, requests.exceptions.Timeout) else "no connection"
        raise _Cut(reason) from None


def _only_https() -> requests.Session:
    """A session that knows no other way, wherever a server sends it on to."""
    session = requests.Session()
    del session.adapters["http://"]
    return session


def _receive(
    answer: requests.Response,
    part: Path,
    have: int,
    total: int,
    most_bytes: int,
    report: Report,
    patience: Patience,
) -> None:
    """Append blocks until the end. Raises ModelError when it is too much or too slow."""
    window_start, window_bytes = time.monotonic(), 0
    with part.open("r+b" if have else "wb") as stream:
        stream.seek(have)
        for block in answer.iter_content(_BLOCK_BYTES):
            stream.write(block)
            have += len(block)
            window_bytes += len(block)
            report(have, total)
            if have > most_bytes:
                stream.truncate(0)
                raise ModelError(f"{answer.url}: larger than the {most_bytes} bytes expected")
            passed = time.monotonic() - window_start
            if passed > patience.slow_seconds:
                if window_bytes < patience.slowest_bytes_a_second * passed:
                    raise ModelError(
                        f"{answer.url}: too slow ({window_bytes / passed:.0f} bytes a second); "
                        "what came is kept, run it again later"
                    )
                window_start, window_bytes = time.monotonic(), 0


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
