"""What is taken up while a question is being asked: not what comes back of the question itself."""

from concurrent.futures import Future
from dataclasses import dataclass, field

import pytest

from tests.runtime.doubles import BLOCKS, WORD_BLOCKS, OneWord, tone
from voice_skill.audio.sound import level_dbfs
from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.listening.answer_grammar import Hotwords
from voice_skill.listening.barge_in import overheard
from voice_skill.listening.echo_guard import OwnVoice

PROMPT = ("Do you have any back or leg symptoms today?",)
HOT = Hotwords(["stop", "i wet myself"], frozenset(["stop", "i wet myself"]),
               dangers=frozenset(["i wet myself"]))  # fmt: skip
PLAYED, COMES_BACK, LEFT = 0.1, 0.03, 0.003


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
    microphone, recogniser = Microphone(person), OneWord(said, sure)
    own = OwnVoice(microphone.own_echo)
    own.say(PROMPT)
    found = overheard(
        recogniser,  # type: ignore[arg-type]
        microphone.read,
        HOT,
        own,
        microphone.speaking.done,
    )
    assert recogniser.phrases == HOT.texts
    assert found == (said if taken else None)
