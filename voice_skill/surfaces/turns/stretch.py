"""A warm-up up to where it listens next: what is said and counted till then if nobody speaks. Pure.

An assistant speaks, and then listens; it cannot do both. So a warm-up is handed to it in stretches.
The machine itself stays where the stretch began, and is brought to the very moment when somebody
speaks into it.
"""

from dataclasses import dataclass, replace

from voice_skill.coaching.pace import speech_seconds
from voice_skill.surfaces.turns.passage import Passage
from voice_skill.visit.warm_up import Row, WarmUp

MAX_SECONDS = 180.0
"""After so long it is listened for a while, question or not."""
MAX_TICKS = 5000
ANSWER_AFTER_SECONDS = 1.0
"""So long after a question its answer is noted."""


@dataclass(frozen=True)
class Stretch:
    """rows: all that sounds, by the time of the machine. ticks: the moments on the way.

    begins_seconds, ends_seconds: by the same clock. over: whether the warm-up ends with it.
    """

    before: WarmUp
    rows: tuple[Row, ...]
    ticks: tuple[float, ...]
    begins_seconds: float
    ends_seconds: float
    over: bool

    @classmethod
    def of(cls, warm_up: WarmUp, said: tuple[Row, ...]) -> "Stretch":
        """From where a warm-up stands. said: what is to be said there already."""
        ahead, begins = _copy(warm_up), warm_up.at_seconds
        ticks: list[float] = []
        while not _listens(ahead) and len(ticks) < MAX_TICKS:
            due = ahead.state.due_seconds
            if due is None:
                break
            at = max(ahead.at_seconds, min(due, begins + MAX_SECONDS))
            ahead.tick(at)
            ticks.append(at)
            if at < due:
                break
        rows = (*said, *ahead.rows)
        ends = [row.at_seconds + speech_seconds((row.text,)) for row in rows if row.kind == "say"]
        until, over = max([ahead.at_seconds, *ends]), ahead.state.ended is not None
        return cls(_copy(warm_up), rows, tuple(ticks), begins, until, over)

    @property
    def passage(self) -> Passage:
        """What is to be said and to sound, in time."""
        return Passage(self.rows, self.begins_seconds, self.ends_seconds)

    def at(self, seconds: float) -> WarmUp:
        """How the warm-up stands at a time, to listen by; nothing of it counts."""
        there = _copy(self.before)
        self.bring(there, seconds)
        return there

    def bring(self, warm_up: WarmUp, seconds: float) -> None:
        """Let the warm-up come to a time of this stretch."""
        for at in self.ticks:
            if at <= seconds and warm_up.state.ended is None:
                warm_up.tick(at)

    def answered_at(self, seconds: float, warm_up: WarmUp) -> float:
        """When what was said counts as said: at its end a question has just been asked.

        Never after the time for an answer, which the machine alone measures.
        """
        if seconds < self.ends_seconds:
            return max(seconds, warm_up.at_seconds)
        due = warm_up.state.due_seconds
        at = max(self.ends_seconds, warm_up.at_seconds) + ANSWER_AFTER_SECONDS
        return at if due is None else max(warm_up.at_seconds, min(at, due))


def _listens(warm_up: WarmUp) -> bool:
    state = warm_up.state
    return state.question is not None or state.ended is not None or state.paused


def _copy(warm_up: WarmUp) -> WarmUp:
    return replace(warm_up, rows=[], keep=lambda event: None)
