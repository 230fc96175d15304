"""The decision table: every rule fires, worse answers never lower the care."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_skill.dialog.decision import decide, rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import ChoiceField, NumberField, YesNoField
from voice_skill.errors import UsageError
from voice_skill.paths import dialog_folder
from voice_skill.runtime.typed.check import SILENCE, run_typed
from voice_skill.visit.conversation import Conversation
from voice_skill.visit.facts import decide_facts

DIALOG = Dialog.from_folder(dialog_folder())
YES_NO = [n for n, f in DIALOG.fields.items() if isinstance(f, YesNoField) and f.role == "question"
          and not f.settles]  # fmt: skip


def facts_strategy() -> st.SearchStrategy[dict[str, Any]]:
    values: dict[str, st.SearchStrategy[Any]] = {}
    for name, field in DIALOG.fields.items():
        if isinstance(field, ChoiceField) and field.role == "question":
            values[name] = st.sampled_from([v for v in field.values if v != "sore"])
        elif isinstance(field, NumberField):
            values[name] = st.integers(field.minimum, field.maximum)
    values["days"] = st.integers(0, 400)
    values |= {name: st.sampled_from(["yes", "no", "unsure"]) for name in YES_NO}
    return st.fixed_dictionaries({}, optional=values)


@pytest.mark.parametrize(
    ("facts", "care", "rules"),
    [
        ({"pain": 6, "onset": "lift_bend", "days": 3}, "REST", ["D01", "D03"]),
        ({}, "WARMUP", ["W02"]),
        ({"stiff_am": "yes", "days": 120, "age": 40, "pain": 1}, "ROUTINE", ["R04", "R06"]),
        ({"incomplete": True}, "URGENT", ["U10"]),
        ({"age": 16, "pain": 5}, "OUT_OF_SCOPE", ["O01"]),
        ({"age": 16, "saddle": "yes"}, "EMERGENCY", ["E01", "O01"]),
        ({"pain": None}, "REST", []),
        ({"legs": "sore", "soreness_only": "yes"}, "WARMUP", ["W02"]),
        ({"legs": "sore", "soreness_only": "unsure"}, "ROUTINE", ["R01"]),
    ],
)
def test_decisions(facts: dict[str, Any], care: str, rules: list[str]) -> None:
    found = decide_facts(DIALOG, facts)
    assert found.care == care
    if rules:
        assert list(found.rules) == rules


def test_steady_pain_alone_may_warm_up_before_the_walk() -> None:
    found = decide_facts(DIALOG, {"steady_after": "yes", "days": 20, "pain": 2})
    assert (found.care, found.variant, found.activity) == (
        "ROUTINE",
        "seed_light",
        "warm_up_then_walk",
    )


@settings(max_examples=300, deadline=None)
@given(facts_strategy(), st.sampled_from(YES_NO))
def test_a_yes_instead_of_a_no_never_lowers_the_care(facts: dict[str, Any], name: str) -> None:
    """Monotone but for `steady_after` beside nothing: no exception is declared."""
    without = decide_facts(DIALOG, {**facts, name: "no"})
    given_yes = decide_facts(DIALOG, {**facts, name: "yes"})
    assert rank(given_yes.care) >= rank(without.care)


@settings(max_examples=200, deadline=None)
@given(facts_strategy(), st.sampled_from(["pain", "days", "age"]))
def test_an_unknown_number_is_never_milder_than_rest_or_the_known(
    facts: dict[str, Any], name: str
) -> None:
    found = decide(DIALOG, {**{k: v for k, v in facts.items() if k != name}, name: None})
    if name in ("pain", "days"):
        assert rank(found.care) >= rank("REST")
    assert found.variant != "standard"


@pytest.mark.parametrize(
    "facts", [{"saddel": "yes"}, {"pain": 11}, {"saddle": "perhaps"}, {"legs": "three"}, [1]]
)
def test_wrong_facts_are_refused(facts: Any) -> None:
    with pytest.raises(UsageError):
        decide_facts(DIALOG, facts)


def test_the_emergency_number_is_a_setting() -> None:
    other = Dialog.from_folder(dialog_folder(), {"emergency_number": "112"})
    assert "112" in decide(other, {"saddle": "yes"}).spoken[0]
    assert "local emergency number" in decide(DIALOG, {"saddle": "yes"}).spoken[0]


SAID = {"symptom_now": "yes", "age": "forty", "pain": "two", "spread": "low back only",
        "trend": "better", "days": "ten days", "onset": "slowly", "readback": "yes"}  # fmt: skip
MEANT = {"symptom_now": "yes", "age": 40, "pain": 2, "trend": "better", "days": 10}


@pytest.mark.parametrize(
    ("more", "meant", "unheard"),
    [
        ({}, {}, "bladder"),
        ({}, {}, "fever"),
        ({}, {}, "pain"),
        ({}, {}, "trend"),
        ({"checked": "not cleared"}, {"checked": "not_cleared"}, "known_disc"),
        ({"known_disc": "yes"}, {"known_disc": "yes"}, "checked"),
    ],
)
def test_what_is_not_heard_counts_alike_in_a_conversation_and_in_facts(
    more: dict[str, str], meant: dict[str, str], unheard: str
) -> None:
    said = {**SAID, **more, unheard: SILENCE}
    conversation = Conversation.from_dialog(DIALOG)
    run_typed(conversation, conversation.begin(), lambda f: said.get(f.field, "no"), None)
    assert conversation.state.finished
    decided = decide_facts(DIALOG, {**MEANT, **meant, unheard: None})
    assert conversation.state.finished.care == decided.care
