"""Whole conversations of virtual patients: what they say when they are asked what they said."""

import pytest

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Say
from voice_skill.session.conversation import Conversation
from voice_skill.simulating.conversation import _confirmed


@pytest.mark.parametrize(
    ("meant", "heard", "honest"),
    [("no", "no", "yes"), ("yes", "no", "no"), ("a bit", "no", "no"), ("not sure", "no", "no")],
)
def test_a_patient_confirms_only_what_was_meant(
    dialog: Dialog, meant: str, heard: str, honest: str
) -> None:
    conversation = Conversation.from_dialog(dialog)
    conversation.begin()
    conversation.hear("yes")
    effects = conversation.hear_spoken(heard, 0.3, False)
    assert Say((f"Did you say {heard}?",)) in effects
    assert _confirmed(conversation, meant) == honest
