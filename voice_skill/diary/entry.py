"""One session in the diary."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from voice_skill.errors import StorageError
from voice_skill.reporting.report import Report

Morning = Literal["yes", "no"]
"""Next morning: was it back to the level of the day before?"""


@dataclass(frozen=True)
class Entry:
    """What a session came to. pain: 0 to 10, the highest that was told. None: not known."""

    started_at: str
    care: str
    activity: str | None = None
    pain: int | None = None
    routine: str | None = None
    outcome: str | None = None
    done: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    morning: Morning | None = None
    since_rest: str | None = None
    """At a weekly check-in of a rest: better, same or worse."""
    rules: tuple[str, ...] = ()
    """The rules that decided."""
    limited: bool = False
    """Whether something in the warm-up spoke against running that day."""
    ladder: str | None = None
    """The step of the way back to running that was done, and what came of it."""

    @classmethod
    def from_report(cls, report: Report) -> "Entry | None":
        """The entry of a session that came to a level; None for one that did not."""
        if report.care is None:
            return None
        warm_up = report.warm_up or {}
        ladder = report.ladder or {}
        told = [report.fields.get("pain"), warm_up.get("pain"), ladder.get("pain")]
        return cls(
            report.started_at,
            report.care,
            report.activity,
            max((int(pain) for pain in told if pain is not None), default=None),
            warm_up.get("routine"),
            warm_up.get("outcome"),
            tuple(warm_up.get("done", ())),
            tuple(warm_up.get("skipped", ())),
            since_rest=report.fields.get("since_rest"),  # type: ignore[arg-type]
            rules=tuple(rule for rule, _ in report.rules),
            limited=warm_up.get("limited", False),
            ladder=ladder.get("told"),
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Entry":
        """The entry that `to_json` made. Raises StorageError on anything else."""
        try:
            lists = {n: tuple(data.get(n, ())) for n in ("done", "skipped", "rules")}
            entry = cls(**{**data, **lists})
            _ = entry.when
        except (KeyError, TypeError, ValueError) as error:
            raise StorageError(f"an entry makes no sense: {error}") from None
        if entry.morning not in (None, *get_args(Morning)):
            raise StorageError(f"an entry makes no sense: morning is '{entry.morning}'")
        return entry

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)

    @property
    def when(self) -> datetime:
        """When it began, with its time zone."""
        found = datetime.fromisoformat(self.started_at)
        return found if found.tzinfo else found.astimezone()
