"""Conversations as data: every file of this folder is found and held."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from voice_skill.dialog.decision import rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.history import Past
from voice_skill.dialog.model import CARE_ORDER
from voice_skill.dialog.reader import read_document
from voice_skill.runtime.people.persona import Persona, PersonaFile
from voice_skill.runtime.typed.check import persona_reply, run_typed
from voice_skill.visit.conversation import Conversation
from voice_skill.visit.report import Report

HERE = Path(__file__).parent
HIGHER = ("W05",)
"""People who end higher: what they say is not understood yet, on the careful side."""


def cases() -> Iterator[Any]:
    for file in sorted(HERE.glob("*.yaml")):
        data = read_document(file).data
        for case in data["cases"]:
            name = case.get("name", case.get("rule"))
            yield pytest.param(data["base"], case, id=f"{file.stem}: {name}")


@pytest.mark.parametrize(("base", "case"), list(cases()))
def test_a_conversation_ends_where_it_should(
    dialog: Dialog, base: dict[str, Any], case: dict[str, Any]
) -> None:
    conversation = Conversation.from_dialog(dialog, today_weekday=2)
    persona = Persona(PersonaFile(says={**base, **case["says"]}))
    begun = conversation.begin(past=Past(frozenset(case.get("past", ()))))
    run_typed(conversation, begun, persona_reply(persona, None), None)
    report = Report.from_session(dialog, conversation.state, conversation.turns, "today")
    assert report.finished
    assert report.care == case["care"]
    if "rule" in case:
        assert case.get("ends_as", case["rule"]) in [rule for rule, _ in report.rules]


def test_every_rule_of_the_table_has_its_conversation(dialog: Dialog) -> None:
    held = {case["rule"] for case in read_document(HERE / "every_rule.yaml").data["cases"]}
    assert held == {rule.id for rule, _ in dialog.rules}


@pytest.mark.parametrize("file", sorted((HERE.parent.parent / "dialogs").glob("*/personas/*.yaml")))
def test_a_shipped_persona_comes_to_its_expected_care(dialog: Dialog, file: Path) -> None:
    conversation = Conversation.from_dialog(dialog, today_weekday=2)
    reply = persona_reply(Persona.from_file(file), None)
    run_typed(conversation, conversation.begin(), reply, None)
    assert conversation.state.finished is not None
    assert conversation.state.finished.care == read_document(file).data["expect"]["care"]


@pytest.mark.parametrize("file", sorted((HERE / "people").glob("*.yaml")), ids=lambda f: f.stem)
def test_people_who_talk_as_people_do_come_to_the_right_care(dialog: Dialog, file: Path) -> None:
    conversation = Conversation.from_dialog(dialog, today_weekday=2)
    reply = persona_reply(Persona.from_file(file), None)
    run_typed(conversation, conversation.begin(), reply, None)
    expect, end = read_document(file).data["expect"], conversation.state.finished
    assert end is not None
    assert end.care is not None
    assert rank(end.care) >= rank(expect["care"]) or expect["care"] == "OUT_OF_SCOPE"
    if file.stem not in HIGHER:
        above = CARE_ORDER.index(end.care) - CARE_ORDER.index(expect["care"])
        assert above == 0 or (above == 1 and expect.get("over_ok"))
        assert expect.get("variant") in (None, end.variant)
