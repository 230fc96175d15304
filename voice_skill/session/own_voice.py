"""What a person says into the skill's own voice: a chain of both is heard, and told apart here."""

from dataclasses import dataclass
from math import inf

from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.hearing.recogniser import Hypothesis
from voice_skill.hearing.sound import BLOCK_SECONDS
from voice_skill.understanding.text import Tokens, tokens

SPOKEN_INTO_CONFIDENCE = 0.6
"""Of words heard while the skill speaks."""
UNSETTLED_CONFIDENCE, SETTLED_DB = 0.9, 18.0
"""Of anything over the skill's own voice, until the echo canceller takes out so much of it, and
whenever it has lost its way: what is left comes out as "hurts" and "louder" with 0.6 to 0.87
(python scripts/measure_coach_sound.py openings); what a person says has 0.9 mostly. In a simulated
room that takes ten seconds of speech."""
UNSETTLED_SECONDS = 8.0
"""So long it needs as much where no canceller tells."""
STANDS_OUT_DB = 6.5
"""Words so far above the level at which the skill's voice comes back are not its own: see
docs/measurements.md, "Its first seconds"."""


@dataclass
class OwnVoice:
    """What the skill says now, and how sure words must be that may be its own."""

    own_echo: OwnEcho
    words: Tokens = ()
    _seconds: float = 0.0

    def say(self, prompt: tuple[str, ...]) -> None:
        """These lines sound from now on; none where it is silent."""
        self.words = tuple(word for line in prompt for word in tokens(line))

    def hear_block(self) -> None:
        """A block was heard meanwhile."""
        self._seconds += BLOCK_SECONDS if self.words else 0.0

    def needed_confidence(self, heard: Hypothesis, now_seconds: float) -> float:
        """What words need that may be its own; nothing more where they cannot be.

        Counts come back as well, but only where nothing takes them out. now_seconds: on the clock
        of the words.
        """
        since, until = now_seconds - heard.start_seconds, now_seconds - heard.end_seconds
        above_db = self.own_echo.above_db(since, until)
        taken_out_db = self.own_echo.taken_out_db(since)
        spoken_into = SPOKEN_INTO_CONFIDENCE if self.words else 0.0
        if above_db is None or taken_out_db is None:  # nothing tells of it
            unsettled = self.words and self._seconds < UNSETTLED_SECONDS
            return UNSETTLED_CONFIDENCE if unsettled else spoken_into
        if above_db >= STANDS_OUT_DB:
            return 0.0
        lost = above_db == -inf or taken_out_db < SETTLED_DB
        return UNSETTLED_CONFIDENCE if lost else spoken_into


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
