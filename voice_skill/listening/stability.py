"""How long words have stood still, and how long the sound has been over that gave them."""

from dataclasses import dataclass, field

from voice_skill.audio.sound import BLOCK_SECONDS, level_dbfs
from voice_skill.hearing.listener import Floor


@dataclass(frozen=True)
class Wait:
    """How long words stand still before they are acted on, in seconds.

    sounding: while the sound goes on. A partial knows the last of several words before it is
    spoken out, and may know a word that is not the one: "how many oww" of "how many left".
    otherwise: where it has just ended, or a voice does not stand out of the noise.
    """

    sounding: float
    otherwise: float


WORD_WAIT, OPEN_WAIT = Wait(0.15, 0.1), Wait(0.3, 0.2)
"""Of a single word in mid-drill, and of what may still change: several words, what another phrase
begins with, what is said into the coach's own voice, an answer ("alright" becomes "all good")."""
CALL_OVER_SECONDS, OVER_SECONDS = 0.15, 0.2
"""Quiet for so long, nothing more is coming, and whole words need not be waited for any longer: a
partial that comes late ("two" in answer to a question) has waited already. The shorter one is for
calls into the count; an answer, and what is said into the coach's own voice, has more time."""


@dataclass
class Stillness:
    """Follows an utterance block by block.

    In noise, or over music, nothing is quiet; a soft voice in it is never loud. In both cases only
    the words tell.
    """

    _floor: Floor = field(default_factory=Floor)
    _text: str = ""
    _steady_blocks: int = 0
    _quiet_blocks: int | None = None
    _loud_blocks: int = 0

    def begin(self) -> None:
        """Another utterance, in the same room."""
        self._text, self._steady_blocks, self._quiet_blocks = "", 0, None

    def sound(self, block: bytes) -> None:
        """Hear a block."""
        loud = self._floor.loud(level_dbfs(block))
        self._loud_blocks = self._loud_blocks + 1 if loud else 0
        if loud:
            self._quiet_blocks = 0
        elif self._quiet_blocks is not None:
            self._quiet_blocks += 1

    def words(self, text: str) -> None:
        """What is heard by now."""
        self._steady_blocks = self._steady_blocks + 1 if text and text == self._text else 0
        self._text = text

    @property
    def text(self) -> str:
        """The words by now."""
        return self._text

    @property
    def sounding_seconds(self) -> float:
        """So long a sound has gone on without a pause; 0 where it is quiet."""
        return self._loud_blocks * BLOCK_SECONDS

    @property
    def steady_seconds(self) -> float:
        """So long the words are the same."""
        return self._steady_blocks * BLOCK_SECONDS

    @property
    def quiet_seconds(self) -> float:
        """So long it has been quiet after a sound; 0 where none was loud."""
        return (self._quiet_blocks or 0) * BLOCK_SECONDS

    @property
    def sounding(self) -> bool:
        """Whether the sound goes on."""
        return self._quiet_blocks == 0
