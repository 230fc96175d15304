"""One conversation: words in, effects out, every event kept.

Joins understanding to the machine and the machine to the journal. No sound, no screen: the typed
and the spoken session both drive this.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Effect, Listen, Say
from voice_skill.dialog.events import Answered, Event, NoInput, NoMatch, Started
from voice_skill.dialog.history import NO_PAST, Past
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.machine import step
from voice_skill.dialog.state import State, decision
from voice_skill.understanding.understander import Understander
from voice_skill.visit.proposal import Proposal
from voice_skill.visit.second_look import Heard, looked_again, settled

Keep = Callable[[Event], None]
LookAgain = Callable[[], tuple[str, float]]
"""An open recogniser's words for what was just said, and how sure it is, 0..1; "" for nothing."""


def no_second_look() -> tuple[str, float]:
    """Where only the question's own grammar is listened with."""
    return "", 0.0


@dataclass(frozen=True)
class Turn:
    """One exchange, for the report: what was asked, heard and understood."""

    field: str
    said: str
    understood: Value | None
    outcome: str
    confidence: float = 1.0


@dataclass
class Conversation:
    """A dialog in progress.

    keep: told of each event before it takes effect. remember: told of what is left of the profile
    whenever something of it is deleted. notices: what is to be said before all else, such as that
    an event could not be kept.
    """

    dialog: Dialog
    understander: Understander
    keep: Keep = lambda event: None
    today_weekday: int | None = None
    state: State = field(default_factory=State)
    remember: Callable[[Mapping[str, Value]], None] = lambda profile: None
    notices: list[str] = field(default_factory=list)
    floor: Listen | None = None
    turns: list[Turn] = field(default_factory=list)

    @classmethod
    def from_dialog(
        cls, dialog: Dialog, keep: Keep = lambda event: None, today_weekday: int | None = None
    ) -> "Conversation":
        """A conversation that has not begun."""
        understander = Understander.from_dialog(dialog)
        return cls(dialog, understander, keep, today_weekday)

    @property
    def finished(self) -> bool:
        """Whether nothing more will be asked."""
        return self.state.finished is not None

    @property
    def summary(self) -> str:
        """The result in one sentence."""
        return decision(self.dialog, self.state).spoken[0]

    def begin(
        self,
        profile: Mapping[str, Value] | None = None,
        past: Past = NO_PAST,
        asks: tuple[str, ...] = (),
    ) -> tuple[Effect, ...]:
        """Start from the first question."""
        return self.take(Started(dict(profile or {}), past, asks))

    def hear(self, text: str, confidence: float = 1.0, certain: bool = True) -> tuple[Effect, ...]:
        """Something was said: understand it in the question that is open."""
        return self.take(self.understand(text, confidence, certain))

    def hear_spoken(
        self, text: str, confidence: float, certain: bool, alone: bool = True
    ) -> tuple[Effect, ...]:
        """The same by ear; see `event_of_answer`."""
        return self.take(self.event_of_answer(text, confidence, certain, alone))

    def hear_pieces(self, text: str) -> tuple[Effect, ...]:
        """Words by ear that make no whole answer; see `event_of_pieces`."""
        return self.take(self.event_of_pieces(text))

    def event_of_answer(
        self,
        text: str,
        confidence: float,
        certain: bool,
        alone: bool = True,
        again: LookAgain = no_second_look,
    ) -> Heard:
        """What an answer by ear is: what reassures and is not plain is read back before it counts.

        alone: whether no other sound was as loud; see `Understander.clear_by_ear`. again: asked
        only where the answer is not settled by that.
        """
        event = self.understand(text, confidence, certain)
        clear = self.understander.clear_by_ear(self.asked, text, event.interpretation, alone)
        return self._again(replace(event, certain=certain and clear), again)

    def hear_unrated(self, text: str, confidence: float = 1.0) -> tuple[Effect, ...]:
        """By a recogniser that does not tell how sure it is: each answer but the gravest is read
        back before it counts. What was read back takes a plain yes, as by ear."""
        event = self.understand(text, confidence)
        asked = self.floor.field if self.floor else self.dialog.by_role("confirm")
        clear = self.understander.clear_unrated(asked, text, event.interpretation)
        return self.take(replace(event, certain=clear))

    def event_of_pieces(self, text: str, again: LookAgain = no_second_look) -> Heard:
        """What words by ear are that make no whole answer: only an alarm or a danger phrase
        among them is asked about, and what a second look makes of it."""
        alarm = self.understander.alarm(self.asked, text)
        pieces = NoMatch(text, alarm, self.understander.mentioned(self.asked, text))
        return self._again(pieces, again)

    def _again(self, first: Heard, again: LookAgain) -> Heard:
        """What a second look makes of an answer that the first one did not settle."""
        if settled(first):
            return first
        text, confidence = again()
        if not text:
            return first
        second = self.understand(text, confidence, certain=False)
        explained = self.understander.explains(self.asked, text)
        return looked_again(self.dialog, self.asked, first, second, explained)

    @property
    def asked(self) -> str:
        """The question that is open."""
        return self.floor.field if self.floor else self.dialog.by_role("confirm")

    def propose(self, event: Event) -> Proposal:
        """What would follow this event, of which nothing has happened yet."""
        return Proposal(event, step(self.dialog, self.state, event)[1])

    def understand(self, text: str, confidence: float = 1.0, certain: bool = True) -> Answered:
        """The event that these words make, without taking it."""
        asked = self.asked
        previous = self.floor.previous if self.floor else None
        meaning = self.understander.interpret(
            asked, text, previous=previous, today_weekday=self.today_weekday
        )
        findings: dict[str, Value] = {}
        if self.dialog.fields[asked].role == "opening" and meaning.outcome in ("match", "danger"):
            findings = self.understander.harvest(text)
        return Answered(meaning, text, confidence, certain, findings)

    def take(self, event: Event) -> tuple[Effect, ...]:
        """Keep an event, then let the machine act on it."""
        self.keep(event)
        self._note(event)
        before = self.state
        self.state, effects = step(self.dialog, self.state, event)
        forgotten = before.remembers and not self.state.remembers
        if forgotten or before.profile.keys() - self.state.profile.keys():
            self.remember(self.state.profile)
        if self.notices:
            effects = (Say(tuple(self.notices)), *effects)
            self.notices.clear()
        self.floor = next((e for e in reversed(effects) if isinstance(e, Listen)), None)
        return effects

    def _note(self, event: Event) -> None:
        asked = self.floor.field if self.floor else ""
        if isinstance(event, Answered):
            meaning = event.interpretation
            self.turns.append(
                Turn(asked, event.said, meaning.value, meaning.outcome, event.confidence)
            )
        elif isinstance(event, NoInput | NoMatch):
            outcome = "noinput" if isinstance(event, NoInput) else "nomatch"
            said = event.said if isinstance(event, NoMatch) else ""
            self.turns.append(Turn(asked, said, None, outcome, 0.0))
