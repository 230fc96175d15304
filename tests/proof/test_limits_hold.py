"""No clinical number can become milder than its second entry allows, nor go without one."""

from dataclasses import replace
from pathlib import Path

import pytest
from faults import broken

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.safety import Safety, numbers, read_safety
from voice_skill.errors import DialogError
from voice_skill.paths import dialog_folder
from voice_skill.proof import limits
from voice_skill.proof.finding import Finding, Places
from voice_skill.proof.mutants import Mutant, mutants
from voice_skill.proof.parts import care_findings
from voice_skill.proof.table import Table
from voice_skill.proof.talk import Talker

FOLDER = dialog_folder()
DIALOG = Dialog.from_folder(FOLDER)
SAFETY: Safety = read_safety(FOLDER, DIALOG)[0]
FAULTS = [mutant for mutant in mutants(DIALOG) if mutant.kind == "limits"]


def found(dialog: Dialog, safety: Safety = SAFETY) -> list[Finding]:
    return list(limits.held(Table(dialog, safety)))


def test_the_shipped_numbers_are_within_their_second_entry() -> None:
    assert found(DIALOG) == []
    assert set(SAFETY.limits or ()) == set(numbers(DIALOG))


@pytest.mark.parametrize("mutant", FAULTS, ids=lambda mutant: mutant.name)
def test_every_milder_number_is_noticed(mutant: Mutant) -> None:
    if mutant.milder:
        assert [finding.severity for finding in found(mutant.dialog)] == ["error"]


def test_each_number_has_a_milder_fault() -> None:
    milder = [mutant.name for mutant in FAULTS if mutant.milder]
    for name in numbers(DIALOG):
        start = name if name == "fresh_minutes" else f"limit {name}:"
        start = "REST:" if name == "no_run_days.REST" else start
        assert any(told.startswith(start) for told in milder), name


def test_a_number_without_a_second_entry_is_an_error() -> None:
    left = {n: b for n, b in (SAFETY.limits or {}).items() if n != "stop_rule.urgent_pain"}
    [finding] = found(DIALOG, SAFETY.model_copy(update={"limits": left}))
    assert "'stop_rule.urgent_pain' has no second entry" in finding.message


def test_a_stricter_number_is_no_error() -> None:
    stricter = replace(DIALOG, limits=DIALOG.limits.with_value("stop_rule.urgent_pain", 7))
    assert found(stricter) == []


@pytest.mark.parametrize(("file", "old", "new", "told"), [
    ("limits.yaml", "urgent_pain: {value: 8", "urgent_pain: {value: 9", "limits.yaml"),
    ("dispositions.yaml", "no_run_days: 7", "no_run_days: 5", "dispositions.yaml"),
])  # fmt: skip
def test_the_check_fails_and_names_the_place(
    tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    folder = broken(tmp_path, file, old, new)
    dialog = Dialog.from_folder(folder)
    every = care_findings(Table(dialog, read_safety(folder, dialog)[0]), Talker.from_dialog(dialog))
    [finding] = [finding for finding in every if finding.rule == "limits_hold"]
    assert finding.severity == "error"
    assert Places.from_folder(folder, dialog).placed(finding).file.endswith(told)


@pytest.mark.parametrize(("new", "told"), [
    ("stop_rule.urgent_pane: {at_most: 8", "there is no limit 'stop_rule.urgent_pane'"),
    ("stop_rule.urgent_pain: {at_least: URGENT", "cannot be compared"),
    ("stop_rule.urgent_pain: {exactly: a, at_most: 8", "give 'at_least'"),
])  # fmt: skip
def test_a_second_entry_that_makes_no_sense_is_told(tmp_path: Path, new: str, told: str) -> None:
    folder = broken(tmp_path, "safety.yaml", "stop_rule.urgent_pain: {at_most: 8", new)
    with pytest.raises(DialogError, match=told):
        read_safety(folder, Dialog.from_folder(folder))
