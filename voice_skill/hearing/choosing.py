"""Which second ear a session has: the one that was installed, else the first ear's own model."""

from voice_skill.errors import ModelError
from voice_skill.hearing.open_vosk import OpenVosk
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.hearing.second_ear import SecondEar
from voice_skill.hearing.whisper import Whisper
from voice_skill.log import LOG
from voice_skill.models.second_ear import find_second_ear


def second_ear(first: Recogniser) -> SecondEar:
    """One that was installed and cannot be used ends no session: the own model is there."""
    folder, own = find_second_ear(), OpenVosk(first)
    if folder is not None:
        try:
            return Whisper(folder, own)
        except ModelError as error:
            LOG.warning("the second ear cannot be used: %s", error)
    return own
