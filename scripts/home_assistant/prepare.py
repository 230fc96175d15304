"""What a person says in the job: questions with their answers, and every answer as sound.

python -m scripts.home_assistant.prepare FOLDER
"""

import json
import subprocess
import sys
from pathlib import Path

from voice_skill.audio.sound import RATE_HZ, read_pcm
from voice_skill.dialog.dialog import Dialog
from voice_skill.paths import dialog_folder
from voice_skill.runtime.people.persona import Persona

SAID = ("start my back check", "yes", "no", "stop", "i cannot feel between my legs")


def main() -> int:
    folder = Path(sys.argv[1])
    dialog, person = Dialog.from_folder(dialog_folder()), Persona.named("well-runner",
                                                                       dialog_folder())  # fmt: skip
    answers = {}
    for name, field in dialog.fields.items():
        said = person.answer(name)
        for ask in (field.ask, *field.reask):
            answers[_last_words(dialog.text(ask, **dict.fromkeys(dialog.fields, "")))] = said
    answers[_last_words(dialog.message("confirm_value", value=""))] = "yes"
    words = sorted({*answers.values(), *SAID})
    for number, said in enumerate(words):
        wav = folder / f"{number}.wav"
        subprocess.run(["espeak-ng", "-v", "en-us", "-s", "140", "-w", wav, said], check=True)
        (folder / f"{number}.raw").write_bytes(read_pcm(wav))
    about = {
        "answers": answers,
        "words": {said: f"{number}.raw" for number, said in enumerate(words)},
        "rate_hz": RATE_HZ,
        "warm_up": "all good?",
        "noinput": dialog.message("noinput_1"),
        "emergency": dialog.message("emergency_repeat"),
    }
    (folder / "talk.json").write_text(json.dumps(about, indent=2))
    return 0


def _last_words(question: str) -> str:
    """By which a question is known, whatever is said before it."""
    return " ".join(question.split()[-4:]).lower()


if __name__ == "__main__":
    raise SystemExit(main())
