"""A conversation as data: what `Check` and the safety questions after a warm-up share."""

from dataclasses import dataclass, field, replace
from typing import Literal

from voice_skill.dialog.effects import Effect
from voice_skill.dialog.events import Device, NoInput, NoMatch
from voice_skill.embedding.reply import Reply, spoken
from voice_skill.errors import UsageError
from voice_skill.visit.conversation import Conversation

NOINPUT_SECONDS = 7.0
"""So long after a question silence counts, as in a spoken session."""
DeviceName = Literal["input", "output"]


@dataclass(frozen=True)
class Evidence:
    """How sure it is that somebody said just these words.

    typed: they were written, so that nothing is read back. certain: what the recogniser thinks of
    them; None where it does not tell. confidence: 0 to 1, for the report. alone: whether no other
    sound was as loud. whole: False for words that make no whole answer in the recogniser's grammar.
    """

    typed: bool = False
    certain: bool | None = None
    confidence: float = 1.0
    alone: bool = True
    whole: bool = True


HEARD = Evidence()
"""By a recogniser that tells nothing: what is not the gravest answer is read back."""
TYPED = Evidence(typed=True)


@dataclass
class Talk:
    """Drives a conversation. reply: the last one."""

    conversation: Conversation
    reply: Reply = field(default_factory=Reply)
    _lost: set[DeviceName] = field(default_factory=set)

    def begin(self, effects: tuple[Effect, ...], now: float) -> Reply:
        """The effects of the beginning, as a reply."""
        return self._replied(effects, now)

    def hear(self, said: str, now: float, how: Evidence) -> Reply:
        """Something was said. Whoever hears has ears: a lost device is back."""
        for device in sorted(self._lost):
            self.device(True, device, now)
        talk = self.conversation
        if not how.whole:
            effects = talk.hear_pieces(said)
        elif how.typed:
            effects = talk.hear(said)
        elif how.certain is None and how.alone:
            effects = talk.hear_unrated(said, how.confidence)
        else:
            effects = talk.hear_spoken(said, how.confidence, bool(how.certain), how.alone)
        return self._replied(effects, now)

    def silence(self, now: float) -> Reply:
        """Nothing was said in the time given; it never counts as no."""
        return self._replied(self.conversation.take(NoInput()), now)

    def noise(self, now: float) -> Reply:
        """There was a sound, and no words."""
        return self._replied(self.conversation.take(NoMatch()), now)

    def tick(self, now: float) -> Reply:
        """Time has passed: silence, once it is due; before, nothing changes."""
        due = self.reply.due_seconds
        if due is not None and now >= due:
            return self.silence(now)
        return replace(self.reply, lines=(), earcons=(), adjust=(), seconds=0.0)

    def device(self, present: bool, device: DeviceName, now: float) -> Reply:
        """The microphone or the loudspeaker went away or came back."""
        self._lost = self._lost - {device} if present else self._lost | {device}
        return self._replied(self.conversation.take(Device(device, present)), now)

    def _replied(self, effects: tuple[Effect, ...], now: float) -> Reply:
        talk, said = self.conversation, spoken(effects, self.conversation.understander.language)
        floor = None if talk.finished else talk.floor
        end = talk.state.finished
        self.reply = replace(
            said,
            listens=floor is not None,
            asked=floor.field if floor else None,
            due_seconds=now + said.seconds + NOINPUT_SECONDS if floor else None,
            care=end.care if end else None,
            finished=talk.finished,
        )
        return self.reply


def refuse(wrong: bool, what: str) -> None:
    """Raise UsageError for a call out of order."""
    if wrong:
        raise UsageError(what)
