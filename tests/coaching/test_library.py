"""The coach's files: found by themselves, whole, and refused with file and line where they err."""

from pathlib import Path

import pytest

from voice_skill.coaching.library import Library
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.reader import read_document
from voice_skill.errors import DialogError, UsageError

DRILLS = 19
ROUTINES = sorted((Path(__file__).parents[2] / "dialogs").glob("*/routines/*.yaml"))


@pytest.fixture(scope="module")
def library(content: Content) -> Library:
    return content.library


def test_the_library_holds_every_drill_of_the_brief(library: Library) -> None:
    assert len(library.drills) == DRILLS


@pytest.mark.parametrize("file", ROUTINES, ids=lambda file: file.stem)
def test_every_routine_file_is_read_and_adds_up(library: Library, file: Path) -> None:
    routine = library.routine(file.stem)
    assert sum(step.seconds for step in routine.steps) == read_document(file).data["total_seconds"]
    for exercise in library.exercises(routine):
        assert exercise.breath_seconds >= 0
        assert exercise.said_seconds + exercise.work_seconds <= exercise.step.seconds


def test_a_routine_is_found_by_the_variant_that_leads_to_it(library: Library) -> None:
    assert library.routine("disc_sparing") is library.routine("disc-sparing")
    with pytest.raises(UsageError, match="the routines: disc-sparing, gentle, standard"):
        library.routine("yoga")


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("routines/standard.yaml", "seconds: 90}", "seconds: 95}", "add up to 455 seconds"),
        ("routines/standard.yaml", "hip_circles,", "hip_circuls,", "no drill 'hip_circuls'"),
        ("routines/standard.yaml", "seconds: 20}", "seconds: 9}", "needs 10.6 seconds, not 9"),
        ("routines/gentle.yaml", "{drill: pelvic_tilt,", "{drill: heel_flicks,", "has impact"),
        ("routines/gentle.yaml", "best: walk", "best: run", "lacks run"),
        ("routines/gentle.yaml", "[knee_hug,", "[knee_lift,", "'knee_lift', which is forbidden"),
        ("routines/disc-sparing.yaml", "[knee_hug,", "[hip_hinge,", "forbidden here"),
        ("routines/gentle.yaml", "variant: gentle", "variant: hard", "no variant 'hard'"),
        ("drills.yaml", "pos(pregnant)", "pos(pregnent)", "no field 'pregnent'"),
        ("drills.yaml", "pain > 5", "pain > 50", "can never hold"),
        ("drills.yaml", '"arching hurts"', '"down my leg"', "'down my leg' is never reached"),
        ("drills.yaml", "sides: each", "sides: both", "sides"),
        ("drills.yaml", "reps: 12", "rips: 12", "'rips' is not a key here"),
        ("drills.yaml", "drill: knee_lift", "drill: knee_left", "no drill 'knee_left'"),
        ("coaching.yaml", "  quiet: [", "  silent: [", "Input should be"),
    ],
)
def test_a_mistake_is_told_with_its_place(
    dialog: Dialog, folder: Path, file: str, old: str, new: str, complaint: str
) -> None:
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(DialogError) as error:
        assert Content(folder, dialog).library
    lines = [line for line in str(error.value).splitlines() if complaint in line]
    assert lines
    assert lines[0].startswith(f"{path}:")


def test_a_forbidden_drill_is_not_met_through_an_easier_form(dialog: Dialog, folder: Path) -> None:
    path = folder / "routines" / "disc-sparing.yaml"
    path.write_text(path.read_text().replace("forbidden: [knee_hug", "forbidden: [knee_lift"))
    drills = folder / "drills.yaml"
    old = 'easier: {say: "Slower steps."}'
    drills.write_text(drills.read_text().replace(old, 'easier: {say: "Lift.", drill: knee_lift}'))
    with pytest.raises(DialogError, match="'low_march' leads to 'knee_lift'"):
        assert Content(folder, dialog).library


def test_every_disposition_that_warms_up_has_its_routine(dialog: Dialog, folder: Path) -> None:
    (folder / "routines" / "gentle.yaml").unlink()
    with pytest.raises(DialogError, match="no routine is for the variant 'gentle'"):
        assert Content(folder, dialog).library
