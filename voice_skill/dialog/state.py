"""Where a conversation stands: one immutable value, changed only by `machine.step`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from voice_skill.dialog.decision import Decision, complete, decide, holds_for
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Finish
from voice_skill.dialog.history import NO_PAST, Past
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.worth_asking import Situation

How = Literal["heard", "unsure", "unknown", "incomplete", "danger", "volunteered", "corrected"]


@dataclass(frozen=True)
class Answer:
    """The value of one field and how it came about. None: asked, but not known."""

    value: Value | None
    how: How


@dataclass(frozen=True)
class Tries:
    """What went wrong so far with the field being asked.

    asked: prompts given. failures: silence, noise, nothing understood. commands: those that left
    it open ("repeat"). words: a number drawn from words ("agony"), taken if no figure follows.
    """

    asked: int = 0
    failures: int = 0
    doubts: int = 0
    refusals: int = 0
    commands: int = 0
    words: Value | None = None


@dataclass(frozen=True)
class Pending:
    """A question about the conversation itself: was this right, shall we go on.

    alarm: the value is only a piece of what was said; it takes a yes to stand.
    """

    kind: Literal["value", "resume"]
    value: Value | None = None
    failures: int = 0
    alarm: bool = False


def _empty() -> Mapping[str, Answer]:
    return MappingProxyType({})


@dataclass(frozen=True)
class State:
    """A conversation between two events.

    history: fields answered, oldest first ("go back" returns along it).
    forced: fields to ask whatever the rules say, because a danger phrase named them.
    dangers: fields that were asked so, once for each time.
    remembers: whether what is heard may be kept for later sessions.
    unheard: how many fields in a row ended without being heard at all.
    wants_number: whether the emergency number is to be changed after the check.
    readbacks: how often the summary was said to be wrong.
    """

    answers: Mapping[str, Answer] = field(default_factory=_empty)
    profile: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    past: Past = NO_PAST
    current: str | None = None
    tries: Tries = Tries()
    reask: str | None = None
    pending: Pending | None = None
    history: tuple[str, ...] = ()
    forced: tuple[str, ...] = ()
    dangers: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    unheard: int = 0
    readbacks: int = 0
    not_covered: bool = False
    remembers: bool = True
    paused: bool = False
    wants_number: bool = False
    finished: Finish | None = None

    def with_answer(self, name: str, value: Value | None, how: How) -> "State":
        """The same with one answer more (or replaced)."""
        answers = {**self.answers, name: Answer(value, how)}
        return replace(self, answers=MappingProxyType(answers))

    def without(self, *fields: str) -> "State":
        """The same with these answers taken back."""
        kept = {n: a for n, a in self.answers.items() if n not in fields}
        return replace(self, answers=MappingProxyType(kept))


def situation(dialog: Dialog, state: State) -> Situation:
    """The answers as the rules see them: with the profile, and doubt made visible."""
    answers: dict[str, Value | None] = {}
    for name, answer in state.answers.items():
        if answer.how == "incomplete":
            answers[name] = dialog.safe_values.get(name, "no")  # rule U10 stands for it
        else:
            answers[name] = answer.value
    flags = {"incomplete"} if _incomplete(state) else set()
    flags |= _flags_of_the_past(dialog, state.past, answers)
    if state.not_covered:
        flags.add("not_covered")
    here = frozenset(flags)
    if profile_holds(dialog, state):
        values = complete(dialog, {**state.profile, **answers}, here)
        for name, value in state.profile.items():
            again = dialog.again.get(name)
            if name not in answers and not (again and holds_for(dialog, again, values)[0]):
                answers[name] = value
    return Situation(answers, here)


def _flags_of_the_past(
    dialog: Dialog, past: Past, answers: Mapping[str, Value | None]
) -> frozenset[str]:
    """What the diary says, with the pain of today once it was asked."""
    name, limits = dialog.roles.pain_score, dialog.limits.looking_back
    if name not in answers or name is None or limits is None:
        return past.flags
    return past.flags_with(answers[name], limits.pain_rise.value)


def _incomplete(state: State) -> bool:
    return any(answer.how == "incomplete" for answer in state.answers.values())


def profile_holds(dialog: Dialog, state: State) -> bool:
    """Whether the person said that nothing about their health has changed."""
    changed = next((n for n, f in dialog.fields.items() if f.role == "health_changed"), None)
    answer = state.answers.get(changed) if changed else None
    return answer is not None and answer.value == "no" and answer.how == "heard"


def decision(dialog: Dialog, state: State) -> Decision:
    """The disposition as it stands."""
    here = situation(dialog, state)
    return decide(dialog, here.answers, here.flags)
