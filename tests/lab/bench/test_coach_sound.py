"""The coach over its own loudspeaker, in a room of simulated time with the real recogniser."""

import numpy as np
import pytest

from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.hearing.echo import SpeexFilter
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.lab.coach.air import echo_response, music
from voice_skill.lab.coach.room import Room
from voice_skill.lab.coach.sound import NOTHING, Studio
from voice_skill.models.folder import find_model
from voice_skill.paths import dialog_folder

SECONDS = 125.0
ADAPTED_SECONDS = 10.0
"""By then the canceller has found the way from the loudspeaker to the microphone."""


@pytest.fixture(scope="module")
def studio(dialog: Dialog, tmp_path_factory: pytest.TempPathFactory) -> Studio:
    library = Content(dialog_folder(), dialog).library
    return Studio(dialog, library, Recogniser(find_model(None)), tmp_path_factory.mktemp("said"))


def floor() -> np.ndarray:
    return np.random.default_rng(2).normal(size=int(60 + SECONDS) * 16000) * 5e-4


@pytest.mark.parametrize("attenuation_db", [6.0, 12.0, 20.0])
def test_its_own_words_are_no_commands_and_the_persons_are(
    studio: Studio, attenuation_db: float
) -> None:
    """The loudspeaker comes back into the microphone, late and through a room."""
    way = echo_response(attenuation_db, np.random.default_rng(1))
    room = Room(SECONDS, way, floor(), SpeexFilter())
    found = studio.measure("standard", SECONDS, room)
    assert not [acted for acted in found.false if acted.at > ADAPTED_SECONDS]
    assert not [acted for acted in found.false if acted.meaning.kind == "command"]
    assert len(found.matched()) >= 8
    assert len(found.right) >= 0.6 * len(found.matched())


def test_what_is_said_into_its_opening_is_heard(studio: Studio) -> None:
    """While the canceller still looks for its way, and the coach's own words are heard as well."""
    way = echo_response(12.0, np.random.default_rng(2))
    calls = {"it hurts": "hurts", "hurts": "hurts", "louder": "louder", "pause": "pause"}
    heard = 0
    for text, meant in calls.items():
        room = Room(6.0, way, floor(), SpeexFilter())
        found = studio.measure("standard", 6.0, room, {text: meant}, first_seconds=2.6)
        assert not found.wrong
        heard += len(found.right)
    assert heard >= 3


def test_music_gives_no_commands(studio: Studio) -> None:
    noise = music(SECONDS + 50, -46.0, np.random.default_rng(3))
    found = studio.measure("standard", SECONDS, Room(SECONDS, None, noise, None), NOTHING)
    assert not found.false
    assert found.counted_at


def test_it_decides_soon_after_the_word(studio: Studio) -> None:
    found = studio.measure("standard", SECONDS, Room(SECONDS, None, floor(), None))
    assert np.median(found.right) < 0.3
