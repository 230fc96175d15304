"""What is being said to somebody, while they are already listened to."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from voice_skill.dialog.effects import Earcon, Effect, Listen, Say
from voice_skill.speaking.cue import Cue
from voice_skill.speaking.speaker import Speaker


@dataclass
class Prompt:
    """Sentences and sounds that are being said; after a question one that opens the floor.

    stop: cuts what sounds. cue: of the sentences and that last sound. done: when it is over.
    """

    effects: tuple[Effect, ...]
    stop: Callable[[], None]
    cue: Cue = field(default_factory=Cue)
    done: "Future[bool]" = field(default_factory=Future)

    @classmethod
    def begun(
        cls, effects: tuple[Effect, ...], speaker: Speaker, mouth: ThreadPoolExecutor
    ) -> "Prompt":
        """Begin to say and sound all of these; at the end of a question, that the floor is open."""
        prompt = cls(effects, speaker.stop)
        prompt.done = mouth.submit(prompt._play, speaker)
        return prompt

    def _play(self, speaker: Speaker) -> bool:
        for effect in self.effects:
            if isinstance(effect, Earcon) and not self.cue.cut:
                speaker.earcon(effect.name)
        whole = speaker.say(self.lines, self.cue)
        if whole and isinstance(self.effects[-1], Listen):
            speaker.earcon("listening", self.cue)
        return whole

    @property
    def lines(self) -> tuple[str, ...]:
        """What is said."""
        return tuple(line for e in self.effects if isinstance(e, Say) for line in e.lines)

    @property
    def over(self) -> bool:
        """Whether no more of it is heard."""
        return self.done.done()

    def take_back(self) -> None:
        """See Reply."""
        self.cue.stop()
        self.stop()
