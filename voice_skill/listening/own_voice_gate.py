"""Who speaks into the skill's own voice: their sound passes, what comes back of it does not.

Levels tell the two apart (docs/decisions/0006).
"""

from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise

from voice_skill.audio.sound import BLOCK_BYTES, level_dbfs
from voice_skill.hearing.listener import Floor
from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.listening.echo_guard import LEFT_STANDS_OUT_DB, STANDS_OUT_DB

SPEECH_BLOCKS = 2
"""So many loud blocks in a row are somebody who speaks, and no click."""
BEFORE_BLOCKS = 1
"""So much before the first loud block of somebody is theirs, too."""
AFTER_BLOCKS = 2
"""So much after the last: words have soft ends."""

BEGUN_BLOCKS = 8
"""Who began to speak no longer ago than this, while a question was ending, answers it."""


@dataclass
class OwnVoiceGate:
    """Follows the sound block by block. room: the level of the room, followed further."""

    own_echo: OwnEcho
    room: Floor
    _waiting: deque[bytes] = field(default_factory=deque)
    _quiet: bytes = bytes(BLOCK_BYTES)
    _speech_blocks: int = 0
    _open_blocks: int = 0

    def hear(self, block: bytes) -> list[bytes]:
        """What passes after this block, in order and complete; quiet stands for the own voice.

        While it sounds all comes later by the blocks that may be the beginning of somebody.
        """
        loud = self.room.loud(level_dbfs(block))
        self._speech_blocks = self._speech_blocks + 1 if loud and self._is_persons() else 0
        self._open_blocks = AFTER_BLOCKS if self.speaking else max(0, self._open_blocks - 1)
        self._waiting.append(block)
        if self._open_blocks or not self.own_echo.sounding:
            if not loud and not self.own_echo.sounding:
                self._quiet = block
            return self._all()
        if self.perhaps:
            return []
        passed = [self._quiet] * (len(self._waiting) - BEFORE_BLOCKS)
        for _ in passed:
            self._waiting.popleft()
        return passed

    @property
    def speaking(self) -> bool:
        """Whether somebody speaks, also into the own voice."""
        return self._speech_blocks >= SPEECH_BLOCKS

    @property
    def perhaps(self) -> bool:
        """Whether the last block may be the beginning of it."""
        return self._speech_blocks > 0

    def _all(self) -> list[bytes]:
        passed = [*self._waiting]
        self._waiting.clear()
        return passed

    def _is_persons(self) -> bool:
        """Whether the last block is louder than what comes back of the own voice; where that is not
        known any more, it is."""
        above_db = self.own_echo.above_db(0.0, 0.0)
        left_db = self.own_echo.left_above_db(0.0, 0.0)
        if above_db is None or left_db is None or not self.own_echo.known:
            return True
        return above_db >= STANDS_OUT_DB or left_db >= LEFT_STANDS_OUT_DB


@dataclass
class JustBegun:
    """The sound of somebody who began to speak a moment ago, while a question ended.

    What began long before its end was said into it, and is no answer.
    """

    own_echo: OwnEcho
    room: Floor
    _sound: deque[tuple[bytes, bool]] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self._gate = OwnVoiceGate(self.own_echo, self.room)

    def hear(self, block: bytes) -> bytes:
        """A block, which is given back."""
        self._gate.hear(block)
        self._sound.append((block, self._gate.perhaps))
        if len(self._sound) > BEGUN_BLOCKS + BEFORE_BLOCKS:
            self._sound.popleft()
        return block

    @property
    def sound(self) -> list[bytes]:
        """From a little before the first loud block on; nothing where nobody has just begun."""
        persons = [is_persons for _, is_persons in self._sound]
        begins = [n for n, both in enumerate(pairwise(persons)) if all(both)]
        if not begins or begins[0] == 0 or not self.own_echo.known:
            return []
        return [block for block, _ in self._sound][begins[0] - BEFORE_BLOCKS :]
