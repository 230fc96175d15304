"""Setting up ears and voice for a session, and taking them down again."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from voice_skill.audio.devices import find_device
from voice_skill.audio.own_sound import OwnSound
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Adjust, Listen
from voice_skill.errors import AudioError, StorageError
from voice_skill.hearing.capture import Microphone
from voice_skill.hearing.choosing import second_ear
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.models.folder import find_model
from voice_skill.paths import cache_folder
from voice_skill.runtime.voice.check import Spoken
from voice_skill.runtime.voice.impersonal import impersonal
from voice_skill.runtime.voice.quiet_libraries import quiet_libraries
from voice_skill.speaking.playback import Player
from voice_skill.speaking.speaker import Speaker
from voice_skill.speaking.voice import Voice
from voice_skill.storage.settings import remember, usable
from voice_skill.storage.store import Store
from voice_skill.visit.conversation import Conversation

Caption = Callable[[str], None]


def to_screen(line: str) -> None:
    """Captions for those who can read them."""
    print(line, file=sys.stderr, flush=True)


@contextmanager
def studio(
    conversation: Conversation,
    settings: dict[str, Any],
    remember: Callable[[dict[str, Any]], None],
    caption: Caption,
    model: Path | None = None,
    on_floor: Callable[[Listen], None] = lambda floor: None,
    make: Callable[..., Spoken] | None = None,
) -> Iterator[Spoken]:
    """A spoken session ready to run. Raises AudioError or ModelError before anything is said.

    settings: microphone, loudspeaker, voice, rate_wpm, volume. remember: told of a changed voice.
    make: what holds it, where it is more than voice.
    """
    dialog = conversation.dialog
    find_device(settings.get("loudspeaker"), "output")
    # what is known is what the default loudspeaker plays
    own_sound, by_default = OwnSound(), not settings.get("loudspeaker")
    microphone = Microphone(settings.get("microphone"), by_default, own_sound)
    recogniser = Recogniser(find_model(model))
    speaker = Speaker(
        Player(settings.get("loudspeaker"), own_sound),
        cache_folder(),
        Voice.from_settings(settings),
        dialog.message("synthesiser_failed"),
        lambda text: caption(f"(voice: {text})"),
        impersonal(dialog),
    )
    try:
        microphone.open()
        speaker.prepare(opening_lines(dialog))
        yield (make or Spoken)(
            conversation,
            microphone,
            speaker,
            recogniser,
            caption,
            _adjuster(speaker, remember),
            on_floor,
            second_ear(recogniser),
        )
    finally:
        microphone.close()
        speaker.close()


@contextmanager
def own_studio(
    content: Content,
    today: Mapping[str, Any],
    model: Path | None,
    make: Callable[..., Spoken] | None = None,
) -> Iterator[Spoken]:
    """A studio with the user's settings, and today's over them. A changed voice is remembered.

    Captions go to the screen. Raises AudioError or ModelError before anything is said.
    """
    store = Store.from_platform()
    chosen = {**usable(store), **{name: value for name, value in today.items() if value}}

    def keep(change: dict[str, Any]) -> None:
        try:
            remember(store, change)
        except StorageError as error:  # it is spoken so today all the same
            to_screen(f"voice-skill: {error}")

    parts = (content.conversation(), chosen, keep, to_screen, model)
    with quiet_libraries(), studio(*parts, make=make) as spoken:
        yield spoken


def opening_lines(dialog: Dialog) -> list[str]:
    """What will be said first, and what must be there if the synthesiser breaks."""
    lines = [dialog.text(dialog.intro)]
    lines += [dialog.text(field.ask) for field in list(dialog.fields.values())[:3]]
    urgent = [dialog.dispositions["EMERGENCY"], dialog.dispositions["URGENT"]]
    for end in urgent:
        lines += [dialog.text(say) for say in (end.say, *(v.say for v in end.variants))]
    return [dialog.message("synthesiser_failed"), *lines]


def _adjuster(
    speaker: Speaker, remember: Callable[[dict[str, Any]], None]
) -> Callable[[Adjust], bool]:
    def adjust(effect: Adjust) -> bool:
        voice = speaker.voice.adjusted(effect.setting, effect.step)
        if not speaker.set_voice(voice):
            return False
        remember({"rate_wpm": voice.rate_wpm, "volume": voice.volume})
        return True

    return adjust


def sound_available() -> str | None:
    """Why there is no sound here, or None where there is."""
    try:
        find_device(None, "output")
        find_device(None, "input")
    except AudioError as error:
        return str(error)
    return None
