"""What is said to everybody alike: only the sound of that is kept on the disk."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence, Set
from string import Formatter

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.node import Node


def impersonal(dialog: Dialog, *more: object) -> frozenset[str]:
    """Every text of a dialog, and of more parts of it, that holds no value of a person's."""
    return frozenset(
        text.format_map(dialog.settings)
        for text in _texts((dialog, *more))
        if _named(text) <= dialog.settings.keys()
    )


def _named(text: str) -> Set[str]:
    """The names in braces."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:  # braces that name nothing are never filled
        return {text}


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        yield from _texts(tuple(part.values()))
    elif isinstance(part, Sequence):
        for each in part:
            yield from _texts(each)
    elif isinstance(part, Node):
        yield from _texts(tuple(dict(part).values()))
    elif dataclasses.is_dataclass(part) and not isinstance(part, type):
        yield from _texts([getattr(part, f.name) for f in dataclasses.fields(part)])
