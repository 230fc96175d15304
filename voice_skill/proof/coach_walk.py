"""A bounded search over the coach's `step`: whatever is said, in any order, nothing unsafe follows.

From every kind of moment of a warm-up, all ways of so many events are walked: every answer, command
and warning that there is a word for, silence, and time going on. A way that is unsafe is told as an
event file for `coach --virtual`.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from operator import attrgetter

from voice_skill.coaching.choosing import exercise_at
from voice_skill.coaching.effects import Count, Effect
from voice_skill.coaching.events import Began, Event, Heard, Tick
from voice_skill.coaching.machine import step
from voice_skill.coaching.meaning import Meaning
from voice_skill.coaching.state import Coach, State, Step
from voice_skill.runtime.typed.check import SILENCE

MAX_EVENTS = 3
"""Beyond the way to a moment: two answers to one question, and what follows."""
MAX_BEATS = 400
"""More than any drill has."""
REPLY_SECONDS = 0.5
PAIN_ASKED = ("pain", "end", "check_in", "hurting")
"""Where a bare number is pain."""
WARNINGS = ("danger", "travels", "drill")
UNMARKED = ("due_seconds", "left_seconds", "forms")
"""Of a state, what tells no moments apart, or is no value to compare by."""
_kept = attrgetter(*(f.name for f in fields(State) if f.name not in UNMARKED))
Understand = Callable[[str, str | None, str | None], Meaning]


@dataclass(frozen=True)
class Moment:
    """Where a way has led. pain: the worst that was told on it. far: whether it was said to travel.

    lines: what was said on it, as an event file. effects: of its last event. heard: its meaning.
    """

    state: State
    at_seconds: float
    pain: int = -1
    far: bool = False
    lines: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    heard: Meaning | None = None

    @property
    def mark(self) -> Hashable:
        """The same for moments that go on alike."""
        forms = frozenset(self.state.forms.items())
        return _kept(self.state), forms, self.pain, self.far


@dataclass(frozen=True)
class Walk:
    """One warm-up to be searched. texts: what may be said in it."""

    coach: Coach
    texts: tuple[str, ...]
    understand: Understand
    well: Mapping[str, str]
    """Of a question, what somebody who is well says to it."""
    step: Callable[[Coach, State, Event], Step] = step

    def moments(self) -> Iterator[tuple[Moment, Moment]]:
        """Every step of every way: before and after."""
        seen: set[Hashable] = set()
        for first in self._beginnings():
            level = [first]
            for _ in range(MAX_EVENTS):
                after = [(m, n) for m in level for n in self._next(m)]
                yield from after
                level = []
                for _, moment in after:
                    mark = moment.mark
                    if mark not in seen and not moment.state.ended:
                        seen.add(mark)
                        level.append(moment)

    def _beginnings(self) -> Iterator[Moment]:
        """The first moment of each kind in the warm-up of somebody who is well."""
        state, _ = self.step(self.coach, State(), Began(0.0))
        moment, kinds = Moment(state, 0.0), set()
        while not moment.state.ended:
            question = moment.state.question
            kind = question.name if question else moment.state.place.phase
            if kind not in kinds:
                kinds.add(kind)
                yield moment
            said = self.well.get(question.name) if question else None
            moment = self._said(moment, said) if said else self._tick(moment)

    def _next(self, moment: Moment) -> Iterator[Moment]:
        for text in self.texts:
            yield self._said(moment, text)
        yield self._gone_on(moment) if moment.state.moving else self._tick(moment)

    def _said(self, moment: Moment, text: str) -> Moment:
        state, due = moment.state, moment.state.due_seconds
        wait = REPLY_SECONDS if due is None else (due - moment.at_seconds) / 2
        at = moment.at_seconds + max(0.0, min(REPLY_SECONDS, wait))
        question = state.question.name if state.question else None
        meaning = self.understand(text, self._drill(state), question)
        after, effects = self.step(self.coach, state, Heard(at, meaning, text))
        asked = meaning.kind == "hurts" or (meaning.kind == "number" and question in PAIN_ASKED)
        told = meaning.value if asked else None
        pain = max(moment.pain, told if isinstance(told, int) else -1)
        far, reach = moment.far or meaning.kind == "travels", self.coach.roles.reach
        if meaning.kind == "reach":
            far = reach is None or meaning.value != reach.nowhere
        lines = (*moment.lines, f"{at:.2f} {text}")
        return Moment(after, at, pain, far, lines, effects, meaning)

    def _drill(self, state: State) -> str | None:
        index = state.place.exercise
        if state.place.phase == "opening" or index >= len(self.coach.exercises):
            return None
        return exercise_at(self.coach, state, index).id

    def _tick(self, moment: Moment) -> Moment:
        """The next beat, or the end of the time for an answer."""
        due = moment.state.due_seconds
        at = moment.at_seconds if due is None else due
        asked = moment.state.question is not None
        lines = (*moment.lines, f"{moment.at_seconds:.2f} {SILENCE}") if asked else moment.lines
        state, effects = self.step(self.coach, moment.state, Tick(at))
        return replace(moment, state=state, at_seconds=at, lines=lines, effects=effects, heard=None)

    def _gone_on(self, moment: Moment) -> Moment:
        """Time goes on to the next drill or question. effects: all of it."""
        first, found = moment.state.place.exercise, list[Effect]()
        for _ in range(MAX_BEATS):
            if not moment.state.moving or moment.state.place.exercise != first:
                break
            moment = self._tick(moment)
            found += moment.effects
        return replace(moment, effects=tuple(found))


def unsafe(coach: Coach, before: Moment, after: Moment) -> str | None:
    """What must not have happened between two moments; None where all is well."""
    state, end = after.state, after.state.ended
    warned = after.heard is not None and after.heard.kind in WARNINGS
    counted = any(isinstance(effect, Count) for effect in after.effects)
    if (warned and state.moving and _stops(after)) or (counted and before.state.reach_doubt):
        return "the count goes on after a warning"
    if end is not None and end.outcome in ("run", "walk"):
        limits = coach.limits
        if after.far:
            return f"pain that travels was told, and it ends in {end.outcome}"
        if after.pain >= limits.rest_pain.value:
            return f"pain {after.pain} was told, and it ends in {end.outcome}"
        if end.outcome == "run" and after.pain > limits.easy_pain.value:
            return f"pain {after.pain} was told, and it ends in a run"
        if end.outcome == "run" and after.pain < 0:
            return "no pain was asked for, and it ends in a run"
    if after.heard is None and before.state.question is not None:
        passes = state.moving and before.state.question.name != "floor"
        if passes or (end is not None and end.outcome in ("run", "walk", "URGENT")):
            return f"silence passes the question '{before.state.question.name}'"
    return None


def _stops(after: Moment) -> bool:
    """Whether the warning is one that a drill's own words do not answer with another form of it."""
    assert after.heard is not None
    return after.heard.kind != "drill" or after.heard.value == "ask"
