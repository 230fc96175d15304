"""A command said while the skill speaks cuts it short and is obeyed.

Not "stop": the first prompt holds that word, so it is not taken from anybody while it sounds.
"""

from pathlib import Path

import pytest

from tests.audio.conftest import captions, speech
from voice_skill.audio.virtual_card import VirtualSoundCard

pytestmark = [pytest.mark.audio, pytest.mark.timeout(120)]


def test_a_command_is_heard_while_the_skill_speaks(tmp_path: Path) -> None:
    wavs = speech(tmp_path, "pause")
    with VirtualSoundCard() as card:
        said: list[str] = []
        with captions(tmp_path, card) as lines:
            for line in lines:
                said.append(line)
                if "not a diagnosis" in line:
                    card.play_to_microphone(wavs["pause"])
                if "Paused" in line:
                    break
    assert "> pause" in said
    assert not any("back or leg symptoms" in line for line in said)
