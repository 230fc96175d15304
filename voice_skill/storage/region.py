"""Where the system says it is: its time zone and its language must agree, or nothing is said.

A wrong emergency number is worse than none. The time zone tells more than the language (many use
en_US anywhere), and both are often left as they were delivered.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

_TERRITORY = re.compile(r"[a-zA-Z]{2,3}[_-]([A-Z]{2})\b")
_ZONES = Path("/usr/share/zoneinfo")
_LOCAL = Path("/etc/localtime")


def region(
    environment: Mapping[str, str] | None = None, local: Path = _LOCAL, zones: Path = _ZONES
) -> str | None:
    """An ISO 3166 code, or None where the system does not say or contradicts itself."""
    by_zone = _region_of_zone(_zone(environment or os.environ, local), zones)
    by_language = _region_of_language(environment or os.environ)
    if by_language is not None and by_language != by_zone:
        return None
    return by_zone


def _zone(environment: Mapping[str, str], local: Path) -> str:
    """Such as Europe/London."""
    named = environment.get("TZ", "").removeprefix(":")
    if named:
        return named
    try:
        return str(local.resolve(strict=True)).rpartition("zoneinfo/")[2]
    except OSError:
        return ""


def _region_of_zone(zone: str, zones: Path) -> str | None:
    """The only region of a time zone, by the system's own table."""
    try:
        rows = (zones / "zone.tab").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")]
    found = {cell[0] for cell in cells if len(cell) > 2 and cell[2] == zone}
    return found.pop() if len(found) == 1 else None


def _region_of_language(environment: Mapping[str, str]) -> str | None:
    chosen = next((environment[n] for n in ("LC_ALL", "LANG") if environment.get(n)), "")
    found = _TERRITORY.match(chosen)
    return found[1] if found else None
