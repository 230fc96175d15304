"""A session to be drawn, and text that means harm."""

import io
from pathlib import Path
from typing import TypeVar

from voice_skill.content import Content
from voice_skill.dialog.node import Node
from voice_skill.runtime.typed.check import run_typed, script_reply
from voice_skill.storage.record import Kept
from voice_skill.storage.store import Store

HOSTILE = '"]; end <b>&amp;x</b> `%%{init}` | \\N \\"\n- *a* _b_ #34; {c} style:x#y; \0'
"""Quotes, entities, commands and marks of every language that is written."""
Part = TypeVar("Part", bound=Node)


def changed(part: Part, **changes: object) -> Part:
    """The same part of a dialog with other words."""
    return part.model_copy(update=changes)


def hold(*said: str) -> Path:
    """Hold and keep a typed session with the shipped dialog."""
    kept = Kept(Content.load(), Store.from_platform(), fresh=True)
    run_typed(kept.conversation, kept.effects, script_reply(iter(said), io.StringIO()), None)
    kept.close()
    return kept.path
