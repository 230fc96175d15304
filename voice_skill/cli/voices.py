"""`voice-skill voices`: the voices it can speak with, to read and to hear."""

import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

from voice_skill.audio.devices import find_device
from voice_skill.cli.command import print_json
from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import AudioError, UsageError
from voice_skill.near import did_you_mean
from voice_skill.speaking.cache import read_sound
from voice_skill.speaking.playback import Player
from voice_skill.speaking.synthesiser import Synthesiser
from voice_skill.speaking.voice import Voice
from voice_skill.speaking.voices import SpokenVoice, voices
from voice_skill.storage.settings import usable
from voice_skill.storage.store import Store


def show_voices(dialog: Dialog, tried: str | None, as_json: bool) -> int:
    """Print the voices of the dialog's language. tried: a name, or "" to hear each of them.

    Raises UsageError, SpeechError, AudioError.
    """
    settings = usable(Store.from_platform())
    now = Voice.from_settings(settings)
    shown = voices(dialog.language)
    if tried:
        shown = [_named(shown, tried)]
    if as_json:
        print_json([asdict(voice) for voice in shown])
    player = None
    if tried is not None:
        player = Player(find_device(settings.get("loudspeaker"), "output").name)
    for voice in shown:
        if not as_json:
            mark = "  (in use)" if now.name in (voice.name, voice.language) else ""
            print(f"{voice.name}    {voice.about}{mark}", flush=True)
        if player is not None:
            _speak(
                replace(now, name=voice.name), f"{voice.about}. {dialog.text(dialog.intro)}", player
            )
    if not as_json:
        print("choose one: voice-skill settings set voice NAME", file=sys.stderr)
    return 0


def _named(shown: list[SpokenVoice], name: str) -> SpokenVoice:
    for voice in shown:
        if name in (voice.name, voice.language):
            return voice
    known = [voice.name for voice in shown]
    raise UsageError(
        f"there is no voice '{name}'; see: voice-skill voices{did_you_mean(name, known)}"
    )


def _speak(voice: Voice, text: str, player: Player) -> None:
    synthesiser = Synthesiser(voice)
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "voice.wav"
            synthesiser.synthesise(text, path)
            sound = read_sound(path)
    finally:
        synthesiser.close()
    if not player.play(*sound):
        raise AudioError("the loudspeaker did not play to the end; see: voice-skill devices")
