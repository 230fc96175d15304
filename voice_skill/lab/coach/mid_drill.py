"""What is acted on when somebody calls out in the middle of a drill, one call at a time."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voice_skill.audio.sound import BLOCK_BYTES, BLOCK_SECONDS, RATE_HZ, to_pcm
from voice_skill.coaching.meaning import WARNINGS, Meaning
from voice_skill.content import Content
from voice_skill.hearing.listener import blocks_of
from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.listening.call_grammar import CoachEars
from voice_skill.listening.call_listener import CoachListener
from voice_skill.visit.warm_up import WarmUp

DRILL = "calf_raise"
BEFORE_SECONDS, AFTER_SECONDS = 0.5, 1.25
END_OF_PEAK = 0.01
"""A call ends with the last sample above -40 dB of its loudest one."""
PAINS = ("it hurts", "ouch", "my back hurts", "sore", "into my foot", "it goes down my leg",
         "down both legs", "my foot is tingling", "i feel dizzy", "my leg gave way",
         "i wet myself")  # fmt: skip
"""Calls that must stop the count."""


@dataclass(frozen=True)
class Decided:
    """What a call was taken for, and how long after the end of its sound; before it: negative."""

    seconds: float
    meaning: Meaning


@dataclass(frozen=True)
class MidDrill:
    """A warm-up whose count goes on, and the ears that belong to it."""

    listener: CoachListener

    @classmethod
    def from_model(cls, content: Content, model: Path) -> "MidDrill":
        """In the calf raises of the standard routine. Raises ModelError, DialogError."""
        dialog, library = content.dialog, content.library
        warm_up = WarmUp(dialog, library.coach(dialog, "standard"), library)
        warm_up.begin()
        while warm_up.drill != DRILL or not warm_up.state.place.done[0]:
            if warm_up.state.question:
                warm_up.hear(warm_up.at_seconds + 1, "all good")
            assert warm_up.state.due_seconds is not None
            warm_up.tick(warm_up.state.due_seconds)
        recogniser = Recogniser(model)
        ears = CoachEars(dialog, library, recogniser.words)
        return cls(CoachListener(recogniser, ears, warm_up, OwnEcho()))

    def acted_on(self, samples: np.ndarray) -> list[Meaning]:
        """What a call is taken for. samples: mono at 16 kHz; a quiet room is added around it."""
        return [decided.meaning for decided in self.decided(samples)]

    def decided(self, samples: np.ndarray) -> list[Decided]:
        """What a call is taken for, and when: the end of the block with which it was decided."""
        before, after = (np.zeros(int(RATE_HZ * s)) for s in (BEFORE_SECONDS, AFTER_SECONDS))
        sound = np.concatenate([before, samples, after])
        sound += np.random.default_rng(0).normal(size=len(sound)) * 1e-3
        self.listener.tune(("another moment",))
        self.listener.tune(())
        loud = np.flatnonzero(np.abs(samples) > END_OF_PEAK * np.abs(samples).max())
        at = -BEFORE_SECONDS - float(loud[-1] + 1) / RATE_HZ
        found = []
        for block in blocks_of(to_pcm(sound), BLOCK_BYTES):
            at += BLOCK_SECONDS
            text = self.listener.hear(block)
            if text:
                found.append(Decided(at, self.listener.warm_up.understand(text)))
        return found


def obeyed(meanings: list[Meaning], command: str) -> bool:
    """Whether a call was first of all taken for this command."""
    return [(m.kind, m.value) for m in meanings[:1]] == [("command", command)]


def warned(meanings: list[Meaning]) -> bool:
    """Whether a call stops the count and asks."""
    return any(m.kind in WARNINGS for m in meanings)
