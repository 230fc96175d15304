"""What is acted on while the coach can be heard itself: its own words come back, a person's too."""

from dataclasses import dataclass

import pytest

from tests.runtime.doubles import BLOCKS, OneWord, tone
from voice_skill.audio.sound import level_dbfs
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.listening.call_grammar import CoachEars
from voice_skill.listening.call_listener import CoachListener
from voice_skill.paths import dialog_folder
from voice_skill.visit.warm_up import WarmUp

PROMPT = ("Swing one leg forward and back, like a pendulum.",)


def listening(dialog: Dialog, said: str, sure: float) -> tuple[CoachListener, OwnEcho]:
    library = Content(dialog_folder(), dialog).library
    warm_up = WarmUp(dialog, library.coach(dialog, "standard"), library)
    warm_up.begin()
    words = frozenset(["easier", "hurts", "stop", "ow", "one", "two"])
    ears, own = CoachEars(dialog, library, words), OwnEcho()
    return CoachListener(OneWord(said, sure), ears, warm_up, own), own  # type: ignore[arg-type]


@dataclass(frozen=True)
class Sound:
    """Levels: of what the microphone hears at last, what is played, and what is left of both.

    blocks: for so long. Before that an echo as loud as what is played, of which a hundredth is
    left. played: None where the sound server stalls.
    """

    heard: float
    played: float | None
    left: float
    blocks: int = 13


ITS_OWN = Sound(0.1, 0.1, 0.001)
NOT_TAKEN_OUT = Sound(0.1, 0.1, 0.1)
NOBODY_KNOWS = Sound(0.1, None, 0.1)
LOUDER = Sound(0.9, 0.1, 0.9)
QUIETER_BUT_LEFT = Sound(0.1, 0.1, 0.05)
IN_SILENCE = Sound(0.1, 0.0, 0.1, blocks=30)


def found(dialog: Dialog, said: str, sure: float, prompt: tuple[str, ...], sound: Sound) -> bool:
    """Whether a word is acted on that is heard while the coach says its prompt, or counts."""
    listener, own = listening(dialog, said, sure)
    listener.tune(prompt)
    decided = []
    for number in range(BLOCKS):
        late = number >= BLOCKS - sound.blocks
        level = tone(sound.heard if late else 0.1)
        if not late:
            canceller_lost = sound is NOT_TAKEN_OUT
            own.hear(level, -20.0, tone(0.1 if canceller_lost else 0.001))
        else:
            played = None if sound.played is None else level_dbfs(tone(sound.played))
            own.hear(level, played, tone(sound.left))
        decided.append(listener.hear(level))
    return said in decided


@pytest.mark.parametrize("prompt", [PROMPT, ()])
@pytest.mark.parametrize("sound", [ITS_OWN, NOT_TAKEN_OUT, NOBODY_KNOWS])
@pytest.mark.parametrize("said", ["easier", "hurts", "stop"])
def test_its_own_voice_is_not_acted_on(
    dialog: Dialog, said: str, sound: Sound, prompt: tuple[str, ...]
) -> None:
    assert not found(dialog, said, 0.8, prompt, sound)


@pytest.mark.parametrize("prompt", [PROMPT, ()])
@pytest.mark.parametrize("sound", [LOUDER, IN_SILENCE])
@pytest.mark.parametrize("said", ["easier", "hurts", "stop"])
def test_somebody_elses_is(
    dialog: Dialog, said: str, sound: Sound, prompt: tuple[str, ...]
) -> None:
    assert found(dialog, said, 0.8, prompt, sound)


@pytest.mark.parametrize("sound", [ITS_OWN, NOT_TAKEN_OUT])
@pytest.mark.parametrize("said", ["easier", "hurts", "stop"])
def test_of_its_own_sentence_no_word_is_sure_enough(
    dialog: Dialog, said: str, sound: Sound
) -> None:
    assert not found(dialog, said, 1.0, PROMPT, sound)
    assert found(dialog, said, 1.0, (), sound)  # counts are short, and resemble no command


@pytest.mark.parametrize("said", ["easier", "hurts", "stop"])
def test_a_softer_voice_that_the_canceller_leaves_needs_more_evidence(
    dialog: Dialog, said: str
) -> None:
    assert found(dialog, said, 0.9, PROMPT, QUIETER_BUT_LEFT)
    assert not found(dialog, said, 0.8, PROMPT, QUIETER_BUT_LEFT)


def test_an_answer_is_taken_whatever_the_sound_server_tells(dialog: Dialog) -> None:
    """The coach has asked and is silent; nobody knows what is played."""
    listener, own = listening(dialog, "two", 0.8)
    listener.warm_up.hear(1.0, "it hurts")
    listener.tune(())
    decided = []
    for number in range(BLOCKS):
        stalled = number > BLOCKS - 20
        own.hear(tone(0.1), None if stalled else -20.0, tone(0.1))
        decided.append(listener.hear(tone(0.1)))
    assert "two" in decided
