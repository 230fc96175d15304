"""What was tried and which faults came out, as a table."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

MAX_SHOWN = 12


@dataclass
class Tally:
    """Counts by kind. until: when to stop, on the monotonic clock."""

    until: float
    tried: dict[str, int] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        """Whether the time is spent."""
        return time.monotonic() > self.until

    def note(self, kind: str, fault: str | None, what: str = "", count: int = 1) -> None:
        """One trial, or several at once. what: enough to do it again."""
        self.tried[kind] = self.tried.get(kind, 0) + count
        if fault:
            self.faults.setdefault(kind, []).append(f"{fault}  <- {what}")

    def skip(self, kind: str, why: str) -> None:
        """A kind that cannot be tried here."""
        self.skipped[kind] = why

    def take(self, other: "Tally") -> None:
        """Add what another one holds."""
        for kind, count in other.tried.items():
            self.tried[kind] = self.tried.get(kind, 0) + count
            self.faults.setdefault(kind, []).extend(other.faults.get(kind, []))
        self.skipped.update(other.skipped)

    @property
    def found(self) -> int:
        """All faults."""
        return sum(map(len, self.faults.values()))

    def lines(self) -> list[str]:
        """The table, and the first faults of each kind."""
        wide = max(map(len, [*self.tried, *self.skipped, "kind"]))
        rows = [f"{'kind':{wide}}  {'tried':>7}  {'faults':>7}"]
        for kind, count in self.tried.items():
            rows.append(f"{kind:{wide}}  {count:7}  {len(self.faults.get(kind, [])):7}")
        rows += [f"{kind:{wide}}  skipped: {why}" for kind, why in self.skipped.items()]
        for kind, found in filter(lambda item: item[1], self.faults.items()):
            rows += ["", f"{kind}:", *(f"  {text[:300]}" for text in found[:MAX_SHOWN])]
            rows += [f"  and {len(found) - MAX_SHOWN} more"] if len(found) > MAX_SHOWN else []
        return rows


Attack = Callable[[Tally], None]
