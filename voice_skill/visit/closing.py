"""What a warm-up came to, decided once: for voice, keyboard and virtual time. Pure.

A driver makes a `Closing` as soon as the warm-up is over, says its `lines` or asks its `questions`
to their end, and takes the `result`. So the care, the rules and what was said are the same in all.
"""

from dataclasses import dataclass

from voice_skill.coaching.effects import Reopening
from voice_skill.dialog.decision import Decision
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Effect
from voice_skill.dialog.state import State, decision
from voice_skill.visit.outcome import Result
from voice_skill.visit.recheck import Retriage, urgent, with_pain
from voice_skill.visit.warm_up import WarmUp

UNFINISHED = "rest"
"""What a warm-up comes to that was broken off without an end."""
AS_OUTCOME = {"WARMUP": "walk", "REST": "rest"}
"""What care after the safety questions is called; the others keep their name."""


@dataclass(frozen=True)
class Closing:
    """The end of a warm-up. said: its last words.

    lines: what is still to be said. questions, effects: the safety questions that come again and
    decide, and how they begin; None where the end is decided.
    """

    warm_up: WarmUp
    said: tuple[str, ...]
    outcome: str = UNFINISHED
    rules: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    questions: Retriage | None = None
    effects: tuple[Effect, ...] = ()

    @classmethod
    def of(cls, warm_up: WarmUp, triage: State | None) -> "Closing":
        """The closing of a warm-up that is over. triage: the check before it, if there was one."""
        dialog, end, said = warm_up.dialog, warm_up.state.ended, _last_words(warm_up)
        if end is None:
            return cls(warm_up, said)
        if end.outcome == "URGENT":
            now = urgent(dialog, triage, end.reopening.pain if end.reopening else None)
            return cls(warm_up, said, now.care, now.rules, now.spoken)
        if end.reopening is not None:
            return cls._asking(warm_up, said, triage, end.reopening)
        rules = _why_rest(dialog, triage, warm_up.state.pain) if end.outcome == "rest" else ()
        return cls(warm_up, said, str(end.outcome), rules)

    @classmethod
    def _asking(
        cls, warm_up: WarmUp, said: tuple[str, ...], triage: State | None, why: Reopening
    ) -> "Closing":
        understander = warm_up.library.ear.understander
        questions, effects = Retriage.after(warm_up.dialog, understander, triage, why)
        questions.spoken[:0] = said
        return cls(warm_up, said, questions=questions, effects=effects)

    @property
    def result(self) -> Result:
        """What is kept, once all is said and asked."""
        talk, state = self.questions, self.warm_up.state
        outcome, rules = self.outcome, self.rules
        if talk is not None:
            outcome = AS_OUTCOME.get(talk.care, talk.care)
            rules = talk.state.finished.rules if talk.state.finished else ()
        return Result(
            routine=self.warm_up.coach.routine.id,
            outcome=outcome,
            done=state.done,
            skipped=state.skipped,
            pain=state.pain,
            spoken=(*self.said, *self.lines) if talk is None else tuple(talk.spoken),
            rules=rules,
            talk_turns=() if talk is None else tuple(talk.turns),
            limited=state.limited,
        )


def _last_words(warm_up: WarmUp) -> tuple[str, ...]:
    """What was said since something was last heard."""
    last = max((i for i, row in enumerate(warm_up.rows) if row.kind == "heard"), default=-1)
    return tuple(row.text for row in warm_up.rows[last + 1 :] if row.kind == "say")


def _why_rest(dialog: Dialog, triage: State | None, pain: int | None) -> tuple[str, ...]:
    """The rules that come to REST with the pain that was told, where it is they that decide."""
    now: Decision = decision(dialog, with_pain(dialog, triage or State(), pain))
    return now.rules if now.care == "REST" else ()
