"""What is acted on while the coach can be heard itself: its own words come back, a person's too."""

from dataclasses import dataclass

import numpy as np
import pytest

from voice_skill.coaching.library import Library
from voice_skill.dialog.dialog import Dialog
from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.hearing.recogniser import Hypothesis
from voice_skill.hearing.sound import BLOCK_SECONDS, to_pcm
from voice_skill.session.coach_listener import CoachListener
from voice_skill.session.coach_vocabulary import CoachEars
from voice_skill.session.places import dialog_folder
from voice_skill.session.warm_up import WarmUp

BLOCKS = 60
PROMPT = ("Swing one leg forward and back, like a pendulum.",)


def tone(level: float) -> bytes:
    return to_pcm(np.full(800, level, np.float32))


@dataclass
class OneWord:
    """Ears that hear a word in the last second, with this confidence."""

    text: str
    confidence: float
    heard_seconds: float = 0.0

    def listen_for(self, phrases: list[str]) -> None:
        pass

    def accept(self, pcm: bytes) -> None:
        self.heard_seconds += BLOCK_SECONDS

    def partial(self) -> str:
        return self.text if self.heard_seconds > (BLOCKS - 10) * BLOCK_SECONDS else ""

    def finish(self) -> Hypothesis:
        now = self.heard_seconds
        times = ((now - 0.5, now),)
        return Hypothesis(self.text, self.confidence, False, now - 0.5, now,
                          (self.confidence,), times)  # fmt: skip


def listening(dialog: Dialog, said: str) -> tuple[CoachListener, OwnEcho]:
    library = Library.from_folder(dialog_folder(), dialog)
    warm_up = WarmUp(dialog, library.coach(dialog, "standard"), library)
    warm_up.begin()
    words = frozenset(["easier", "hurts", "stop", "ow", "one", "two"])
    ears, own = CoachEars(dialog, library, words), OwnEcho()
    return CoachListener(OneWord(said, 0.8), ears, warm_up, own), own  # type: ignore[arg-type]


@pytest.mark.parametrize(("what", "prompt", "heard", "played", "left", "obeyed"), [
    ("its own, at the level at which it comes back", PROMPT, 0.1, 0.1, 0.1, False),
    ("its own count", (), 0.1, 0.1, 0.1, False),
    ("a count of which nobody knows that it is played", (), 0.1, None, 0.1, False),
    ("its own, and the canceller takes it out", (), 0.1, 0.1, 0.01, True),
    ("somebody who is louder, at the end", PROMPT, 0.9, 0.1, 0.9, True),
    ("somebody while nothing is played", (), 0.1, 0.0, 0.1, True),
])  # fmt: skip
@pytest.mark.parametrize("said", ["easier", "hurts"])
def test_words_of_middling_evidence(
    dialog: Dialog, what: str, prompt: tuple[str, ...], heard: float, played: float | None,
    left: float, obeyed: bool, said: str,
) -> None:  # fmt: skip
    """Confidence 0.8: enough in silence."""
    listener, own = listening(dialog, said)
    listener.tune(prompt)
    found = []
    for number in range(BLOCKS):
        late = number > BLOCKS - 20
        level = heard if late else min(heard, 0.1)
        if played is None:  # the sound server stalls
            own.hear(tone(level), *((None, tone(level)) if late else (tone(0.1), tone(0.01))))
        else:
            own.hear(tone(level), tone(played), tone(min(level, left)))
        found.append(listener.hear(tone(level)))
    assert (said in found) == obeyed, what


def test_an_answer_is_taken_whatever_the_sound_server_tells(dialog: Dialog) -> None:
    """The coach has asked and is silent; nobody knows what is played."""
    listener, own = listening(dialog, "two")
    listener.warm_up.hear(1.0, "it hurts")
    listener.tune(())
    found = []
    for number in range(BLOCKS):
        stalled = number > BLOCKS - 20
        own.hear(tone(0.1), None if stalled else tone(0.1), tone(0.1))
        found.append(listener.hear(tone(0.1)))
    assert "two" in found
