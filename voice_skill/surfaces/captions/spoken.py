"""A spoken session with a page beside it: whichever answers first is taken, the other is not.

A typed answer comes out of the microphone as an interruption, in the one thread that takes answers.
So it is taken between two blocks of sound, and what was half heard by then counts for nothing.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, cast

from voice_skill.coaching.effects import Effect as CoachEffect
from voice_skill.dialog.effects import Effect
from voice_skill.hearing.capture import Microphone
from voice_skill.runtime.voice.check import Spoken
from voice_skill.runtime.voice.warm_up import Coached
from voice_skill.surfaces.captions.board import Board
from voice_skill.surfaces.captions.check_view import CheckView
from voice_skill.surfaces.captions.desk import HEARD, Desk
from voice_skill.surfaces.captions.warm_up_view import WarmUpView


class Typed(Exception):
    """Somebody typed an answer while sound was listened to."""

    def __init__(self, text: str) -> None:
        super().__init__("an answer was typed")
        self.text = text


class OpenEar:
    """A microphone that notices what is typed. All else of it is the microphone's own."""

    def __init__(self, microphone: Microphone, board: Board) -> None:
        self._microphone, self._board = microphone, board

    def __getattr__(self, name: str) -> Any:
        return getattr(self._microphone, name)

    def read(self) -> bytes:
        """The next block. Raises Typed where an answer was typed, DeviceLost as ever."""
        text = self._board.typed()
        if text is not None:
            raise Typed(text)
        return self._microphone.read()


@dataclass
class CaptionedCheck(Spoken):
    """A check by voice and on the page."""

    desk: Desk = field(kw_only=True)

    @classmethod
    def at(cls, desk: Desk) -> Callable[..., "CaptionedCheck"]:
        """Makes it out of what a spoken session is made of."""

        def make(conversation: Any, microphone: Any, speaker: Any, recogniser: Any,
                 caption: Callable[[str], None], *more: Any) -> "CaptionedCheck":  # fmt: skip
            def both(line: str) -> None:
                caption(line)
                desk.told(line)

            ear = cast(Microphone, OpenEar(microphone, desk.board))
            return cls(conversation, ear, speaker, recogniser, both, *more, desk=desk)

        return make

    def __post_init__(self) -> None:
        super().__post_init__()
        self._view = CheckView(self.desk.board, self.desk.words)

    def _perform(self, effects: tuple[Effect, ...]) -> tuple[Effect, ...] | None:
        self._view.show(self.conversation, effects)
        try:
            return super()._perform(effects)
        except Typed as typed:
            self.speaker.stop()
            self._mouth.submit(lambda: None).result()  # whatever was still being said
            self.caption(f"{HEARD}{typed.text}")
            return self.conversation.hear(typed.text)


@dataclass
class CaptionedWarmUp(Coached):
    """A warm-up by voice and on the page."""

    def __post_init__(self) -> None:
        super().__post_init__()
        desk = cast(CaptionedCheck, self.spoken).desk
        self._view = WarmUpView(desk.board, desk.words, desk.pictures, self.warm_up)

    def _show(self) -> None:
        super()._show()
        self._view.show()

    def _say(self, lines: tuple[str, ...]) -> tuple[CoachEffect, ...]:
        return self._or_typed(lambda: super(CaptionedWarmUp, self)._say(lines))

    def _wait(self) -> tuple[CoachEffect, ...]:
        return self._or_typed(super()._wait)

    def _or_typed(
        self, listening: Callable[[], tuple[CoachEffect, ...]]
    ) -> tuple[CoachEffect, ...]:
        self._view.show()
        try:
            return listening()
        except Typed as typed:
            return self._take(typed.text)

    def _take(self, text: str) -> tuple[CoachEffect, ...]:
        """What was typed: whole sentences, unlike what a grammar forces sound into."""
        self._mouth.stop()
        silent: Future[bool] = self._mouth.say(())
        silent.result()
        self.warm_up.free_speech = True
        try:
            return self.warm_up.hear(self.clock.now(), text)
        finally:
            self.warm_up.free_speech = False
