"""A warm-up by keyboard, faster than real time."""

import io
import time

import pytest

from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.state import State
from voice_skill.paths import dialog_folder
from voice_skill.runtime.typed.warm_up import run_typed_warm_up
from voice_skill.visit.warm_up import WarmUp

SPEED = 400.0


@pytest.mark.parametrize(("answers", "outcome"), [
    ({"All good?": "yes", "Zero to ten now?": "one"}, "run"),
    ({"All good?": "down my leg", "one leg or both": "both"}, "EMERGENCY"),
    ({"All good?": "it hurts", "Zero to ten?": "nine"}, "URGENT"),
    ({"10": "something popped", "Does that hurt?": "yes", "Zero to ten?": "nine"}, "URGENT"),
    ({"10": "something popped", "All good?": "yes"}, "rest"),
    ({}, "rest"),
])  # fmt: skip
def test_a_warm_up_by_keyboard(dialog: Dialog, answers: dict[str, str], outcome: str) -> None:
    library = Content(dialog_folder(), dialog).library
    screen = io.StringIO()

    def read(seconds: float | None) -> str | None:
        shown = screen.getvalue().splitlines()
        reply = next((a for q, a in answers.items() if shown and q in shown[-1]), None)
        if reply is None:
            time.sleep(min(seconds or 0, 0.05))
        return reply

    warm_up = WarmUp(dialog, library.coach(dialog, "standard"), library)
    result = run_typed_warm_up(warm_up, State(), read, screen, SPEED)
    assert result.outcome == outcome
