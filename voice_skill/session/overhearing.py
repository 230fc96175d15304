"""What is said into the skill's own prompt: barge-in by hotword.

Only commands and danger phrases are heard then, never words that the prompt itself contains.
"""

from concurrent.futures import Future

from voice_skill.hearing.capture import Microphone
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.session.stillness import Stillness
from voice_skill.session.vocabulary import Hotwords

BARGE_CONFIDENCE = 0.8
STEADY_SECONDS = 0.25
"""So long a partial stands still before it is taken for whole: its last word is known before it is
out."""


def overheard(
    recogniser: Recogniser, microphone: Microphone, hot: Hotwords, speaking: "Future[bool]"
) -> str | None:
    """A whole phrase that was sure enough, or None once the prompt has ended.

    Raises DeviceLost where the microphone goes away.
    """
    recogniser.listen_for(hot.texts)
    still = Stillness()
    while not speaking.done():
        recogniser.accept(microphone.read())
        text = recogniser.partial()
        still.words(text)
        if still.steady_seconds < STEADY_SECONDS or text not in hot.whole:
            continue
        heard = recogniser.finish()
        if heard.text == text and heard.confidence >= BARGE_CONFIDENCE and not heard.unknown:
            return text
        recogniser.listen_for(hot.texts)
        still.begin()
    return None
