"""What the second entry says of mid-drill: each fault in the words of the coach is found."""

from pathlib import Path

import pytest
from faults import broken

from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.safety import read_safety
from voice_skill.proof.check import check_folder
from voice_skill.proof.coach_text import CoachText
from voice_skill.proof.mid_drill import sentences

FAULTS = {
    "a doubt that is contentment": (
        "(can't complain|", "(nearly pain free|can't complain|",
        "'nearly pain free' in mid-drill stands under asked, but is fine",
    ),
    "a bitter word that is none": (
        '"oh [just] (great|', '"oh [just] (',
        "'oh great' in mid-drill stands under asked, but is fine",
    ),
    "a sign that is lost": (
        "(seeing|see|saw) (stars|", "(seeing|see|saw) (",
        "'i'm seeing stars' in mid-drill stands under signs, but is unknown",
    ),
    "a leg that is lost": (
        '"(leg|calf|thigh) (hurts|', '"(calf|thigh) (hurts|',
        "'my leg hurts' in mid-drill stands under travels, but is hurts",
    ),
    "contentment that is lost": (
        "(stretch|one|stuff|", "(one|stuff|",
        "'lovely stretch' in mid-drill stands under goes_on, but is unknown",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(tmp_path: Path, dialog: Dialog, fault: tuple[str, str, str]) -> None:
    old, new, message = fault
    folder = broken(tmp_path, "coaching.yaml", old, new)
    coach = CoachText.of(Content(folder, dialog))
    assert coach
    found = list(sentences(coach, read_safety(folder, dialog)[0]))
    assert any(message in finding.message for finding in found), found
    assert {finding.severity for finding in found} == {"error"}


def test_a_template_that_cannot_be_read_is_found_with_its_line(tmp_path: Path) -> None:
    folder = broken(
        tmp_path, "coaching.yaml", '"(keel|keeling|keeled) over"', '"(keel|keeling over"'
    )
    (finding,) = check_folder(folder).findings
    assert "(keel|keeling over" in Path(finding.file).read_text().splitlines()[finding.line - 1]
