"""What is taken up while a question is being asked: not what comes back of the question itself."""

from concurrent.futures import Future
from dataclasses import dataclass, field

import numpy as np
import pytest

from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.hearing.recogniser import Hypothesis
from voice_skill.hearing.sound import BLOCK_SECONDS, level_dbfs, to_pcm
from voice_skill.session.overhearing import overheard
from voice_skill.session.own_voice import OwnVoice
from voice_skill.session.vocabulary import Hotwords

PROMPT = ("Do you have any back or leg symptoms today?",)
HOT = Hotwords(["stop", "i wet myself"], frozenset(["stop", "i wet myself"]),
               dangers=frozenset(["i wet myself"]))  # fmt: skip
BLOCKS, WORD_BLOCKS = 60, 10
PLAYED, COMES_BACK, LEFT = 0.1, 0.03, 0.003


def tone(level: float) -> bytes:
    return to_pcm(np.full(800, level, np.float32))


@dataclass
class Recogniser:
    """Hears a phrase in the last half second."""

    text: str
    confidence: float
    heard_seconds: float = 0.0

    def listen_for(self, phrases: list[str]) -> None:
        assert phrases == HOT.texts

    def accept(self, pcm: bytes) -> None:
        assert len(pcm) == len(tone(0))
        self.heard_seconds += BLOCK_SECONDS

    def partial(self) -> str:
        return self.text if self.heard_seconds > (BLOCKS - WORD_BLOCKS) * BLOCK_SECONDS else ""

    def finish(self) -> Hypothesis:
        now = self.heard_seconds
        return Hypothesis(self.text, self.confidence, False, now - 0.3, now)


@dataclass
class Microphone:
    """In which the skill's voice comes back, and at last perhaps a person's, at this level."""

    person: float
    speaking: "Future[bool]" = field(default_factory=Future)
    own_echo: OwnEcho = field(default_factory=OwnEcho)
    blocks: int = 0

    def read(self) -> bytes:
        assert not self.speaking.done()
        self.blocks += 1
        person = self.person if self.blocks > BLOCKS - WORD_BLOCKS else 0.0
        left = tone(LEFT + person)
        self.own_echo.hear(tone(COMES_BACK + person), level_dbfs(tone(PLAYED)), left)
        if self.blocks == BLOCKS:
            self.speaking.set_result(True)
        return left


@pytest.mark.parametrize(
    ("said", "sure", "person", "taken"),
    [
        ("stop", 0.86, 0.0, False),
        ("stop", 0.94, 0.0, False),
        ("stop", 0.96, 0.0, True),
        ("stop", 0.86, 0.1, True),
        ("stop", 0.7, 0.1, False),
        ("stop", 0.86, 0.01, False),
        ("stop", 0.95, 0.01, True),
        ("i wet myself", 0.86, 0.0, True),
        ("i wet myself", 0.7, 0.1, False),
    ],
)
def test_a_command_stands_out_of_its_own_voice_or_is_sure_and_a_danger_need_not(
    said: str, sure: float, person: float, taken: bool
) -> None:
    microphone = Microphone(person)
    own = OwnVoice(microphone.own_echo)
    own.say(PROMPT)
    found = overheard(
        Recogniser(said, sure),  # type: ignore[arg-type]
        microphone,  # type: ignore[arg-type]
        HOT,
        own,
        microphone.speaking,
    )
    assert found == (said if taken else None)
