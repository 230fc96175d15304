"""The clinical numbers against their second entry: none is milder than `safety.yaml` allows."""

from collections.abc import Iterator
from typing import cast

from voice_skill.dialog.limits import Number
from voice_skill.dialog.model import CARE_ORDER, CareLevel
from voice_skill.dialog.safety import Bound, numbers
from voice_skill.proof.finding import Finding
from voice_skill.proof.table import Table

RULE = "limits_hold"


def held(table: Table) -> Iterator[Finding]:
    """Every number has a second entry, and is within it."""
    bounds = table.safety.limits
    if bounds is None:  # a dialog without any second entry
        return
    found = numbers(table.dialog)
    for name in dict.fromkeys((*found, *bounds)):
        bound, value = bounds.get(name), found.get(name)
        if bound is None:
            yield _finding(name, "has no second entry", "write what it may be under limits there")
        elif value is None or not _within(value, bound):
            is_now = "is not set" if value is None else f"is {value}"
            yield _finding(name, f"{is_now}, but must be {bound.in_words()} ({bound.source})",
                           "change it back, or both entries together with a clinician")  # fmt: skip


def _finding(name: str, what: str, suggestion: str) -> Finding:
    return Finding(
        RULE, "error", f"safety.yaml: the limit '{name}' {what}", suggestion, _about(name)
    )


def _about(name: str) -> tuple[str, str]:
    section, _, key = name.partition(".")
    return ("end", key) if section == "no_run_days" else ("limits", name)


def _within(value: Number, bound: Bound) -> bool:
    if bound.exactly is not None:
        return value == bound.exactly
    low, high = bound.at_least, bound.at_most
    return (low is None or _size(value) >= _size(low)) and (high is None or _size(value) <= high)


def _size(value: Number) -> int:
    """A number, or a care level by its rank."""
    return value if isinstance(value, int) else CARE_ORDER.index(cast(CareLevel, value))
