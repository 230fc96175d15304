"""What the skill wants done after something happened, as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass

from voice_skill.coaching.effects import Count
from voice_skill.coaching.effects import Effect as CoachEffect
from voice_skill.coaching.pace import speech_seconds
from voice_skill.dialog.effects import Adjust, Earcon, EarconName, Effect, Say
from voice_skill.dialog.model import CareLevel
from voice_skill.understanding.language import Language


@dataclass(frozen=True)
class Reply:
    """What to say and to play, and whether to listen then.

    lines: sentences and counted numbers, to be spoken in this order. earcons: short sounds with a
    meaning: "listening", "heard", "not_heard", "error", "finished", "tick". adjust: the person
    wants the voice slower, louder...: change yours, or say that you cannot.
    listens: whether the microphone opens. In a warm-up it stays open while lines are spoken.
    asked: the question that is open. due_seconds: when to call `tick`, if nothing is heard before.
    care: the result, once it stands; None before, and where the person ended it without one.
    """

    lines: tuple[str, ...] = ()
    earcons: tuple[EarconName, ...] = ()
    adjust: tuple[Adjust, ...] = ()
    listens: bool = False
    asked: str | None = None
    due_seconds: float | None = None
    care: CareLevel | None = None
    finished: bool = False
    seconds: float = 0.0
    """How long the sentences count for on your clock, however long your voice takes: after them
    go on at `now + seconds`. A counted number takes no time of its own."""

    @property
    def text(self) -> str:
        """All lines as one text."""
        return " ".join(self.lines)


def spoken(effects: Sequence[Effect | CoachEffect], language: Language) -> Reply:
    """The part of a reply that is said and played."""
    lines: list[str] = []
    seconds = 0.0
    for effect in effects:
        if isinstance(effect, Say):
            lines += effect.lines
            seconds += speech_seconds(effect.lines)
        elif isinstance(effect, Count):
            lines.append(language.numbers.in_words(effect.number))
    earcons = tuple(effect.name for effect in effects if isinstance(effect, Earcon))
    adjust = tuple(effect for effect in effects if isinstance(effect, Adjust))
    return Reply(tuple(lines), earcons, adjust, seconds=seconds)
