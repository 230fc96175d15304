"""One session in the diary."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from voice_skill.dialog.fields import MAX_PAIN
from voice_skill.dialog.model import CARE_ORDER
from voice_skill.dialog.roles import Roles
from voice_skill.errors import StorageError
from voice_skill.visit.report import Report

Morning = Literal["yes", "no"]
"""Next morning: was it back to the level of the day before?"""
_LISTS = ("done", "skipped", "rules")
_WORDS = ("activity", "routine", "outcome", "since_rest", "ladder", "session")


def _texts(found: object) -> bool:
    return isinstance(found, list | tuple) and all(isinstance(item, str) for item in found)


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
    session: str | None = None
    """Which session it was; an earlier version did not tell."""

    @property
    def identity(self) -> str:
        """What no other session has."""
        return self.session or self.started_at

    @classmethod
    def from_report(cls, report: Report, roles: Roles) -> "Entry | None":
        """The entry of a session that came to a level; None for one that did not."""
        if report.care is None:
            return None
        warm_up = report.warm_up or {}
        ladder = report.ladder or {}
        told = [roles.pain_of(report.fields), warm_up.get("pain"), ladder.get("pain")]
        rest = report.fields.get(roles.since_rest) if roles.since_rest else None
        return cls(
            report.started_at,
            report.care,
            report.activity,
            max((int(pain) for pain in told if pain is not None), default=None),
            warm_up.get("routine"),
            warm_up.get("outcome"),
            tuple(warm_up.get("done", ())),
            tuple(warm_up.get("skipped", ())),
            since_rest=str(rest) if rest is not None else None,
            rules=tuple(rule for rule, _ in report.rules),
            limited=warm_up.get("limited", False),
            ladder=ladder.get("told"),
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Entry":
        """The entry that `to_json` made. Raises StorageError on anything else."""
        if not isinstance(data, Mapping):
            raise StorageError("an entry makes no sense: it has no names")
        try:
            lists = {name: tuple(data.get(name, ())) for name in _LISTS}
            entry = cls(**{**data, **lists})
            _ = entry.when.astimezone()
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise StorageError(f"an entry makes no sense: {error}") from None
        wrong = next((n for n, possible in entry._possible(data).items() if not possible), None)
        if wrong:
            raise StorageError(f"an entry makes no sense: {wrong} is {data.get(wrong)!r}")
        return entry

    def _possible(self, data: Mapping[str, Any]) -> dict[str, bool]:
        """Whether each value is one that may have been written: rules and pages go by them."""
        whole = type(self.pain) is int and 0 <= self.pain <= MAX_PAIN
        return {
            "care": self.care in CARE_ORDER,
            "pain": self.pain is None or whole,
            "morning": self.morning in (None, *get_args(Morning)),
            "limited": isinstance(self.limited, bool),
            **{n: isinstance(getattr(self, n), str | None) for n in _WORDS},
            **{n: _texts(data.get(n, ())) for n in _LISTS},
        }

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)

    @property
    def when(self) -> datetime:
        """When it began, with its time zone."""
        found = datetime.fromisoformat(self.started_at)
        return found if found.tzinfo else found.astimezone()
