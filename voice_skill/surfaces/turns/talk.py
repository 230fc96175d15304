"""One conversation whose words come from elsewhere: a thread that waits for each answer.

It is held as `run` holds one: the same record, the same warm-up, the same ladder. Who is silent for
long has left: what was said so far is kept, as after a crash, and the next check takes it up.
"""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from voice_skill.log import note_failure
from voice_skill.surfaces.turns.passage import Passage, clock_at
from voice_skill.surfaces.turns.stretch import Stretch
from voice_skill.surfaces.turns.turn import Reply, Said
from voice_skill.visit.warm_up import Row

MAX_IDLE_SECONDS = 300.0
"""After so long without a word somebody has left. Assistants forget a conversation as soon."""
MAX_REPLY_SECONDS = 20.0
"""A reply takes some hundredths of a second; the first one reads the diary."""


class Left(Exception):
    """Nobody answers any more."""


@dataclass(frozen=True)
class Playing:
    """A reply that is being played. anchors: see `Layout`. since: on the clock of the machine."""

    reply: Reply
    anchors: list[tuple[float, float]]
    since: float


class Talk:
    """A conversation. hold: carries it to its end, by `ask`; called in a thread of its own.

    failed: what is said where it ends by a fault of the program. last: the last reply. playing: the
    last one that our own voice spoke.
    """

    def __init__(
        self,
        name: str,
        hold: Callable[["Talk"], None],
        failed: str,
        idle_seconds: float = MAX_IDLE_SECONDS,
    ) -> None:
        self.name = name
        self.last = Reply()
        self.last_at = time.monotonic()
        self.playing: Playing | None = None
        self._idle_seconds = idle_seconds
        self._hold, self._failed = hold, failed
        self._said: queue.SimpleQueue[Said | None] = queue.SimpleQueue()
        self._replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
        self._turn, self._begun = threading.Lock(), threading.Event()
        self._passages: tuple[Passage, ...] = ()
        self._thread = threading.Thread(target=self._run, name="talk", daemon=True)

    def begin(self) -> Reply:
        """Start it. What is said first."""
        with self._turn:
            self._thread.start()
            self._begun.set()
            return self._reply()

    def answer(self, said: Said) -> Reply:
        """Say something. What is replied; nothing but the end, where it has ended meanwhile."""
        self._begun.wait(MAX_REPLY_SECONDS)
        with self._turn:
            if self.last.over:
                return Reply(over=True)
            self._said.put(said)
            return self._reply()

    def leave(self, wait_seconds: float = 0.0) -> None:
        """Nobody will answer: keep what there is, and end. Twice is harmless."""
        self._said.put(None)
        if wait_seconds and self._thread.is_alive():
            self._thread.join(wait_seconds)

    @property
    def over(self) -> bool:
        """Whether nobody can answer in it any more."""
        return self._begun.is_set() and not self._thread.is_alive()

    def moment(self, stretch: Stretch) -> float:
        """By the clock of a warm-up, where its stretch is that was handed out last.

        At its end, unless our own voice speaks: nobody else keeps the time between the counts.
        """
        if self.playing is None or self.last.stretch is None:
            return stretch.ends_seconds
        if self.playing.reply is self.last:
            played, anchors = time.monotonic() - self.playing.since, self.playing.anchors
            return min(clock_at(anchors, played), stretch.ends_seconds)
        elsewhere = time.monotonic() - self.last_at  # played out of the assistant's own cache
        return min(stretch.begins_seconds + elsewhere, stretch.ends_seconds)

    def say(self, passage: Passage) -> None:
        """To be said with the next reply."""
        self._passages += (passage,)

    def ask(self, reply: Reply) -> Said:
        """Reply, and wait for what is said to it. Raises Left."""
        stretch = reply.stretch
        speaking = stretch.ends_seconds - stretch.begins_seconds if stretch else 0.0
        self._give(reply)
        try:
            said = self._said.get(timeout=self._idle_seconds + speaking)
        except queue.Empty:
            raise Left from None
        if said is None:
            raise Left
        return said

    def _give(self, reply: Reply) -> None:
        passages, self._passages = (*self._passages, *reply.passages), ()
        self._replies.put(replace(reply, passages=passages))

    def _reply(self) -> Reply:
        try:
            self.last = self._replies.get(timeout=MAX_REPLY_SECONDS)
        except queue.Empty:
            self.last = Reply((_line(self._failed),), over=True)
            self.leave()
        self.last_at = time.monotonic()
        return self.last

    def _run(self) -> None:
        try:
            self._hold(self)
        except Left:
            self._passages = ()
        except Exception as error:
            note_failure(error)
            self.say(_line(self._failed))
        finally:
            self._give(Reply(over=True))


def _line(text: str) -> Passage:
    return Passage((Row(0.0, "say", None, text),))
