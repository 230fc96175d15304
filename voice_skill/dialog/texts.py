"""What every text of a dialog may hold: names in braces that somebody fills, and nothing odd."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from voice_skill.dialog.filling import mistake_in
from voice_skill.dialog.reader import Document, Path_

MESSAGE_NAMES = frozenset(
    {
        "checks", "count", "first", "known", "last", "path", "spoken", "topic", "value", "warm_ups",
        "where", "worst",
    }
)  # fmt: skip
"""What the messages are given."""
COACH_NAMES = frozenset({"count", "name", "repeats", "say", "step", "steps"})
"""What the texts of the coach and of the ladder are given."""
_QUESTIONS = frozenset({"ask", "ask_when", "ask_number", "reask", "reask_on"})
"""Keys whose texts are also given the answers so far."""
Mistakes = Iterator[tuple[Document, Path_, str]]


def check_texts(document: Document, known: Collection[str]) -> Mistakes:
    """Every text of a file whose braces nobody can fill, with its place."""
    for path, text in _texts(document.data, ()):
        mistake = mistake_in(text, known)
        if mistake:
            yield document, path, mistake


def check_questions(
    document: Document, settings: Collection[str], fields: Collection[str]
) -> Mistakes:
    """The same for the file of a stage. fields: what a question may name."""
    answers = {*settings, *fields}
    for path, text in _texts(document.data, ()):
        known: Collection[str] = answers if _QUESTIONS & {*path} else settings
        mistake = mistake_in(text, {*settings, "value"} if path[-1:] == ("told",) else known)
        if mistake:
            yield document, path, mistake


def _texts(data: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from _texts(value, (*path, key))
    elif isinstance(data, tuple):
        for index, value in enumerate(data):
            yield from _texts(value, (*path, index))
