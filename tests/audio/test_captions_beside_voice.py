"""A spoken session with its page: what is typed is taken while the skill speaks or listens."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.audio.conftest import skill
from tests.surfaces.test_captions import Place, Reader
from voice_skill.audio.virtual_card import VirtualSoundCard

pytestmark = pytest.mark.audio(whole=True)
ADDRESS = re.compile(r"captions: http://127\.0\.0\.1:(\d+)/([\w-]+)/")


def test_a_check_is_answered_on_the_page_while_it_speaks(
    tmp_path: Path, sound_card: VirtualSoundCard
) -> None:
    with skill(
        tmp_path, sound_card, "run", "--captions", seconds=150, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr
        found = next(m for line in process.stderr if (m := ADDRESS.search(line)))
        reader = Reader(Place(int(found[1]), found[2]))
        reader.asked("any back or leg symptoms today?")
        assert reader.answer("yes") == "taken"
        reader.asked("numbness or tingling")
        assert reader.answer("my bits are numb") == "taken"
        end = reader.until(lambda view: view["turn"] is None and "emergency" in view["question"])
        assert [line["text"] for line in end["lines"] if line["who"] == "you"] == [
            "yes", "my bits are numb",
        ]  # fmt: skip
