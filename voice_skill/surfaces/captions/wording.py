"""The words of the page: `captions.yaml` of a dialog folder."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from voice_skill.dialog.node import Node
from voice_skill.dialog.reader import read_as

FILE = "captions.yaml"
Label = Literal[
    "question", "answer", "send", "answers", "commands", "log", "understood", "count", "drill",
    "connecting", "connected", "lost", "late", "closed", "over", "skill", "you", "silence",
    "not_understood",
]  # fmt: skip


class CaptionsWording(Node):
    """All of `captions.yaml`."""

    title: str
    spoken: str
    labels: Mapping[Label, str]
    yes_no: tuple[str, ...]
    in_doubt: str
    check_commands: tuple[str, ...]
    warm_up_commands: tuple[str, ...]
    always: tuple[str, ...]
    warm_up_answers: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, Mapping[str, str]]


def read_wording(folder: Path) -> CaptionsWording:
    """Read it. Raises DialogError with file, line and column."""
    return read_as(folder / FILE, CaptionsWording)[0]
