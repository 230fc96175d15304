"""What is said between the questions: each fault is found, with its file and line."""

from pathlib import Path

import pytest
from faults import broken

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.safety import read_safety
from voice_skill.paths import dialog_folder
from voice_skill.proof import between
from voice_skill.proof.declared import with_reasons
from voice_skill.proof.finding import Finding, Places
from voice_skill.proof.parts import language_findings
from voice_skill.proof.table import Table
from voice_skill.proof.talk import Talker
from voice_skill.understanding.understander import Understander

FILE = "messages.yaml"
FAULTS = {
    "a command that it obeys": ('"A slower voice."', '"Now slower."', "command 'slower'"),
    "a confirmation that confirms itself": (
        '"I heard {value}. Is that what you said?"', '"Did you say {value}?"', "own answer 'yes'",
    ),
    "a sign that is not heard": (
        '"This is the first question."', '"Not even if my bum is numb."', "holds 'bum is numb'",
    ),
    "a stop that is not heard": ('"Going back."', '"Back at the bus stop we go."', "holds 'stop'"),
    "more parts than are kept in mind": ("slower or louder,", "slower, louder,", "has 8 parts"),
}  # fmt: skip


def found(folder: Path, dialog: Dialog, understander: Understander) -> list[Finding]:
    """What is found in the messages of a folder and not declared, with its place."""
    safety = read_safety(folder, dialog)[0]
    places = Places.from_folder(folder, dialog)
    every = between.messages(Table(Dialog.from_folder(folder), safety), understander)
    return [places.placed(f) for f in with_reasons(every, safety) if f.severity != "note"]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_where_it_is(
    tmp_path: Path, dialog: Dialog, understander: Understander, fault: tuple[str, str, str]
) -> None:
    old, new, message = fault
    folder = broken(tmp_path, FILE, old, new)
    (finding,) = found(folder, dialog, understander)
    assert message in finding.message
    assert Path(finding.file) == folder / FILE
    assert new.strip('"') in (folder / FILE).read_text().splitlines()[finding.line - 1]


def test_nothing_is_left_in_the_shipped_messages(
    dialog: Dialog, understander: Understander
) -> None:
    assert not found(dialog_folder(), dialog, understander)


def test_the_check_of_language_listens_to_them_too(tmp_path: Path, dialog: Dialog) -> None:
    folder = broken(tmp_path, FILE, '"On we go."', '"Let\'s go on."')
    dialog = Dialog.from_folder(folder)
    table = Table(dialog, read_safety(folder, dialog)[0])
    findings = language_findings(table, Talker.from_dialog(dialog))
    assert any("'resumed' ends in the command 'go on'" in finding.message for finding in findings)
