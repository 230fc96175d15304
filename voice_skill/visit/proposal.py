"""What would follow an event that has not happened: a reply that may begin, and be taken back."""

from dataclasses import dataclass

from voice_skill.dialog.effects import Earcon, Effect, Listen, Say
from voice_skill.dialog.events import Event


@dataclass(frozen=True)
class Proposal:
    """An event that may happen, and the effects that it would have."""

    event: Event
    effects: tuple[Effect, ...]

    @property
    def asks_on(self) -> bool:
        """Whether all that follows is a question. A result is not said before it stands, whatever
        it is: a reassurance would be heard, and then taken back."""
        return asks_on(self.effects)


def asks_on(effects: tuple[Effect, ...]) -> bool:
    """Whether these are a question: sentences and sounds, then an open floor."""
    *before, last = effects or (None,)
    return isinstance(last, Listen) and all(isinstance(e, Say | Earcon) for e in before)
