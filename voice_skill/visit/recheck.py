"""Asking the safety questions again when a warm-up met a warning sign.

What was known stays known, the emergency block is asked anew, and the result is never lower than
what was found before.
"""

from dataclasses import dataclass, field, replace

from voice_skill.coaching.effects import Reopening
from voice_skill.dialog.asking import advance
from voice_skill.dialog.decision import Decision, rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Effect, Finish, Listen, Say
from voice_skill.dialog.events import Answered, Event, NoInput
from voice_skill.dialog.interpretation import Interpretation, Value
from voice_skill.dialog.model import CareLevel
from voice_skill.dialog.state import State, Tries, decision
from voice_skill.understanding.understander import Understander
from voice_skill.visit.conversation import Conversation


@dataclass
class Retriage(Conversation):
    """A conversation taken up again. floor_care: the least that may come of it."""

    floor_care: CareLevel = "REST"
    raised: bool = False
    """Whether the floor is above what the questions alone came to."""
    spoken: list[str] = field(default_factory=list)
    """What was said since something was last heard."""

    @classmethod
    def after(
        cls, dialog: Dialog, understander: Understander, earlier: State | None, why: Reopening
    ) -> tuple["Retriage", tuple[Effect, ...]]:
        """Begin again with what the warm-up found. earlier: None without a triage before it.

        understander: the one that is there already, since somebody in pain waits for nothing.
        """
        found = cls(dialog, understander, floor_care=_floor(dialog, earlier, why))
        found.state = _reopened(dialog, earlier or State(), why)
        if why.field is not None:
            outcome = "explicit" if why.value is not None else "mentioned"
            meaning = Interpretation("danger", why.value, why.field, outcome)  # type: ignore[arg-type]
            return found, found.take(Answered(meaning, why.said))
        found.state, effects = advance(dialog, found.state)
        return found, found._settled(effects)

    @property
    def care(self) -> CareLevel:
        """What came of it. Cut short without a result it counts as not heard: urgent."""
        end = self.state.finished
        unheard = self.dialog.limits.asked_again.not_heard.value
        found = unheard if end is None or end.care is None else end.care
        return max(found, self.floor_care, key=rank)

    @property
    def summary(self) -> str:
        """The result in one sentence."""
        return disposition_lines(self.dialog, self.care)[0] if self.raised else super().summary

    def take(self, event: Event) -> tuple[Effect, ...]:
        """As any conversation, but a milder end than the floor is not spoken."""
        if not isinstance(event, NoInput):
            self.spoken.clear()
        return self._settled(super().take(event))

    def _settled(self, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
        self.floor = next((e for e in reversed(effects) if isinstance(e, Listen)), None)
        settled = self._raised(effects)
        self.spoken += [line for e in settled if isinstance(e, Say) for line in e.lines]
        return settled

    def _raised(self, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
        end = self.state.finished
        if end is None or (end.care == self.care and not self.raised):
            return effects
        self.raised = True
        kept = tuple(e for e in effects if not isinstance(e, Say | Finish))
        final = Finish(self.care, None, end.rules)
        self.state = replace(self.state, finished=final)
        return (*kept, Say(disposition_lines(self.dialog, self.care)), final)


def prepare(dialog: Dialog, understander: Understander) -> None:
    """Read the templates of the safety questions before anybody is in pain."""
    stage = dialog.limits.asked_again.stage.value
    for name in dialog.fields:
        if dialog.stage_of[name].id == stage:
            understander.lexicon.parser(name)
    understander.lexicon.parser(dialog.by_role("confirm"))


def _floor(dialog: Dialog, earlier: State | None, why: Reopening) -> CareLevel:
    """By where the pain goes, and no less than was found before."""
    limits = dialog.limits.asked_again
    reach, least = dialog.roles.reach, limits.any_sign.value
    if reach is not None and why.reach is not None:
        far = limits.furthest if why.reach == reach.furthest else limits.further
        least = far.value if far is not None else least
    before = earlier.finished.care if earlier and earlier.finished else None
    return max(least, before or "WARMUP", key=rank)


def _reopened(dialog: Dialog, earlier: State, why: Reopening) -> State:
    stage = dialog.limits.asked_again.stage.value
    again = [n for n in dialog.fields if dialog.stage_of[n].id == stage]
    state = earlier.without(*again, dialog.by_role("readback"))
    state = replace(
        state, finished=None, current=None, tries=Tries(), pending=None, reask=None, history=(),
        forced=(), opened=(), unheard=0, paused=False,
    )  # fmt: skip
    for name, value in _known(dialog, why).items():
        state = state.with_answer(name, value, "danger")
    return with_pain(dialog, state, why.pain)


def _known(dialog: Dialog, why: Reopening) -> dict[str, Value]:
    """The answers that a warm-up found, and those that follow from them."""
    reach = dialog.roles.reach
    found = {reach.field: why.reach} if reach is not None and why.reach is not None else {}
    named = {why.field: why.value} if why.field is not None and why.value is not None else {}
    values = {**dialog.well, **named, **found}
    always = [item for item in dialog.after_a_sign if item.when is None]
    follows = [item for item in dialog.after_a_sign if item.when is not None and item.holds(values)]
    known: dict[str, Value] = {n: v for item in always for n, v in item.sets.items()}
    known |= found
    return known | {n: v for item in follows for n, v in item.sets.items()}


def with_pain(dialog: Dialog, state: State, pain: int | None) -> State:
    """The higher of the pain known and the pain told since."""
    name = dialog.roles.pain_score
    if name is None:
        return state
    before = state.answers.get(name)
    known = before.value if before else None
    if pain is None or (isinstance(known, int) and known >= pain):
        return state
    return state.with_answer(name, pain, "danger")


def urgent(dialog: Dialog, earlier: State | None, pain: int | None) -> Decision:
    """Severe pain in the warm-up: what the rules come to, and URGENT at least."""
    state = with_pain(dialog, replace(earlier or State(), finished=None), pain)
    now = decision(dialog, state)
    if rank(now.care) >= rank("URGENT"):
        return now
    lines, end = disposition_lines(dialog, "URGENT"), dialog.dispositions["URGENT"]
    return replace(now, care="URGENT", variant=None, activity=end.activity, rules=(), spoken=lines)


def disposition_lines(dialog: Dialog, care: CareLevel) -> tuple[str, ...]:
    """The plain wording of a disposition with its warning signs."""
    end = dialog.dispositions[care]
    net = (dialog.safety_net,) if end.safety_net else ()
    return tuple(dialog.text(line) for line in (end.say, *end.then, *net))
