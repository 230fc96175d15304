"""What a person says into the skill's own voice: a chain of both is heard, and told apart here."""

from dataclasses import dataclass
from math import inf

from voice_skill.audio.sound import BLOCK_SECONDS
from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.hearing.recogniser import Hypothesis
from voice_skill.understanding.text import Tokens, spelled

STANDS_OUT_DB, LEFT_STANDS_OUT_DB = 6.5, 10.0
"""Words so far above the level at which the skill's voice comes back are not its own. Words so far
above what the canceller leaves of it may be a softer voice; all else, while a sentence is said, is
its own: of that "left" has come out with a confidence of 1.0, "painful" with 0.96. See
docs/measurements/history.md, "Its first seconds"."""
OWN_CONFIDENCE = 0.9
"""Of what may be a softer voice, and of what is heard while the skill counts."""
UNTOLD_CONFIDENCE = 0.6
"""Of words heard while the skill speaks, where nothing tells what is played; at first 0.9."""
UNTOLD_SECONDS = 8.0


@dataclass
class OwnVoice:
    """What the skill says now, and how sure words must be that may be its own."""

    own_echo: OwnEcho
    words: Tokens = ()
    _seconds: float = 0.0

    def say(self, prompt: tuple[str, ...]) -> None:
        """These lines sound from now on; none where it is silent."""
        self.words = tuple(word for line in prompt for word in spelled(line))

    def hear_block(self) -> None:
        """A block was heard meanwhile."""
        self._seconds += BLOCK_SECONDS if self.words else 0.0

    def needed_confidence(self, heard: Hypothesis, now_seconds: float) -> float:
        """What words need that may be its own; nothing more where they cannot be.

        Its counts come back as well. now_seconds: on the clock of the words.
        """
        since, until = now_seconds - heard.start_seconds, now_seconds - heard.end_seconds
        above_db = self.own_echo.above_db(since, until)
        if above_db is None:  # nothing tells of it
            first = self._seconds < UNTOLD_SECONDS
            return (OWN_CONFIDENCE if first else UNTOLD_CONFIDENCE) if self.words else 0.0
        if above_db >= STANDS_OUT_DB:
            return 0.0
        left_db = self.own_echo.left_above_db(since, until) or 0.0
        own = above_db > -inf and left_db < LEFT_STANDS_OUT_DB  # where it is told what was played
        return inf if own and self.words else OWN_CONFIDENCE


def beyond(heard: Hypothesis, prompt: Tokens) -> Hypothesis:
    """What the prompt does not explain: all but the longest runs of its words at either end.

    "loose never into it hurts", heard while "keep it light and loose, never into pain" is said,
    is "it hurts". Empty where the prompt explains all.
    """
    if not prompt or not heard.text:
        return heard
    words = tuple(heard.text.split())
    first = _run(words, prompt)
    last = len(words) - _run(words[first:][::-1], prompt[::-1])
    return heard.part(first, last)


def _run(words: Tokens, prompt: Tokens) -> int:
    """How many of the words, from the first on, stand in the prompt one after the other."""
    return max(_common(words, prompt[start:]) for start in range(len(prompt)))


def _common(some: Tokens, others: Tokens) -> int:
    count = 0
    for one, other in zip(some, others, strict=False):
        if one != other:
            break
        count += 1
    return count
