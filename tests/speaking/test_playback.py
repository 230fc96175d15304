"""Where the first sample of a sound is put among the frames that the device asks for."""

import pytest

from voice_skill.audio.own_sound import OwnSound
from voice_skill.speaking.cue import Cue
from voice_skill.speaking.playback import Playing

RATE_HZ = 22050


@pytest.mark.parametrize(("at", "heard_at", "silent", "began_at"), [
    (None, 100.0, 0, 100.0),  # at once
    (100.5, 100.0, 191, None),  # not in these frames
    (100.004, 100.0, 88, 100.004),
    (99.0, 100.0, 0, 100.0),  # handed over too late
])  # fmt: skip
def test_it_begins_at_its_moment_or_as_soon_as_it_can(
    at: float | None, heard_at: float, silent: int, began_at: float | None
) -> None:
    playing = Playing(bytes(2000), RATE_HZ, Cue(at), OwnSound())
    assert playing.silent_frames(heard_at, 191) == silent
    assert playing.cue.began_at == began_at


def test_once_begun_it_goes_on_without_a_gap() -> None:
    playing = Playing(bytes(2000), RATE_HZ, Cue(100.004), OwnSound())
    playing.silent_frames(100.0, 191)
    assert playing.silent_frames(100.009, 191) == 0
