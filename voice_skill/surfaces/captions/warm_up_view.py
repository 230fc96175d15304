"""A warm-up as the page shows it: the drill with its picture, the count, what is asked."""

from dataclasses import dataclass

from voice_skill.dialog.fields import MAX_PAIN
from voice_skill.surfaces.captions.board import Board, DrillView
from voice_skill.surfaces.captions.pictures import Pictures
from voice_skill.surfaces.captions.wording import CaptionsWording
from voice_skill.visit.warm_up import WarmUp


@dataclass
class WarmUpView:
    """Follows one warm-up."""

    board: Board
    words: CaptionsWording
    pictures: Pictures
    warm_up: WarmUp
    _shown: int = 0
    _open: tuple[object, ...] | None = None

    def __post_init__(self) -> None:
        self.board.show(understood="")  # that was an answer of the check

    def show(self) -> None:
        """All that happened since."""
        for row in self.warm_up.rows[self._shown :]:
            if row.kind == "count":
                self.board.show(count=row.text)
            elif row.kind == "say":
                self.board.show(question=row.text)
        self._shown = len(self.warm_up.rows)
        self._drill()
        self._ask()

    def _drill(self) -> None:
        name = self.warm_up.drill
        drill = self.warm_up.library.drills.get(name or "")
        if name is None or drill is None:
            self.board.show(drill=None, count="")
            return
        state = self.warm_up.state
        if state.place.exercise in state.forms:  # done in another way, which only its words tell
            view = DrillView(drill.name.rstrip("."), "", None)
        else:
            picture = name if name in self.pictures else None
            view = DrillView(drill.name.rstrip("."), drill.how, picture)
        self.board.show(drill=view, **({"count": ""} if not self.warm_up.state.moving else {}))

    def _ask(self) -> None:
        """Open a new turn where another question is open: an answer is for one question only."""
        state = self.warm_up.state
        if state.ended is not None:
            self.board.close()
            return
        question = state.question
        now = (question.name, question.failures) if question else ("",)
        if now == self._open:
            return
        self._open = now
        lines = [row.text for row in self.warm_up.rows if row.kind == "say"]
        name = question.name if question else ""
        self.board.ask(lines[-1] if lines else "", self._answers(name), self.words.warm_up_commands)

    def _answers(self, name: str) -> tuple[str, ...]:
        if name in ("pain", "end"):
            return tuple(str(number) for number in range(MAX_PAIN + 1))
        return self.words.warm_up_answers.get(name, ())
