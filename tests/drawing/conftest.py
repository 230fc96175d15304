"""What the tests of the drawings share: a kept session, and text that means harm."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from voice_skill.dialog.dialog import Dialog
from voice_skill.session.places import dialog_folder
from voice_skill.session.start import Kept
from voice_skill.session.store import Store
from voice_skill.session.typed import run_typed, script_reply

HOSTILE = '"]; end <b>&amp;x</b> `%%{init}` | \\N \\"\n- *a* _b_ #34; {c} style:x#y; \0'
"""Quotes, entities, commands and marks of every language that is written."""


@pytest.fixture
def hostile(dialog: Dialog) -> Dialog:
    """A dialog whose words try to be more than words."""
    stage = replace_model(dialog.stages[0], title=HOSTILE)
    saddle = replace_model(dialog.fields["saddle"], ask=HOSTILE, why=HOSTILE)
    stages = (stage, *dialog.stages[1:])
    stage_of = {n: stage if s is dialog.stages[0] else s for n, s in dialog.stage_of.items()}
    fields = {**dialog.fields, "saddle": saddle}
    return replace(dialog, title=HOSTILE, stages=stages, stage_of=stage_of, fields=fields)


def replace_model(model, **changes):  # type: ignore[no-untyped-def]
    """The same part of a dialog with other words."""
    return model.model_copy(update=changes)


@pytest.fixture
def kept() -> Path:
    """A session that ended at numbness, told in words that nobody else should read."""
    return hold("yes", "my bits are numb")


def hold(*said: str) -> Path:
    """Hold and keep a typed session with the shipped dialog."""
    kept = Kept(Dialog.from_folder(dialog_folder()), Store.from_platform(), fresh=True)
    reply = script_reply(iter(said), None)
    run_typed(kept.conversation, kept.effects, reply, io.StringIO())
    kept.close()
    return kept.path
