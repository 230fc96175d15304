"""Faults of every kind: those that change safety are noticed, those that do not are told apart."""

import pytest

from voice_skill.dialog.dialog import Dialog
from voice_skill.proof import suite
from voice_skill.proof.mutants import mutants
from voice_skill.proof.parts import mark_of
from voice_skill.session.places import dialog_folder

SOME = [
    "rule E01: deleted",
    "rule U06: condition changed, 1",
    "rule S04: care lowered to ROUTINE",
    "question collapse: never asked",
    "question checked: asked at other times, 6",
    "question both_new: doubt counts as safe",
    "stage emergency: {'hedged_no': 'accept'}",
    "danger saddle: 'no feeling (down there|down below|between my legs)' dropped",
    "EMERGENCY: allows a run",
]
HARMLESS = ["rule U06: condition changed, 3", "stage emergency: {'attempts': 1}"]


def judged(index: int) -> suite.Outcome:
    return suite._judged(dialog_folder(), mark_of(dialog_folder()), index)


def test_there_are_hundreds_of_ways_to_break_it(dialog: Dialog) -> None:
    names = [mutant.name for mutant in mutants(dialog)]
    assert len(names) == len(set(names)) >= 300


@pytest.mark.parametrize("name", SOME)
def test_a_fault_that_changes_safety_is_noticed(dialog: Dialog, name: str) -> None:
    index = [mutant.name for mutant in mutants(dialog)].index(name)
    assert judged(index) == suite.Outcome(name, True, True)


@pytest.mark.parametrize("name", HARMLESS)
def test_a_fault_that_only_makes_it_stricter_is_told_apart(dialog: Dialog, name: str) -> None:
    index = [mutant.name for mutant in mutants(dialog)].index(name)
    assert not judged(index).changes_safety
