"""What is said into the skill's own prompt: barge-in by hotword.

Only commands and danger phrases are heard then, never words that the prompt itself contains. Its
own voice has come back as "stop", with a confidence of 0.86, so a command must also stand out of
it, or be very sure; a danger need not.
"""

from collections.abc import Callable

from voice_skill.hearing.recogniser import Recogniser
from voice_skill.listening.answer_grammar import Hotwords
from voice_skill.listening.echo_guard import OwnVoice
from voice_skill.listening.stability import Stillness

BARGE_CONFIDENCE = 0.8
OVER_OWN_VOICE_CONFIDENCE = 0.95
"""Of a command that does not stand out of what comes back of the prompt."""
STEADY_SECONDS = 0.25
"""So long a partial stands still before it is taken for whole: its last word is known before it is
out."""


def overheard(
    recogniser: Recogniser,
    read: Callable[[], bytes],
    hot: Hotwords,
    own: OwnVoice,
    over: Callable[[], bool],
) -> str | None:
    """A whole phrase that was sure enough, or None once that is over.

    own: what is being said. over: asked after each block. Raises DeviceLost where
    the microphone goes away.
    """
    recogniser.listen_for(hot.texts)
    still = Stillness()
    while not over():
        recogniser.accept(read())
        own.hear_block()
        text = recogniser.partial()
        still.words(text)
        if still.steady_seconds < STEADY_SECONDS or text not in hot.whole:
            continue
        heard = recogniser.finish()
        enough = BARGE_CONFIDENCE
        if text not in hot.dangers:
            over_own = own.needed_confidence(heard, recogniser.heard_seconds)
            enough = max(enough, min(over_own, OVER_OWN_VOICE_CONFIDENCE))
        if heard.text == text and heard.confidence >= enough and not heard.unknown:
            return text
        recogniser.listen_for(hot.texts)
        still.begin()
    return None
