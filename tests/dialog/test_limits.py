"""Clinical numbers are read strictly: what is missing, strange or upside down is told."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.limits import read_limits
from voice_skill.errors import DialogError
from voice_skill.paths import dialog_folder

Change = Callable[[str, str], Path]


@pytest.fixture
def change(tmp_path: Path) -> Change:
    """A copy of the dialog in which one place of its limits says something else."""

    def made(old: str, new: str) -> Path:
        folder = tmp_path / "en"
        shutil.copytree(dialog_folder(), folder)
        text = (folder / "limits.yaml").read_text(encoding="utf-8")
        assert text.count(old) == 1
        (folder / "limits.yaml").write_text(text.replace(old, new), encoding="utf-8")
        return folder

    return made


def test_every_number_says_what_it_does_and_where_it_is_from() -> None:
    found = list(read_limits(dialog_folder())[0].entries())
    assert len(found) == len({name for name, _, _ in found}) > 30
    assert all(limit.means and limit.source for _, _, limit in found)


@pytest.mark.parametrize(("old", "new", "told"), [
    ("urgent_pain: {value: 8", "urgent_pain: {value: 11", "less than or equal to 10"),
    ("urgent_pain: {value: 8", 'urgent_pain: {value: "8"', "valid integer"),
    ("urgent_pain: {value: 8", "urgent_pain: {value: 6", "must rise in this order"),
    ("urgent_pain:", "urgent_paine:", "'urgent_pain' is missing"),
    ("good_pain: {value: 2", "good_pain: {value: 6", "'good_pain' must not be above"),
    ("first_check_day: {value: 7", "first_check_day: {value: 14", "check-in days must rise"),
    ("stage: {value: emergency", "stage: {value: emergencies", "there is no stage 'emergencies'"),
    ("furthest: {value: EMERGENCY", "furthest: {value: AMBULANCE", "'EMERGENCY'"),
    (', source: "brief 2.1"', "", "'source' is missing"),
])  # fmt: skip
def test_what_makes_no_sense_is_told_with_its_place(
    change: Change, old: str, new: str, told: str
) -> None:
    with pytest.raises(DialogError, match=rf"limits\.yaml:\d+:\d+: .*{told}"):
        Dialog.from_folder(change(old, new))
