"""What may be believed of the clock. A small computer without one begins each day in 1970, or where
it was last switched off."""

import sys
from datetime import date, datetime
from pathlib import Path

EARLIEST = date(2026, 1, 1)
"""Before the year of the first version nothing can have been kept, and no clock is right."""
LATEST = date(2100, 1, 1)
MAX_GAP_DAYS = 366
"""A longer time between two sessions is more likely a clock that jumped."""
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_OWN_CLOCKS = Path("/sys/class/rtc")
_SYNCHRONISED = Path("/run/systemd/timesync/synchronized")


def now_here() -> datetime:
    """The time, with the zone of this device."""
    return datetime.now().astimezone()


def is_possible(day: date) -> bool:
    """Whether a clock that is right can have shown this day."""
    return EARLIEST <= day < LATEST


def boot() -> str:
    """Tells apart what was before a restart and after it, where the system can."""
    try:
        return _BOOT.read_text().strip()
    except OSError:
        return ""


def outlives_power() -> bool:
    """Whether the time is known after a restart: by a clock with a battery, or from the network."""
    if sys.platform != "linux":
        return True
    return any(_OWN_CLOCKS.glob("rtc*")) or _SYNCHRONISED.exists()
