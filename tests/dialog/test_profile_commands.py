"""What is remembered can be heard, corrected and deleted by voice; emergencies are asked anyway."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Effect, Say
from voice_skill.dialog.history import Past, Week
from voice_skill.paths import dialog_folder
from voice_skill.runtime.people.persona import Persona, PersonaFile
from voice_skill.runtime.typed.check import persona_reply, run_typed
from voice_skill.storage.record import Kept
from voice_skill.storage.store import Store
from voice_skill.visit.conversation import Conversation

DIALOG = Dialog.from_folder(dialog_folder())
KNOWN: dict[str, Any] = {"age": 44, "known_disc": "yes", "checked": "cleared", "cancer": "no",
                         "immune": "no", "bones": "no"}  # fmt: skip
SORE = {"symptom_now": "yes", "age": "forty four", "pain": "two", "spread": "low back only",
        "trend": "better", "days": "ten days", "onset": "slowly", "readback": "yes"}  # fmt: skip
BLOCK = [n for n in DIALOG.fields if DIALOG.stage_of[n].id == "emergency"
         and DIALOG.guards[n] == DIALOG.guards["saddle"]]  # fmt: skip


def said(effects: tuple[Effect, ...]) -> str:
    return " ".join(line for e in effects if isinstance(e, Say) for line in e.lines)


def begun(profile: dict[str, Any] | None = None, past: Past | None = None) -> Conversation:
    conversation = Conversation.from_dialog(DIALOG)
    conversation.begin(profile or {}, past or Past())
    return conversation


def to(conversation: Conversation, field: str, **says: str) -> Conversation:
    """Answer until this field is asked."""
    persona = Persona(PersonaFile(says={**SORE, **says}))
    for _ in range(80):
        assert conversation.floor is not None
        if conversation.floor.field == field:
            return conversation
        conversation.hear(persona.answer(conversation.floor.field))
    raise AssertionError(field)


def test_last_week_is_told_and_the_question_asked_again() -> None:
    week = Week(checks=3, warm_ups=2, first_pain=5, last_pain=2, worst_pain=6, mornings_bad=1)
    conversation = begun(past=Past(week=week, rest_days=9))
    told = said(conversation.hear("How was last week?"))
    assert "checks: 3, warm-ups: 2" in told
    assert "first 5, last 2, and at its worst 6" in told
    assert "next morning: 1" in told
    assert "began 9 days ago" in told
    assert told.endswith("Do you have any back or leg symptoms today?")
    assert "nothing of the last seven days" in said(begun().hear("how was my week"))


def test_the_profile_is_told() -> None:
    told = said(begun(KNOWN).hear("what do you know about me"))
    assert "your age, 44" in told
    assert "a damaged disc, yes" in told
    assert "change my age" in told
    assert "nothing about you" in said(begun().hear("what do you remember"))


def test_one_value_is_corrected_at_once_and_the_conversation_goes_on() -> None:
    conversation = to(begun(KNOWN), "bladder")
    assert "How old are you?" in said(conversation.hear("change my age"))
    assert "age" not in conversation.state.profile
    conversation.hear("forty five")
    assert conversation.floor
    assert conversation.floor.field == "bladder"
    assert conversation.state.answers["age"].value == 45


def test_a_clearance_is_not_asked_for_before_it_counts() -> None:
    conversation = begun(KNOWN)
    told = said(conversation.hear("change the clearance"))
    assert "when it matters" in told
    assert "checked" not in conversation.state.profile
    assert conversation.floor
    assert conversation.floor.field == "symptom_now"


def test_what_is_forgotten_is_asked_again() -> None:
    conversation = to(begun(KNOWN), "fever", health_changed="no")
    conversation.hear("forget me")
    assert conversation.state.profile == {}
    assert to(conversation, "age")


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(st.sampled_from(sorted(KNOWN)), st.none()).map(
        lambda names: {name: KNOWN[name] for name in names}
    ),
    st.sampled_from(["", "what do you know about me", "forget me", "change my age"]),
    st.sampled_from(BLOCK),
)
def test_no_profile_shortens_the_emergency_block(
    profile: dict[str, Any], aside: str, moment: str
) -> None:
    conversation = to(begun(profile), moment, health_changed="no")
    if aside:
        conversation.hear(aside)
    reply = persona_reply(Persona(PersonaFile(says={**SORE, "health_changed": "no"})), None)
    run_typed(conversation, (), reply, None)
    answered = {turn.field for turn in conversation.turns if turn.outcome == "match"}
    assert set(BLOCK) <= answered


@pytest.mark.parametrize(("aside", "left"), [
    ("", {"age": 45}), ("forget me", {}), ("change my age", {"age": 46}),
])  # fmt: skip
def test_what_is_deleted_or_corrected_stays_so(
    content: Content, tmp_path: Path, aside: str, left: dict[str, Any]
) -> None:
    store = Store(tmp_path)
    store.save("profile", {"format": 1, "values": {"age": 45}})
    kept = Kept(content, store, fresh=True)
    if aside:
        kept.conversation.hear(aside)
        assert "age" not in store.load("profile")["values"]
    says = {**SORE, "age": "forty six", "health_changed": "no", "cancer": "rather not say"}
    run_typed(kept.conversation, (), persona_reply(Persona(PersonaFile(says=says)), None), None)
    kept.close()
    values = store.load("profile")["values"]
    assert {name: values[name] for name in ("age",) if name in values} == left
