"""A session on the page alone, by keyboard: where there is no sound, or none is wanted."""

import io
from typing import TextIO, cast

from voice_skill.content import Content
from voice_skill.dialog.effects import Effect, Say
from voice_skill.dialog.state import State
from voice_skill.runtime.continuing import go_on_with
from voice_skill.runtime.start import NOT_KEPT, kept_where
from voice_skill.runtime.typed.warm_up import run_typed_warm_up
from voice_skill.storage.record import Kept
from voice_skill.storage.store import Store
from voice_skill.surfaces.captions.check_view import CheckView
from voice_skill.surfaces.captions.desk import Desk
from voice_skill.surfaces.captions.warm_up_view import WarmUpView
from voice_skill.visit.conversation import Conversation
from voice_skill.visit.outcome import Result
from voice_skill.visit.warm_up import WarmUp


def run_on_page(content: Content, fresh: bool, desk: Desk) -> int:
    """A check and what follows it. Kept as every session is."""
    kept = Kept(content, Store.from_platform(), fresh)

    def run(warm_up: WarmUp) -> Result:
        return hold_warm_up(desk, warm_up, kept.conversation.state)

    try:
        if kept.effects:
            hold_check(desk, kept.conversation, kept.effects)
        kept.close()
        go_on_with(kept, run, lambda line: desk.board.say("skill", line))
    finally:
        kept.close()
        kept.release()
    if kept.conversation.finished:
        desk.board.say("skill", kept_where(kept))
    return NOT_KEPT if kept.lost else 0


def hold_check(desk: Desk, conversation: Conversation, effects: tuple[Effect, ...]) -> None:
    """A check to its end. Nobody is hurried: an answer is waited for as long as it takes."""
    view = CheckView(desk.board, desk.words)
    while True:
        view.show(conversation, effects)
        for effect in effects:
            if isinstance(effect, Say):
                for line in effect.lines:
                    desk.board.say("skill", line)
        if conversation.finished or conversation.floor is None:
            break
        said = desk.board.wait() or ""
        desk.board.say("you", said)
        effects = conversation.hear(said)


def hold_warm_up(desk: Desk, warm_up: WarmUp, triage: State, speed: float = 1.0) -> Result:
    """A warm-up in time. speed: how many of its seconds pass in one real second."""
    view = WarmUpView(desk.board, desk.words, desk.pictures, warm_up)
    screen = _Lines(desk)

    def read(seconds: float | None) -> str | None:
        if warm_up.state.ended is None:
            view.show()
        else:  # safety questions are open again
            answers = (*desk.words.yes_no, desk.words.in_doubt)
            desk.board.ask(screen.last, answers, desk.words.check_commands)
        said = desk.board.wait(seconds)
        if said is not None:
            desk.board.say("you", said)
        return said

    return run_typed_warm_up(warm_up, triage, read, cast(TextIO, screen), speed)


class _Lines(io.TextIOBase):
    """A screen whose lines come to the board."""

    def __init__(self, desk: Desk) -> None:
        self._board = desk.board
        self.last = ""

    def write(self, text: str) -> int:
        """Lines of what is said; the prompt of a terminal is none."""
        for line in text.splitlines():
            if line.strip() not in ("", ">"):
                self.last = line.strip()
                self._board.say("skill", self.last)
        return len(text)
