"""How long words have stood still, and how long the sound has been over that gave them."""

from dataclasses import dataclass, field

from voice_skill.hearing.listener import Floor
from voice_skill.hearing.sound import BLOCK_SECONDS, level_dbfs


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
