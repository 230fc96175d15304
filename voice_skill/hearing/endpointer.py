"""Deciding that someone has finished speaking. Pure: levels, partial texts and times in.

People leave about 200 ms between turns; Vosk's own endpoint comes 750 to 900 ms after a word
(measured with the starter model). A whole answer that nothing longer begins with may end sooner.
"""

from dataclasses import dataclass
from typing import Literal

Decision = Literal["wait", "end", "noinput"]
Completeness = Literal["complete", "extendable", "partial", "none"]


PAUSE_SECONDS, STEADY_SECONDS = 0.15, 0.1
"""Quiet for so long after words that stand still, somebody may have done: a reply may begin, which
is taken back if they have not."""
LATE_SECONDS = 0.4
LATE_LIMIT_SECONDS = 2.0
"""Someone who begins to speak just as the time runs out is let finish, within bounds."""


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds of no change after the last word."""

    complete_seconds: float = 0.25
    extendable_seconds: float = 0.6
    partial_seconds: float = 1.0
    noinput_seconds: float = 7.0
    utterance_seconds: float = 12.0


@dataclass
class Endpointer:
    """Follows one utterance block by block."""

    patience: Patience = Patience()
    _text: str = ""
    _changed_at: float = 0.0
    _began_at: float | None = None
    _loud_at: float = 0.0
    _now: float = 0.0

    def hear(self, text: str, completeness: Completeness, loud: bool, at: float) -> Decision:
        """The decision after a block that ends at `at` seconds from the start of listening."""
        self._now = at
        if text != self._text:
            self._text, self._changed_at = text, at
        if loud:
            self._loud_at = at
        if not text:
            self._began_at = None
            over = at - self.patience.noinput_seconds
            still_talking = at - self._loud_at < LATE_SECONDS and over < LATE_LIMIT_SECONDS
            return "noinput" if over >= 0 and not still_talking else "wait"
        if self._began_at is None:
            self._began_at = at
        if at - self._began_at >= self.patience.utterance_seconds:
            return "end"
        still = at - self._changed_at
        quiet = at - self._loud_at
        needed = self._needed(completeness)
        if still >= needed and (quiet >= 0.1 or still >= 2 * needed):
            return "end"
        return "wait"

    @property
    def pausing(self) -> bool:
        """Whether there are words, and a pause after them that may be the end."""
        steady = self._now - self._changed_at >= STEADY_SECONDS
        return bool(self._text) and steady and self._now - self._loud_at >= PAUSE_SECONDS

    def _needed(self, completeness: Completeness) -> float:
        if completeness == "complete":
            return self.patience.complete_seconds
        if completeness == "extendable":
            return self.patience.extendable_seconds
        return self.patience.partial_seconds
