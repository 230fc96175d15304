"""Faults of every kind: those that change safety are noticed, those that do not are told apart."""

import pytest

from voice_skill.dialog.decision import rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.safety import read_safety
from voice_skill.paths import dialog_folder
from voice_skill.proof import care, suite
from voice_skill.proof.check import with_script
from voice_skill.proof.mutants import mutants
from voice_skill.proof.parts import mark_of
from voice_skill.proof.table import Table
from voice_skill.proof.talk import Talker
from voice_skill.runtime.people.script import Script
from voice_skill.runtime.typed.check import run_typed, script_reply
from voice_skill.understanding.understander import Understander
from voice_skill.visit.conversation import Conversation

SOME = [
    "rule E01: deleted",
    "rule U06: condition changed, 1",
    "rule S04: care lowered to ROUTINE",
    "question collapse: never asked",
    "question checked: asked at other times, 6",
    "question both_new: doubt counts as safe",
    "stage emergency: {'hedged_no': 'accept'}",
    "danger saddle: 'like the dentist's injection down there' dropped",
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


def test_every_counterexample_shows_what_it_claims(
    dialog: Dialog, understander: Understander
) -> None:
    """Of every fifteenth fault in the table: the script, replayed, comes to less than it must."""
    safety, _ = read_safety(dialog_folder(), dialog)
    of_table = [mutant.dialog for mutant in mutants(dialog) if mutant.kind == "table"]
    shown = 0
    for broken in of_table[::15]:
        for found in care.floors(Table(broken, safety)):
            finding = with_script(found, Talker(broken, understander))
            assert finding.least is not None
            if not finding.counterexample:
                assert "a conversation ends before" in finding.message
                continue
            script = Script.from_lines(list(finding.counterexample))
            conversation = Conversation(broken, understander)
            reply = script_reply(iter(script.talk), None)
            run_typed(conversation, conversation.begin(past=script.past), reply, None)
            end = conversation.state.finished
            assert end is not None
            assert end.care is not None
            assert rank(end.care) < rank(finding.least)
            shown += 1
    assert shown > 20
