"""A script of a typed session: a line an answer, and what stands before and after the answers."""

from dataclasses import dataclass

from voice_skill.dialog.history import FLAGS, NO_PAST, Past
from voice_skill.errors import UsageError

DIARY = "<diary>"
"""Begins a first line that tells what the diary holds: `<diary> check_due three_weeks`."""
WARM_UP = "<warm-up>"
"""The line after which lines answer the questions of the warm-up."""


@dataclass(frozen=True)
class Script:
    """What is said, and what earlier days left. warm_up: None where no warm-up is to be done."""

    talk: tuple[str, ...]
    past: Past = NO_PAST
    warm_up: tuple[str, ...] | None = None

    @classmethod
    def from_lines(cls, lines: list[str]) -> "Script":
        """Raises UsageError for a diary that holds what no rule knows."""
        past = NO_PAST
        if lines and lines[0].startswith(DIARY):
            past, lines = _past(lines[0]), lines[1:]
        marks = [index for index, line in enumerate(lines) if line.strip() == WARM_UP]
        if not marks:
            return cls(tuple(lines), past)
        return cls(tuple(lines[: marks[0]]), past, tuple(lines[marks[0] + 1 :]))


def _past(line: str) -> Past:
    flags = frozenset(line.removeprefix(DIARY).replace(",", " ").split())
    unknown = sorted(flags - FLAGS)
    if unknown:
        known = ", ".join(sorted(FLAGS))
        raise UsageError(f"{DIARY} cannot hold '{unknown[0]}'; it is one of {known}")
    return Past(flags)
