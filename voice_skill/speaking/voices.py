"""The voices of the synthesiser. It is asked in a child process, which may hang."""

import json
import subprocess
import sys
from dataclasses import dataclass

from voice_skill.errors import SpeechError
from voice_skill.speaking.synthesiser import HINT, START_SECONDS


@dataclass(frozen=True)
class SpokenVoice:
    """name: what `settings set voice` takes. language: such as en-us."""

    name: str
    about: str
    language: str


def voices(language: str) -> list[SpokenVoice]:
    """Those of one language, such as `en`. Raises SpeechError."""
    command = [sys.executable, "-m", "voice_skill.speaking.voices"]
    try:
        told = subprocess.check_output(
            command,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=START_SECONDS,
        )
        found = [SpokenVoice(*row) for row in json.loads(told)]
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise SpeechError(f"no voices ({type(error).__name__}); {HINT}") from None
    return [v for v in found if v.language.split("-")[0] == language]


def main() -> int:
    """Print all voices as JSON: rows of name, text and language."""
    import os

    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # pyttsx3 prints on stdout
    import pyttsx3

    found = pyttsx3.init().getProperty("voices")
    rows = [(voice.id, voice.name, _language(voice.languages)) for voice in found]
    answer.write(json.dumps(rows))
    answer.flush()
    os._exit(0)  # the engine's threads may not want to end


def _language(told: object) -> str:
    """The first language of a voice; drivers tell it as text, as bytes, or not at all."""
    first = next(iter(told), "") if isinstance(told, list | tuple) else ""
    text = first.decode("utf-8", "replace") if isinstance(first, bytes) else str(first)
    return text.strip("\x00\x01\x02\x03\x04\x05").lower().replace("_", "-")


if __name__ == "__main__":
    raise SystemExit(main())
