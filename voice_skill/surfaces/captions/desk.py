"""What every part of a session needs of the page."""

from dataclasses import dataclass
from pathlib import Path

from voice_skill.surfaces.captions.board import Board
from voice_skill.surfaces.captions.pictures import Pictures
from voice_skill.surfaces.captions.wording import CaptionsWording

HEARD = "> "
"""What captions of what was heard begin with."""


@dataclass(frozen=True)
class Desk:
    """What both parts of a session need of the page."""

    board: Board
    words: CaptionsWording
    pictures: Pictures

    @classmethod
    def from_folder(cls, folder: Path, words: CaptionsWording) -> "Desk":
        """A desk with an empty board."""
        return cls(Board(frozenset(words.always)), words, Pictures.from_folder(folder))

    def told(self, line: str) -> None:
        """A caption, as the screen has it."""
        if line.startswith(HEARD):
            self.board.say("you", line.removeprefix(HEARD))
        elif line.strip():
            self.board.say("note" if line.startswith("(") else "skill", line.strip())
