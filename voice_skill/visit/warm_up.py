"""A warm-up in progress: words in, effects out, everything noted. No sound, no clock."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from voice_skill.coaching.choosing import exercise_at
from voice_skill.coaching.effects import Count, Earcon, Effect, Say
from voice_skill.coaching.events import Began, DeviceChanged, Event, Heard, Resumed, Tick
from voice_skill.coaching.library import Library
from voice_skill.coaching.machine import step
from voice_skill.coaching.meaning import Meaning
from voice_skill.coaching.pace import speech_seconds
from voice_skill.coaching.state import Coach, State
from voice_skill.dialog.dialog import Dialog

RowKind = Literal["say", "count", "earcon", "heard", "end"]


@dataclass(frozen=True)
class Row:
    """One thing that happened, for the screen and for machines. words: how a count is said."""

    at_seconds: float
    kind: RowKind
    drill: str | None
    text: str
    words: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain data, the time to the thousandth."""
        at = round(self.at_seconds, 3)
        return {"at_seconds": at, "kind": self.kind, "drill": self.drill, "text": self.text}


@dataclass
class WarmUp:
    """Drives the machine and notes what happens.

    keep: told of each event before it takes effect. at_seconds: of the last event. free_speech:
    whether what is said comes as whole sentences, not out of the grammar of a moment.
    """

    dialog: Dialog
    coach: Coach
    library: Library
    state: State = field(default_factory=State)
    rows: list[Row] = field(default_factory=list)
    keep: Callable[[Event], None] = lambda event: None
    at_seconds: float = 0.0
    cut_off: bool = False
    free_speech: bool = True

    @property
    def drill(self) -> str | None:
        """The drill that is going on, or the one a check-in asks about."""
        place = self.state.place
        if place.phase == "opening":
            return None
        question = self.state.question
        between = bool(question and question.name in ("check_in", "end", "pain"))
        index = place.exercise - (between and place.phase == "setup")
        if not 0 <= index < len(self.coach.exercises):
            return None
        return exercise_at(self.coach, self.state, index).id

    def take_up(self, events: Iterable[Event]) -> None:
        """Come to where the same events led before it was cut off; nothing is done again.

        To the beginning, where what was heard did not mean what is kept of it.
        """
        self.cut_off = True
        for event in events:
            if isinstance(event, Heard) and self.understand(event.said) != event.meaning:
                self.state, self.at_seconds = State(), 0.0
                return
            self.state, _ = step(self.coach, self.state, event)
            self.at_seconds = event.at_seconds

    def begin(self) -> tuple[Effect, ...]:
        """Say the opening, or take up what was cut off."""
        at = self.at_seconds
        return self.take(Resumed(at) if self.cut_off else Began(at))

    def hear(
        self, at_seconds: float, said: str, meaning: Meaning | None = None
    ) -> tuple[Effect, ...]:
        """Something was said: understand it where the warm-up stands, unless it is known."""
        self.rows.append(Row(at_seconds, "heard", self.drill, said))
        return self.take(Heard(at_seconds, meaning or self.understand(said), said))

    def understand(self, said: str) -> Meaning:
        """What these words mean here and now, without acting on them."""
        question = self.state.question
        name = question.name if question else None
        return self.library.ear.understand(said, self.drill, name, self.free_speech)

    def tick(self, at_seconds: float) -> tuple[Effect, ...]:
        """Time has passed."""
        return self.take(Tick(at_seconds))

    @property
    def next_sound(self) -> Count | Earcon | None:
        """What the next beat will sound like, if it is one and nothing comes before it."""
        due = self.state.due_seconds
        if due is None or not self.state.moving:
            return None
        _, effects = step(self.coach, self.state, Tick(due))
        sounds = [effect for effect in effects if isinstance(effect, Count | Earcon)]
        return sounds[0] if len(sounds) == len(effects) == 1 else None

    def device(
        self, at_seconds: float, present: bool, device: Literal["input", "output"]
    ) -> tuple[Effect, ...]:
        """The microphone or the loudspeaker went away or came back."""
        return self.take(DeviceChanged(at_seconds, present, device))

    def take(self, event: Event) -> tuple[Effect, ...]:
        """Let the machine act on an event, and note what it does."""
        self.keep(event)
        at = self.at_seconds = event.at_seconds
        due = self.state.due_seconds
        if isinstance(event, Tick) and due is not None and self.state.moving:
            at = max(due, at - 0.3)
        self.state, effects = step(self.coach, self.state, event)
        for effect in effects:
            if isinstance(effect, Say):
                for line in effect.lines:
                    self.rows.append(Row(at, "say", self.drill, line))
                    at += speech_seconds((line,))
            elif isinstance(effect, Count):
                in_words = self.library.language.numbers.in_words(effect.number)
                self.rows.append(Row(at, "count", self.drill, str(effect.number), in_words))
            elif isinstance(effect, Earcon):
                self.rows.append(Row(at, "earcon", self.drill, effect.name))
        return effects

    def note_end(self, at_seconds: float, outcome: str) -> None:
        """The last row: what came of it."""
        self.rows.append(Row(at_seconds, "end", None, outcome))
