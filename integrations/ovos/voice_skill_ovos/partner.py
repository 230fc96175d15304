"""The assistant's voice and ears in a check, and in a warm-up that it may be spoken into."""

import queue
import time
from typing import TYPE_CHECKING

from voice_skill.coaching.pace import speech_seconds
from voice_skill.surfaces.turns.passage import Passage, word_of
from voice_skill.surfaces.turns.stretch import Stretch
from voice_skill.surfaces.turns.talk import MAX_IDLE_SECONDS, Left
from voice_skill.surfaces.turns.turn import Reply, Said

if TYPE_CHECKING:
    from voice_skill_ovos import BackCheckSkill

MAX_SPEAKING_SECONDS = 60
"""So long the end of a sentence is waited for; the assistant tells when it has said it."""


class Partner:
    """Speaks what is to be said, and brings what is said to it. See `Holding`.

    first: what was said before the check; it answers the first question.
    """

    def __init__(self, skill: "BackCheckSkill", first: Said | None = None) -> None:
        self._skill, self._first = skill, first
        self._lines: list[str] = []
        self._spoken_into: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._moment = 0.0
        self._left = False

    def interrupt(self, words: str) -> bool:
        """Something was said though no answer is waited for."""
        self._spoken_into.put(words)
        return True

    def leave(self) -> None:
        """Nobody will answer any more."""
        self._left = True
        self._spoken_into.put(None)

    def say(self, passage: Passage) -> None:
        """See `Holding`."""
        self._lines += [word_of(row) for row in passage.sounding if row.kind != "earcon"]

    def ask(self, reply: Reply) -> Said:
        """See `Holding`."""
        if self._first is not None:
            first, self._first = self._first, None
            self._lines = self._lines[:1]  # who told of a danger is not asked how they are
            return first
        if reply.stretch is None:
            for passage in reply.passages:
                self.say(passage)
            self._speak_all()
        else:
            self._speak_all()
            self._moment = reply.stretch.ends_seconds
            said = self._in_time(reply.stretch)
            if said is not None:
                return said
        return self._answer() if reply.listens else self._called(MAX_IDLE_SECONDS)

    def finish(self) -> None:
        """Say what is left to be said."""
        self._speak_all()

    def moment(self, stretch: Stretch) -> float:
        """See `Holding`."""
        return self._moment

    def _speak_all(self) -> None:
        lines, self._lines = self._lines, []
        for line in lines:
            self._skill.speak(line, wait=MAX_SPEAKING_SECONDS)

    def _answer(self) -> Said:
        """Listen for an answer. The assistant's own "stop" ends the listening."""
        words = self._skill.get_response(num_retries=0)
        if words is None and not self._spoken_into.empty():
            return self._called(0.0)
        if self._left:
            raise Left
        return Said.elsewhere(words or "")

    def _called(self, seconds: float) -> Said:
        """What is said within so long though nobody listens for an answer. Raises Left."""
        try:
            words = self._spoken_into.get(timeout=max(0.001, seconds))
        except queue.Empty:
            raise Left from None
        if words is None:
            raise Left
        return Said.elsewhere(words)

    def _in_time(self, stretch: Stretch) -> Said | None:
        """Speak a stretch by its clock. What was said into it, if anything was.

        The clock moves with each sentence, however long that takes here, as in a warm-up by voice.
        """
        origin = time.monotonic() - stretch.begins_seconds
        for row in stretch.passage.sounding:
            wait_seconds = row.at_seconds - (time.monotonic() - origin)
            if not self._spoken_into.empty() or wait_seconds > 0:
                try:
                    said = self._called(wait_seconds)
                except Left:
                    if self._left:
                        raise
                else:
                    self._moment = min(time.monotonic() - origin, stretch.ends_seconds)
                    return said
            if row.kind == "say":
                self._skill.speak(row.text, wait=MAX_SPEAKING_SECONDS)
                origin = time.monotonic() - row.at_seconds - speech_seconds((row.text,))
            elif row.kind == "count":
                self._skill.speak(word_of(row))
        return None
