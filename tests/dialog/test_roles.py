"""Roles of questions: what the warm-up and the diary read is named in `dialog.yaml`, strictly."""

import shutil
from pathlib import Path

import pytest

from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import DialogError

EN = Path(__file__).parent.parent.parent / "dialogs" / "en"
REACH = "{field: legs, nowhere: none, further: one, furthest: both}"


def read_with(tmp_path: Path, old: str, new: str) -> Dialog:
    folder = shutil.copytree(EN, tmp_path / "en")
    frame = folder / "dialog.yaml"
    text = frame.read_text()
    assert old in text
    frame.write_text(text.replace(old, new))
    return Dialog.from_folder(folder)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("pain_score: pain", "pain_score: hurt", "there is no field 'hurt'"),
        ("pain_score: pain", "pain_score: age", "a number from 0 to 10"),
        ("pain_score: pain", "worst_pain: pain", "worst_pain"),
        ("next_morning: morning_level", "next_morning: trend", "yes or no"),
        (REACH, REACH.replace("furthest: both", "furthest: all"), "'all' is not one of the values"),
        (REACH, REACH.replace("further: one", "further: both"), "three values"),
        (REACH, REACH.replace("further: one, furthest: both", "further: both, furthest: one"),
         "'further' is milder than 'furthest'"),
        (REACH, REACH.replace("nowhere: none", "nowhere: sore"), "'nowhere' is the mildest value"),
        ('sets: {symptom_now: "yes"}', "sets: {symptom_then: x}", "no field 'symptom_then'"),
        ('sets: {symptom_now: "yes"}', 'sets: {symptom_now: "no"}', "a sign never does"),
        ('sets: {symptom_now: "yes"}', "sets: {symptom_now: perhaps}", "is never 'perhaps'"),
        ("when: \"legs == 'both'\"", "when: \"arms == 'both'\"", "arms"),
    ],
)  # fmt: skip
def test_a_role_that_cannot_be_played_is_refused(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    with pytest.raises(DialogError, match=r"dialog\.yaml:\d+") as caught:
        read_with(tmp_path, old, new)
    assert told in str(caught.value)


def test_every_role_may_be_left_out(tmp_path: Path) -> None:
    dialog = read_with(tmp_path, "  next_morning: morning_level\n  since_rest: since_rest\n", "")
    assert dialog.roles.next_morning is None
    assert dialog.roles.pain_score == "pain"
