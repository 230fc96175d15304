"""End to end: a virtual person, the real recogniser and synthesiser, real sound."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile

from tests.audio.conftest import run_script

pytestmark = [pytest.mark.audio(whole=True), pytest.mark.timeout(400)]


@pytest.mark.parametrize(
    ("persona", "care"), [("cauda-equina", "EMERGENCY"), ("well-runner", "WARMUP")]
)
def test_a_spoken_conversation_comes_to_its_care(tmp_path: Path, persona: str, care: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "voice_skill", "demo", "--persona", persona, "-o", str(tmp_path),
         "--json"], capture_output=True, text=True, timeout=380, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["care"] == care, done.stderr
    wav = soundfile.info(tmp_path / "conversation.wav")
    assert (wav.channels, wav.samplerate) == (2, 16000)
    assert care in (tmp_path / "report.txt").read_text()
    assert all(0 < seconds < 10 for seconds in report["reply_seconds"])


ECHO = """
import json, sys
from pathlib import Path
from voice_skill.content import Content
from voice_skill.runtime.demo import converse
from voice_skill.runtime.people.persona import Persona
from voice_skill.paths import dialog_folder
from voice_skill.audio.virtual_card import VirtualSoundCard
folder = dialog_folder()
persona = Persona.from_file(folder / "personas" / "cauda-equina.yaml")
with VirtualSoundCard() as card:
    card.activate()
    card.echo_on(-12, 80)
    report, _ = converse(Content.load(), persona, card, None, Path(sys.argv[1]))
print(json.dumps([[turn.field, turn.said] for turn in report.turns]))
"""


def test_the_skill_never_answers_itself_over_a_loudspeaker(tmp_path: Path) -> None:
    """The loudspeaker leaks into the microphone at -12 dB with 80 ms of delay."""
    assert json.loads(run_script(ECHO, tmp_path, seconds=300)) == [
        ["symptom_now", "yes"],
        ["saddle", "yes"],
    ]
