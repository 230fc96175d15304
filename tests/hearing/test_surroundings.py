"""A word amid others' talk is told from an answer by what is heard beside it."""

import numpy as np
import pytest

from voice_skill.audio.sound import RATE_HZ, to_pcm
from voice_skill.dialog.dialog import Dialog
from voice_skill.hearing.listener import Utterance
from voice_skill.hearing.surroundings import Surroundings
from voice_skill.lab.hear import Ear
from voice_skill.lab.patient import speak
from voice_skill.models.folder import starter
from voice_skill.paths import dialog_folder

QUIET, ROOM, VOICE = -70.0, -45.0, -20.0
WORD = [VOICE] * 8


def alone(before: list[float], after: list[float], loud: bool = True) -> bool:
    """Of a word of 0.4 s, the recogniser's times in the middle of it."""
    around = Surroundings()
    for level in [*before, *WORD, *after]:
        around.hear(level, loud and level > ROOM)
    begin = len(before) * 0.05
    return around.leave_alone(begin + 0.1, begin + 0.3)


def test_a_word_in_quiet_is_alone() -> None:
    assert alone([QUIET] * 20, [QUIET] * 6)


def test_the_word_dies_away_in_a_room() -> None:
    assert alone([QUIET] * 20, [VOICE - 4, VOICE - 9, VOICE - 13, VOICE - 17, VOICE - 20])


def test_a_click_beside_it_is_nothing() -> None:
    assert alone([VOICE, VOICE, *[QUIET] * 20], [QUIET] * 6)


def test_as_loud_a_voice_before_it_is_another() -> None:
    assert not alone([*[VOICE] * 10, *[QUIET] * 20], [QUIET] * 6)


def test_a_voice_that_goes_on_has_not_answered() -> None:
    assert not alone([QUIET] * 20, [VOICE - 8] * 4)


def test_a_softer_voice_behind_it_does_no_harm() -> None:
    assert alone([VOICE - 17] * 20, [VOICE - 17] * 10)


def test_steady_noise_of_the_room_tells_nothing() -> None:
    assert alone([VOICE - 5] * 20, [VOICE - 5] * 10, loud=False)


@pytest.fixture(scope="module")
def ear(dialog: Dialog) -> Ear:
    return Ear.from_folders(dialog_folder(), starter())


def heard(ear: Ear, *pieces: np.ndarray) -> Utterance:
    """One after the other, as an answer about numbness."""
    sound = np.concatenate([np.zeros(RATE_HZ // 2), *pieces, np.zeros(RATE_HZ * 3 // 2)])
    return ear.utterance(ear.grammar("saddle"), to_pcm(sound.astype(np.float32)))


def voice(text: str) -> np.ndarray:
    samples = speak(text, "flite slt", 1.0)
    loud = np.flatnonzero(np.abs(samples) > 0.02)
    return samples[loud[0] : loud[-1]]


def hum(like: np.ndarray) -> np.ndarray:
    """A second of a low tone, as strong as this."""
    strength = np.sqrt(2 * (like**2).mean())
    return np.asarray(strength * np.sin(2 * np.pi * 150 * np.arange(RATE_HZ) / RATE_HZ))


@pytest.mark.parametrize("said", ["yes", "no", "no, not at all", "can't feel when i wipe"])
def test_an_answer_by_itself_is_alone(ear: Ear, said: str) -> None:
    found = heard(ear, voice(said))
    assert found.kind == "heard"
    assert found.alone


@pytest.mark.parametrize("said", ["yes", "no"])
def test_an_answer_with_which_the_sound_goes_on_is_not(ear: Ear, said: str) -> None:
    found = heard(ear, voice(said), hum(voice(said)))
    assert found.hypothesis.text == said
    assert found.certain
    assert not found.alone
