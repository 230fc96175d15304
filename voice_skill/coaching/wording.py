"""What the coach says and understands besides the drills: `coaching.yaml`."""

from typing import Literal, get_args

from pydantic import model_validator

from voice_skill.coaching.routine import Asked, Offer
from voice_skill.dialog.node import Node, Templates

MessageName = Literal[
    "left", "right", "back_left", "halfway", "ten_seconds", "drill_done", "skipped", "left_out",
    "first_drill", "back", "switched", "one_side", "paused", "resumed",
    "still_paused", "slower", "faster", "at_limit", "louder", "quieter", "counting",
    "not_counting", "reps_left", "reps_left_then", "reps_left_plain", "seconds_left",
    "minutes_left", "minute_left", "easiest", "standing", "swap_offer",
    "swap", "no_swap", "rested", "moved_up", "travels_rule",
    "are_you_okay", "not_understood", "microphone_lost", "microphone_back",
    "loudspeaker_lost", "loudspeaker_back", "cut_off", "end_care", "goodbye",
]  # fmt: skip
CommandName = Literal[
    "pause", "resume", "repeat", "next", "back", "easier", "another", "slower", "faster",
    "how_many_left", "how_long_left", "switch_sides", "how", "why", "louder", "quieter", "count",
    "quiet", "stop",
]  # fmt: skip
QuestionName = Literal[
    "check_in", "end", "hurting", "pain", "stopped", "reach", "reach_check", "floor", "gate",
]  # fmt: skip
OwnQuestion = Literal["hurting", "pain", "stopped", "reach", "reach_check", "floor"]
"""The questions that are the same in every routine."""


OF_REACH = frozenset({"reach", "reach_check", "travels_rule", "moved_up"})
"""Questions and messages that only stand where words tell of pain that travels."""


class Answers(Node):
    """How the coach's own questions are answered. painful, painless: "does that hurt?"."""

    fine: Templates
    not_fine: Templates
    doubt: Templates
    rest: Templates
    finish: Templates
    painful: Templates
    painless: Templates


class CoachDanger(Node):
    """Words that mean more in mid-drill than elsewhere. value: taken at once; absent: asked."""

    field: str
    value: str | None = None
    phrases: Templates


class StopRule(Node):
    """What ends or changes a drill, whenever it is said (brief 4.5)."""

    complaint: Templates
    """What stops the count and asks whether it hurts."""
    hurts: Templates
    travels: Templates = ()
    """Pain that travels; only where the dialog has a `reach` among its `roles`."""
    fragments: tuple[str, ...] = ()
    """Words that ask how far it reaches when nothing else of a sentence was caught."""
    moved_up: Templates = ()
    danger: tuple[CoachDanger, ...] = ()


class Sentences(Node):
    """What free speech is understood by beside the phrases that are listened for.

    content: what feels well. comparisons: words of it that only say how it was before. asides: said
    beside the drill. around: words that take nothing from these, nor from a command. openers,
    closers: what may stand before and after a command. degrees: words that `travels` and `danger`
    do without.
    """

    content: Templates
    comparisons: tuple[str, ...]
    asides: Templates
    around: Templates
    openers: Templates
    closers: Templates
    commands: dict[CommandName, Templates]
    rest: Templates
    hurts: Templates
    degrees: tuple[str, ...]
    travels: Templates = ()
    fragments: tuple[str, ...] = ()
    complaint: Templates
    doubt: Templates
    painless: Templates
    danger: tuple[CoachDanger, ...] = ()


class Wording(Node):
    """All of `coaching.yaml`."""

    messages: dict[MessageName, str]
    questions: dict[OwnQuestion, Asked]
    offer: Offer
    commands: dict[CommandName, Templates]
    not_listened_for: tuple[str, ...] = ()
    asked_again_by_ear: tuple[str, ...] = ()
    polite: tuple[str, ...] = ()
    """Words that take nothing from a command that they stand beside."""
    stop_words: tuple[str, ...] = ()
    """Words that stop it wherever they stand in what else is not understood."""
    around_figures: tuple[str, ...] = ()
    """Words that may stand around a number of pain."""
    answers: Answers
    stop_rule: StopRule
    sentences: Sentences

    @property
    def tells_of_reach(self) -> bool:
        """Whether any word stands for pain that travels."""
        rule, said = self.stop_rule, self.sentences
        return any((rule.travels, rule.fragments, rule.moved_up, said.travels, said.fragments))

    @model_validator(mode="after")
    def _complete(self) -> "Wording":
        free: set[str] = set() if self.tells_of_reach else {*OF_REACH}
        for name, have, want in (
            ("messages", set(self.messages), set(get_args(MessageName)) - free),
            ("commands", set(self.commands), set(get_args(CommandName))),
            ("questions", set(self.questions), set(get_args(OwnQuestion)) - free),
        ):
            if want - have:
                raise ValueError(f"'{name}' lacks {', '.join(sorted(want - have))}")
        return self
