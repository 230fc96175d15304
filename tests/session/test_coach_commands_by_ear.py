"""Each command of the coach, in synthetic voices, through the real recogniser in mid-drill."""

import numpy as np
import pytest

from voice_skill.coaching.library import Library
from voice_skill.dialog.dialog import Dialog
from voice_skill.hearing.listener import blocks_of
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.hearing.sound import BLOCK_BYTES, RATE_HZ, to_pcm
from voice_skill.measuring.coach_sound import COMMANDS
from voice_skill.models.folder import find_model
from voice_skill.session.coach_listener import WARNINGS, CoachListener
from voice_skill.session.coach_vocabulary import CoachEars
from voice_skill.session.places import dialog_folder
from voice_skill.session.warm_up import WarmUp
from voice_skill.simulating.patient import speak

VOICES = ("espeak-ng en-us", "espeak-ng en-gb", "espeak-ng en-us+f3", "espeak-ng en-us+m3")
PAINS = ("it hurts", "ouch", "my back hurts", "sore", "into my foot", "it goes down my leg",
         "down both legs", "my foot is tingling", "i feel dizzy", "my leg gave way",
         "i wet myself")  # fmt: skip


@pytest.fixture(scope="module")
def listener(dialog: Dialog) -> CoachListener:
    """In the middle of the calf raises."""
    library = Library.from_folder(dialog_folder(), dialog)
    warm_up = WarmUp(dialog, library.coach(dialog, "standard"), library)
    warm_up.begin()
    while warm_up.drill != "calf_raise" or not warm_up.state.place.done[0]:
        if warm_up.state.question:
            warm_up.hear(warm_up.at_seconds + 1, "all good")
        assert warm_up.state.due_seconds is not None
        warm_up.tick(warm_up.state.due_seconds)
    recogniser = Recogniser(find_model(None))
    return CoachListener(recogniser, CoachEars(dialog, library, recogniser.words), warm_up)


def heard(listener: CoachListener, text: str, voice: str) -> list[tuple[str, object]]:
    """What is acted on: kinds and values."""
    around = np.zeros(RATE_HZ // 2), np.zeros(RATE_HZ * 5 // 4)
    noise = np.random.default_rng(0)
    samples = np.concatenate([around[0], speak(text, voice, 1.0), around[1]])
    samples += noise.normal(size=len(samples)) * 1e-3
    listener.tune(("another moment",))
    listener.tune(())
    found = [t for b in blocks_of(to_pcm(samples), BLOCK_BYTES) if (t := listener.hear(b))]
    meant = [listener.warm_up.understand(text) for text in found]
    return [(meaning.kind, meaning.value) for meaning in meant]


@pytest.mark.parametrize("said", [c for c in COMMANDS if c != "quiet"])
def test_a_command_is_heard_in_most_voices(listener: CoachListener, said: str) -> None:
    found = [heard(listener, said, voice) for voice in VOICES]
    assert sum(f[:1] == [("command", COMMANDS[said])] for f in found) >= 3, found


@pytest.mark.parametrize("said", ["another one", "something else"])
def test_a_swap_is_heard_and_never_taken_for_stop(listener: CoachListener, said: str) -> None:
    """ "Swap" itself is one sound away from "stop", so it only counts when typed."""
    found = [heard(listener, said, voice) for voice in VOICES]
    assert sum(f[:1] == [("command", "another")] for f in found) >= 3, found
    assert not any(("command", "another") in heard(listener, "stop", voice) for voice in VOICES)


def test_quiet_can_be_said_in_other_words(listener: CoachListener) -> None:
    """With this model "quiet" is heard as "why" in most voices."""
    found = [heard(listener, "be quiet", voice) for voice in VOICES]
    assert sum(f[:1] == [("command", "quiet")] for f in found) >= 3, found


@pytest.mark.parametrize("said", PAINS)
def test_pain_is_never_taken_for_a_command_and_mostly_heard(
    listener: CoachListener, said: str
) -> None:
    found = [heard(listener, said, voice) for voice in VOICES]
    assert not [f for f in found if f and f[0][0] == "command" and f[0][1] != "stop"]
    assert sum(any(kind in WARNINGS for kind, _ in f) for f in found) >= 3, found


def test_of_a_leg_in_part_it_asks(listener: CoachListener) -> None:
    """The model drops words; what is left of them still stops the count."""
    for part in ("leg", "my leg", "down leg", "my foot"):
        meaning = listener.warm_up.understand(part)
        assert meaning.kind in WARNINGS, part
