"""Whether words stand alone in what was heard, or amid other sound as loud as they are.

Others' talk comes out as a single "yes" now and then: a word or two of it, while the voice went on
before or after. A person's own answer is over when its sound is. Levels tell the two apart; see
docs/measurements/history.md, "Strangers' talk as an answer".
"""

from dataclasses import dataclass, field

import numpy as np

from voice_skill.audio.sound import BLOCK_SECONDS, SILENCE_DBFS

BEFORE_SECONDS, AFTER_SECONDS = 0.4, 0.3
"""The recogniser's word times are within the sound of the words by up to so much."""
AS_LOUD_DB, GOING_ON_DB = 10.0, 15.0
"""So far below the loudest of the words, sound beside them counts as another voice, and sound at
the end as the same one going on. A room of half a second fades by 15 dB in 0.13 s."""
BESIDE_BLOCKS, END_BLOCKS = 2, 2
"""So much sound beside the words is none yet (a click, a breath); so much makes the end."""


@dataclass
class Surroundings:
    """The levels of one utterance, block by block; `SILENCE_DBFS` where the room is no louder."""

    _levels: list[float] = field(default_factory=list)

    def hear(self, level_dbfs: float, loud: bool) -> None:
        """A block. loud: whether it stands out of the room."""
        self._levels.append(level_dbfs if loud else SILENCE_DBFS)

    @property
    def loudest_dbfs(self) -> float:
        """Of all that was heard."""
        return max(self._levels, default=SILENCE_DBFS)

    def leave_alone(self, start_seconds: float, end_seconds: float) -> bool:
        """Whether words that began and ended so, from the first block on, stand alone."""
        levels = np.array(self._levels)
        begin = np.arange(len(levels)) * BLOCK_SECONDS
        words = (begin + BLOCK_SECONDS > start_seconds - BEFORE_SECONDS) & (
            begin < end_seconds + AFTER_SECONDS
        )
        loudest = levels[words].max(initial=SILENCE_DBFS)
        if loudest == SILENCE_DBFS:
            return True  # in steady noise only the words tell
        beside = int((levels[~words] > loudest - AS_LOUD_DB).sum())
        goes_on = bool((levels[-END_BLOCKS:] > loudest - GOING_ON_DB).all())
        return beside <= BESIDE_BLOCKS and not goes_on
