"""Sessions for a clinic, held in memory."""

from collections.abc import Callable, Sequence

import pytest

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.state import State
from voice_skill.paths import dialog_folder
from voice_skill.runtime.typed.check import run_typed
from voice_skill.storage.record import fingerprint
from voice_skill.surfaces.clinic.visit import Visit, asked_in
from voice_skill.surfaces.clinic.wording import LetterWording, read_letter
from voice_skill.understanding.understander import Understander
from voice_skill.visit.conversation import Conversation
from voice_skill.visit.report import Report

Held = Callable[[Sequence[str]], Visit]


def visit_of(dialog: Dialog, state: State, talk: Conversation) -> Visit:
    report = Report.from_session(dialog, state, talk.turns, "2026-03-01T08:00:00+00:00")
    return Visit("0001_2026-03-01_00000000", dialog, fingerprint(dialog),
                 asked_in(dialog, state), report.to_json())  # fmt: skip


@pytest.fixture(scope="session")
def held(dialog: Dialog, understander: Understander) -> Held:
    """A session by its answers; an empty one is silence."""

    def hold(lines: Sequence[str]) -> Visit:
        talk, left = Conversation(dialog, understander), iter(lines)
        run_typed(talk, talk.begin(), lambda floor: next(left, None), None)
        return visit_of(dialog, talk.state, talk)

    return hold


@pytest.fixture(scope="session")
def wording() -> LetterWording:
    return read_letter(dialog_folder())
