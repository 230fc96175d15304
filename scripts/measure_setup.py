"""The first start by voice, held by a synthetic person: `measure_setup.py [--number]`.

Prints the number that was set, whether anybody was heard, the answers it took, and the seconds from
its first word to its last. --number: only the questions on the emergency number.
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.content import Content
from voice_skill.dialog.effects import Listen
from voice_skill.runtime.voice.equipment import studio
from voice_skill.runtime.voice.quiet_libraries import quiet_libraries
from voice_skill.setup.questions import Plan
from voice_skill.setup.talk import SetupTalk
from voice_skill.setup.wording import read_setup
from voice_skill.speaking.synthesiser import Synthesiser
from voice_skill.speaking.voice import Voice

SAYS = {"can_hear": "yes", "say_no": "no", "which_number": "nine one one", "right_number": "yes"}
THINK_SECONDS = 0.5


def held(number_alone: bool, folder: Path) -> dict[str, Any]:
    content = Content.load()
    plan = Plan.of(read_setup(content.folder), None, number_alone=number_alone)
    talk = SetupTalk.planned(content.dialog, plan)
    person = Synthesiser(Voice("en-gb", 140, 1.0))
    with VirtualSoundCard() as card:
        card.activate()

        def answer(floor: Listen) -> None:
            wav = folder / f"{floor.field}.wav"
            person.synthesise(SAYS[floor.field], wav)
            time.sleep(THINK_SECONDS)
            card.play_to_microphone(wav).wait()

        settings: dict[str, Any] = {}
        with (
            quiet_libraries(),
            studio(talk, settings, settings.update, tell, None, answer) as spoken,
        ):
            began = time.monotonic()
            spoken.run(talk.begin())
            took = time.monotonic() - began
        person.close()
    at = talk.progress
    return {"number": at.number, "heard": not at.unfinished, "answers": at.turns,
            "seconds": round(took, 1)}  # fmt: skip


def tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(held("--number" in sys.argv, Path(folder))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
