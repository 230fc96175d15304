"""What the letter and the record say beside the dialog's own words: `letter.yaml`."""

from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from pydantic import model_validator

from voice_skill.dialog.model import CareLevel
from voice_skill.dialog.node import Node
from voice_skill.dialog.reader import read_as
from voice_skill.surfaces.clinic.visit import Standing

FILE = "letter.yaml"


class Headings(Node):
    """The headings of the letter, in their order."""

    result: str
    advice: str
    rules: str
    reported: str
    denied: str
    unsure: str
    not_heard: str
    declined: str
    not_asked: str
    warm_up: str
    signs: str


class LetterWording(Node):
    """All of `letter.yaml`."""

    title: str
    about: str
    """What this is and what it is not; it stands first in the letter and in each record."""
    nobody: str
    """That no name is kept."""
    unfinished: str
    """Said instead of a result where the check was not held to its end."""
    no_rules: str
    """Said where no rule fired."""
    none: str
    """Said where nothing stands under a heading."""
    results: Mapping[CareLevel, str]
    """What each care level means to somebody who does not know the program."""
    standing: Mapping[Standing, str]
    """How an answer came about."""
    headings: Headings

    @model_validator(mode="after")
    def _is_whole(self) -> "LetterWording":
        for name, values in (("results", get_args(CareLevel)), ("standing", get_args(Standing))):
            missing = [value for value in values if value not in getattr(self, name)]
            if missing:
                raise ValueError(f"'{name}' has no words for: {', '.join(missing)}")
        return self

    def result(self, care: CareLevel | None, time_frame: str | None) -> str:
        """The result in one line."""
        if care is None:
            return self.unfinished
        return f"{care}: {self.results[care]}" + (f" ({time_frame})" if time_frame else "")


def read_letter(folder: Path) -> LetterWording:
    """Read it. Raises DialogError with file, line and column."""
    return read_as(folder / FILE, LetterWording)[0]
