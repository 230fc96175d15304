"""The first start by voice: real ears and a real voice; nothing is touched and nothing is read."""

import json
from pathlib import Path

import pytest

from tests.audio.conftest import run_script

pytestmark = [pytest.mark.audio(whole=True), pytest.mark.timeout(300)]

FIRST_START = """
import json, sys, time
from pathlib import Path
from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.dialog.dialog import Dialog
from voice_skill.runtime.voice.equipment import studio
from voice_skill.runtime.voice.quiet_libraries import quiet_libraries
from voice_skill.setup.questions import Plan
from voice_skill.setup.talk import SetupTalk
from voice_skill.setup.wording import read_setup
from voice_skill.speaking.synthesiser import Synthesiser
from voice_skill.speaking.voice import Voice
from voice_skill.storage.paths import dialog_folder

SAYS = {"can_hear": "yes", "say_no": "no", "which_number": "nine one one", "right_number": "yes"}
folder = dialog_folder()
dialog = Dialog.from_folder(folder)
talk = SetupTalk.planned(dialog, Plan.of(read_setup(folder), None))
with VirtualSoundCard() as card:
    card.activate()
    person = Synthesiser(Voice("en-gb", 140, 1.0))

    def answer(floor):
        wav = Path(sys.argv[1]) / f"{floor.field}.wav"
        person.synthesise(SAYS[floor.field], wav)
        time.sleep(0.5)
        card.play_to_microphone(wav).wait()

    settings = {}
    tell = lambda line: print(line, file=sys.stderr, flush=True)
    with quiet_libraries(), studio(talk, settings, settings.update, tell, None, answer) as spoken:
        began = time.monotonic()
        spoken.run(talk.begin())
        took = time.monotonic() - began
    person.close()
at = talk.progress
print(json.dumps([at.number, at.unfinished, at.turns, round(took, 1)]))
"""


def test_somebody_sets_a_number_by_voice_alone(tmp_path: Path) -> None:
    number, unfinished, _, _ = json.loads(run_script(FIRST_START, tmp_path, seconds=280))
    assert (number, unfinished) == ("911", False)
