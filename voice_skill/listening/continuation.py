"""Whether somebody goes on while the reply to what they said so far already sounds."""

from dataclasses import dataclass

from voice_skill.audio.sound import level_dbfs
from voice_skill.hearing.listener import Floor
from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.listening.echo_guard import LEFT_STANDS_OUT_DB, STANDS_OUT_DB

SPEECH_BLOCKS = 2
"""So many loud blocks in a row are somebody who speaks, and no click."""


@dataclass
class Continuation:
    """Follows the sound block by block; levels tell a person from the reply that comes back."""

    own_echo: OwnEcho
    room: Floor
    _blocks: int = 0

    def hear(self, block: bytes) -> bool:
        """Whether somebody has gone on speaking, after this block, which the microphone gave."""
        self._blocks = self._blocks + 1 if self._is_persons(block) else 0
        return self._blocks >= SPEECH_BLOCKS

    @property
    def perhaps(self) -> bool:
        """Whether the last block may be the beginning of it."""
        return self._blocks > 0

    def _is_persons(self, block: bytes) -> bool:
        """Whether a block is louder than the room, and than what comes back of the own voice.

        Where that is not known any more it is a person's: a prompt that is cut is said again.
        """
        if not self.room.loud(level_dbfs(block)):
            return False
        above_db = self.own_echo.above_db(0.0, 0.0)
        left_db = self.own_echo.left_above_db(0.0, 0.0)
        if above_db is None or left_db is None or not self.own_echo.known:
            return True
        return above_db >= STANDS_OUT_DB or left_db >= LEFT_STANDS_OUT_DB
