"""One answer by ear. The reply begins in the first pause, and is taken back if somebody goes on.

People leave each other some 0.2 s, but a "no" may go on for longer: "no ... but a bit". So the ear
of the question stays open while the reply begins to sound. Nothing is kept, noted or counted before
it closes; then the whole sound is heard again, and only what is heard in it counts.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from voice_skill.audio.sound import BLOCK_SECONDS, level_dbfs
from voice_skill.hearing.endpointer import Decision, Patience
from voice_skill.hearing.listener import Floor, Listening, Utterance
from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.hearing.recogniser import Hypothesis, Recogniser
from voice_skill.listening.answer_grammar import Grammar
from voice_skill.listening.own_voice_gate import OwnVoiceGate

WINDOW_SECONDS = 0.75
"""So long the ear stays open after the pause in which the reply began. With the pause it is longer
than what was waited for before a reply, and who goes on after 0.7 s is still heard."""
MAX_TAKE_BACKS = 2
"""After so many the end of an answer is waited for as ever."""
LEAD_BLOCKS = round(1.5 / BLOCK_SECONDS)
"""So much is heard again before the first words."""


class Reply(Protocol):
    """What is said to an answer, and sounds already."""

    def take_back(self) -> None:
        """Be silent at once."""


Read = Callable[[], bytes]


@dataclass
class Turn:
    """Listens for one answer.

    may_begin: whether the reply to an answer may begin early; begin: begins it. before: the sound
    of somebody who has begun already.
    """

    recogniser: Recogniser
    read: Read
    grammar: Grammar
    own_echo: OwnEcho
    room: Floor
    may_begin: Callable[[Utterance], bool]
    begin: Callable[[Utterance], Reply | None]
    before: Sequence[bytes] = ()
    _sound: deque[bytes] = field(default_factory=deque)
    _dropped: int = 0
    _begins: int = 0
    _asked: str = ""

    def hear(self) -> tuple[Utterance, Reply | None]:
        """The answer, and the reply to it if that sounds already. Raises DeviceLost."""
        self._gate = OwnVoiceGate(self.own_echo, replace(self.room))
        self._room_before = replace(self.room)
        self._hearing = self._listening(self.room)
        for block in self.before:
            self._hear(block)
        take_backs = 0
        while True:
            decisions = [self._hear(block) for block in self._gate.hear(self.read())]
            if any(decision != "wait" for decision in decisions):
                return self._finished(), None
            if take_backs < MAX_TAKE_BACKS and self._may_begin():
                reply = self.begin(self._hearing.finish())
                try:
                    closed = self._closes(reply)
                except BaseException:
                    _take_back(reply)
                    raise
                self._hear_again()
                if closed:
                    return self._finished(), reply
                take_backs += 1

    def _hear(self, block: bytes) -> Decision:
        """Hear a block, and keep the sound from a little before the first words on."""
        self._sound.append(block)
        if not self._hearing.text and len(self._sound) > LEAD_BLOCKS:
            self._room_before.loud(level_dbfs(self._sound.popleft()))
            self._dropped += 1
        return self._hearing.hear(block)

    def _listening(self, room: Floor) -> Listening:
        self.recogniser.listen_for(self.grammar.texts)
        self._begins = self._dropped
        return Listening(self.recogniser, self.grammar.completeness, Patience(), room)

    def _may_begin(self) -> bool:
        """Whether there is a whole answer and a pause after it, in which a softer voice that goes
        on would be told from the room and the reply; and whether its reply may begin."""
        hearing = self._hearing
        if not (hearing.pausing and hearing.stands_out and self.own_echo.known):
            return False
        if hearing.text == self._asked or not self.grammar.covers(hearing.text):
            return False
        self._asked = hearing.text
        return self.may_begin(Utterance("heard", Hypothesis(hearing.text, 1.0)))

    def _closes(self, reply: Reply | None) -> bool:
        """Wait until the ear of the question closes. False: somebody goes on, and the reply is cut.

        What comes back of the reply is no part of the answer: quiet stands for it.
        """
        seconds = 0.0
        while seconds < WINDOW_SECONDS or self._gate.perhaps:
            self._sound.extend(self._gate.hear(self.read()))
            seconds += BLOCK_SECONDS
            if self._gate.speaking:
                _take_back(reply)
                return False
        return True

    def _hear_again(self) -> None:
        """Hear all of it again, from before the first words on."""
        before = replace(self._room_before)
        self._hearing = self._listening(before)
        for block in self._sound:
            self._hearing.hear(block)
        self.room.dbfs = before.dbfs
        self._hearing.room = self.room

    def _finished(self) -> Utterance:
        """What was heard, on the clock of the first block."""
        heard = self._hearing.finish()
        return replace(heard, ended_seconds=heard.ended_seconds + self._begins * BLOCK_SECONDS)


def _take_back(reply: Reply | None) -> None:
    if reply is not None:
        reply.take_back()
