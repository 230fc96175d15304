"""A warm-up in virtual time, with lines said at given seconds."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from voice_skill.coaching.library import Library
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.interpretation import Value
from voice_skill.paths import dialog_folder
from voice_skill.runtime.virtual.person import Line, Person, obliging
from voice_skill.runtime.virtual.warm_up import VirtualWarmUp
from voice_skill.visit.warm_up import Row, WarmUp

Held = tuple[str, list[Row], WarmUp]
Hold = Callable[..., Held]


@pytest.fixture(scope="session")
def library(content: Content) -> Library:
    return content.library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the dialog that may be changed."""
    copy = tmp_path / "en"
    shutil.copytree(dialog_folder(), copy)
    return copy


@pytest.fixture(scope="session")
def hold(dialog: Dialog, library: Library) -> Hold:
    """Hold a routine. said: (seconds, text) pairs. values: what a triage found before."""

    def held(
        routine: str = "standard",
        said: Iterable[tuple[float, str]] = (),
        values: dict[str, Value] | None = None,
        early: bool = False,
    ) -> Held:
        coach = library.coach(dialog, routine, values, early)
        warm_up = WarmUp(dialog, coach, library)
        person = Person([Line(at, text) for at, text in said], obliging(coach.start_pain))
        outcome = VirtualWarmUp(warm_up, person).run().outcome
        return outcome, warm_up.rows, warm_up

    return held
