"""The coach's voice beside its ears: beats at their moment, and silence at once when it must be."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.runtime.voice.mouth import SpeakerMouth
from voice_skill.speaking.playback import Player
from voice_skill.speaking.speaker import Speaker
from voice_skill.speaking.voice import Voice

pytestmark = pytest.mark.audio


@pytest.fixture
def mouth(sound_card: VirtualSoundCard, tmp_path: Path) -> Iterator[SpeakerMouth]:
    speaker = Speaker(Player(), tmp_path, Voice(), "", lambda text: None)
    speaker.prepare(["three"])
    yield SpeakerMouth(speaker)
    speaker.close()


def test_a_beat_sounds_at_its_moment_and_not_before(mouth: SpeakerMouth) -> None:
    at = time.monotonic() + 0.8
    beat = mouth.beat("three", at)
    assert beat
    assert mouth.beat(None, at) is None  # one at a time
    while not beat.sounded:
        assert time.monotonic() < at + 5
        time.sleep(0.01)
    assert beat.cue.began_at
    assert beat.cue.began_at >= at


def test_what_waits_for_its_turn_or_its_moment_is_dropped_by_a_stop(mouth: SpeakerMouth) -> None:
    began = time.monotonic()
    saying = mouth.say(("A sentence that is never heard to its end.",) * 3)
    mouth.earcon("heard")
    mouth.stop()
    assert saying.result() is False
    beat = mouth.beat("three", time.monotonic() + 1.0)
    while beat is None:  # the streams are being closed
        beat = mouth.beat("three", time.monotonic() + 1.0)
    mouth.stop()
    mouth.close()
    assert beat.over
    assert not beat.sounded
    assert time.monotonic() - began < 5
