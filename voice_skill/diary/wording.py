"""How the page of the diary tells what a session came to: `diary.yaml` of a dialog folder."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args

from pydantic import model_validator

from voice_skill.dialog.model import CareLevel
from voice_skill.dialog.node import Node
from voice_skill.dialog.reader import read_as
from voice_skill.diary.entry import Morning

FILE = "diary.yaml"
Since = Literal["better", "same", "worse"]
Ended = Literal["run", "walk", "rest"]


class DiaryWording(Node):
    """All of `diary.yaml`. Each mapping is whole, so that no code is ever shown."""

    results: Mapping[CareLevel, str]
    ended_with: Mapping[Ended, str]
    next_morning: Mapping[Morning, str]
    since_rest: Mapping[Since, str]

    @model_validator(mode="after")
    def _is_whole(self) -> "DiaryWording":
        wanted = {"results": CareLevel, "ended_with": Ended, "next_morning": Morning,
                  "since_rest": Since}  # fmt: skip
        for name, values in wanted.items():
            missing = [value for value in get_args(values) if value not in getattr(self, name)]
            if missing:
                raise ValueError(f"'{name}' has no words for: {', '.join(missing)}")
        return self


def read_wording(folder: Path) -> DiaryWording:
    """Read it. Raises DialogError with file, line and column."""
    return read_as(folder / FILE, DiaryWording)[0]
