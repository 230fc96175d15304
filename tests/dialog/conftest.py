"""Typed conversations with the shipped dialog."""

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Effect, Say
from voice_skill.paths import dialog_folder
from voice_skill.visit.conversation import Conversation

DIALOG = Dialog.from_folder(dialog_folder())


def talk(*said: str) -> tuple[Conversation, tuple[Effect, ...]]:
    """A conversation after these lines, and what was said last."""
    conversation = Conversation.from_dialog(DIALOG, today_weekday=2)
    effects = conversation.begin()
    for line in said:
        effects = conversation.hear(line)
    return conversation, effects


def spoken(effects: tuple[Effect, ...]) -> str:
    """All that is said."""
    return " ".join(line for e in effects if isinstance(e, Say) for line in e.lines)
