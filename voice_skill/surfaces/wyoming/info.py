"""What the service tells of itself."""

from wyoming.info import (
    AsrModel,
    AsrProgram,
    Attribution,
    HandleModel,
    HandleProgram,
    Info,
    TtsProgram,
    TtsVoice,
)

from voice_skill import __version__
from voice_skill.dialog.dialog import Dialog

NAME = "voice-skill"


def info_of(dialog: Dialog, voice: str) -> Info:
    """Ears, a voice and conversations, all for the language of the dialog."""
    languages, title, by = [dialog.language], dialog.title, Attribution(NAME, "")
    ears = AsrModel(dialog.id, by, True, title, __version__, languages)
    speaker = TtsVoice(voice, by, True, "espeak-ng", __version__, languages)
    talker = HandleModel(dialog.id, by, True, title, __version__, languages)
    hears = "Hears the answers of a back check, and knows when one is over"
    return Info(
        asr=[
            AsrProgram(
                NAME,
                by,
                True,
                hears,
                __version__,
                [ears],
                requires_external_vad=False,
                prefers_auto_gain_enabled=False,
                prefers_noise_reduction_enabled=False,
            )
        ],
        tts=[TtsProgram(NAME, by, True, "Speaks, and counts in time", __version__, [speaker])],
        handle=[HandleProgram(NAME, by, True, "Holds a back check", __version__, [talker])],
    )
