"""A first start in progress: words in, effects out, as of a check."""

from dataclasses import dataclass, field

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Effect, Listen
from voice_skill.dialog.events import Answered, Event
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.setup.figures import number_in
from voice_skill.setup.machine import Progress, step
from voice_skill.setup.questions import Plan, asking
from voice_skill.understanding.understander import Understander
from voice_skill.visit.conversation import Conversation, LookAgain, no_second_look
from voice_skill.visit.proposal import Proposal
from voice_skill.visit.second_look import Heard


@dataclass
class SetupTalk(Conversation):
    """A conversation of the first start. Nothing that is said in it is kept but the number."""

    plan: Plan | None = None
    progress: Progress = field(default_factory=Progress)

    @classmethod
    def planned(cls, dialog: Dialog, plan: Plan) -> "SetupTalk":
        """One that has not begun."""
        both = asking(dialog, plan)
        return cls(both, Understander.from_dialog(both), plan=plan)

    def understand(self, text: str, confidence: float = 1.0, certain: bool = True) -> Answered:
        """As in a check, but a number is read figure by figure: "one one" is no stutter there."""
        number = self._number(text)
        if number is None:
            return super().understand(text, confidence, certain)
        return Answered(Interpretation("match", number), text, confidence, certain)

    def event_of_pieces(self, text: str, again: LookAgain = no_second_look) -> Heard:
        """By ear, words that make no answer of a check; a number may be among them all the same."""
        if self._number(text) is None:
            return super().event_of_pieces(text, again)
        return self.understand(text, certain=False)

    def propose(self, event: Event) -> Proposal:
        """What would follow this event, of which nothing has happened yet."""
        assert self.plan is not None
        return Proposal(event, step(self.plan, self.dialog, self.progress, event)[1])

    def _number(self, text: str) -> str | None:
        """The number that was said, where one is asked for."""
        assert self.plan is not None
        here = self.plan.file.steps.get(self.floor.field) if self.floor else None
        return number_in(self.plan.file, text) if here and here.kind == "number" else None

    def take(self, event: Event) -> tuple[Effect, ...]:
        """Let the machine of the first start act on an event."""
        assert self.plan is not None
        self.progress, effects = step(self.plan, self.dialog, self.progress, event)
        self.state = self.progress.state
        self.floor = next((e for e in reversed(effects) if isinstance(e, Listen)), None)
        return effects
