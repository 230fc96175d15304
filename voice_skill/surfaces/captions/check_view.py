"""A check as the page shows it: the question with its answers, and what was understood."""

from dataclasses import dataclass, field

from voice_skill.dialog.effects import Effect, Listen, Say
from voice_skill.surfaces.captions.answers import Buttons
from voice_skill.surfaces.captions.board import Board
from voice_skill.surfaces.captions.wording import CaptionsWording
from voice_skill.visit.conversation import Conversation


@dataclass
class CheckView:
    """Follows conversations, one after the other."""

    board: Board
    words: CaptionsWording
    _question: str = ""
    _of: Conversation | None = field(default=None, repr=False)
    _buttons: Buttons | None = None

    def show(self, conversation: Conversation, effects: tuple[Effect, ...]) -> None:
        """What comes next, before any of it is said."""
        if conversation is not self._of:
            self._of = conversation
            self._buttons = Buttons(conversation.dialog, conversation.understander, self.words)
            self.board.show(drill=None, count="")
        self._understood(conversation)
        lines = [line for effect in effects if isinstance(effect, Say) for line in effect.lines]
        self._question = lines[-1] if lines else self._question
        floor = next((e for e in reversed(effects) if isinstance(e, Listen)), None)
        if floor is None or self._buttons is None:
            self.board.close()
            self.board.show(question=" ".join(lines) or self._question)
            return
        answers = self._buttons.of(floor.field)
        self.board.ask(self._question, answers, self.words.check_commands)

    def _understood(self, conversation: Conversation) -> None:
        if not conversation.turns:
            return
        turn = conversation.turns[-1]
        if turn.understood is None:
            text = self.words.labels["not_understood" if turn.said else "silence"]
        else:
            text = str(turn.understood).replace("_", " ")
        self.board.show(understood=text)
