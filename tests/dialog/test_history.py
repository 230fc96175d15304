"""The diary makes a result graver or leaves it as it is; it never takes the place of an answer."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from voice_skill.dialog.decision import decide, rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.history import FLAGS, NO_PAST, Past
from voice_skill.paths import dialog_folder
from voice_skill.runtime.people.persona import Persona, PersonaFile
from voice_skill.runtime.typed.check import persona_reply, run_typed
from voice_skill.storage.journal import from_json, to_json
from voice_skill.visit.conversation import Conversation

DIALOG = Dialog.from_folder(dialog_folder())
VALUES = {name: st.sampled_from([*DIALOG.domains[name], None]) for name in DIALOG.safe_values}
CAREFUL = [v.id for v in DIALOG.dispositions["WARMUP"].variants]
WELL = {"symptom_now": "no", "no_symptom_gate": "no", "age": "thirty", "readback": "yes"}
SORE = {"symptom_now": "yes", "age": "thirty", "pain": "two", "spread": "low back only",
        "trend": "better", "days": "ten days", "onset": "slowly", "readback": "yes"}  # fmt: skip

pasts = st.builds(
    Past,
    st.frozensets(st.sampled_from(sorted(FLAGS))),
    st.none() | st.integers(0, 10),
    st.none() | st.integers(0, 10),
)


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({}, optional=VALUES), st.frozensets(st.sampled_from(sorted(FLAGS))))
def test_no_diary_lowers_what_the_answers_come_to(
    answers: dict[str, Any], flags: frozenset[str]
) -> None:
    plain, known = decide(DIALOG, answers), decide(DIALOG, answers, flags)
    assert rank(known.care) >= rank(plain.care)
    if known.care == plain.care == "WARMUP":
        assert CAREFUL.index(known.variant or "") >= CAREFUL.index(plain.variant or "")


def held(says: dict[str, Any], past: Past = NO_PAST) -> Conversation:
    conversation = Conversation.from_dialog(DIALOG)
    reply = persona_reply(Persona(PersonaFile(says=says)), None)
    run_typed(conversation, conversation.begin(past=past), reply, None)
    return conversation


def came_to(conversation: Conversation) -> tuple[str | None, str | None]:
    end = conversation.state.finished
    return (end.care, end.variant) if end else (None, None)


@settings(max_examples=60, deadline=None)
@given(pasts, st.sampled_from([WELL, SORE]), st.data())
def test_no_diary_spares_a_question_of_the_emergency_block(
    past: Past, says: dict[str, str], data: st.DataObject
) -> None:
    block = [n for n in DIALOG.fields if DIALOG.stage_of[n].id == "emergency"]
    flag = data.draw(st.sampled_from(["saddle", "bladder", "bowel", "collapse", "belly"]))
    assert flag in block
    told = {**says, "no_symptom_gate": "yes", flag: "yes", "morning_level": "yes"}
    assert came_to(held(told, past))[0] == "EMERGENCY"


def test_what_the_diary_settles_is_not_asked_for() -> None:
    asked = {turn.field for turn in held(SORE).turns}
    steady = {turn.field for turn in held({**SORE, "days": "20 days"},
                                          Past(frozenset({"steady_before"}))).turns}  # fmt: skip
    assert "steady_after" in asked
    assert "steady_after" not in steady


def test_the_morning_after_decides_how_full_the_warm_up_is() -> None:
    due = Past(frozenset({"morning_due"}))
    assert came_to(held({**SORE, "morning_level": "yes"}, due)) == ("WARMUP", "standard")
    assert came_to(held({**SORE, "morning_level": "no"}, due)) == ("WARMUP", "gentle")
    assert came_to(held({**SORE, "morning_level": "no", "bend_sit": "yes"}, due))[0] == "REST"
    assert came_to(held({**WELL, "morning_level": "not sure"}, due)) == ("WARMUP", "gentle")
    assert came_to(held({**WELL, "morning_level": "<silence>"}, due))[0] == "REST"
    assert came_to(held(WELL, Past(frozenset({"felt_next_morning"})))) == ("WARMUP", "gentle")


def test_a_weekly_check_in_leads_on_or_to_a_visit() -> None:
    week = Past(frozenset({"check_due"}), rest_pain=4)
    three = Past(frozenset({"check_due", "three_weeks"}), rest_pain=4)
    assert came_to(held({**SORE, "since_rest": "better"}, week))[0] == "WARMUP"
    assert came_to(held({**SORE, "since_rest": "the same"}, week))[0] == "REST"
    assert came_to(held({**SORE, "since_rest": "worse"}, week))[0] == "ROUTINE"
    assert came_to(held({**SORE, "since_rest": "better"}, three))[0] == "WARMUP"
    no_better = [
        ("the same", "two", "better"),
        ("better", "four", "better"),
        ("better", "two", "the same"),
        ("no idea", "two", "better"),
    ]
    for since, pain, trend in no_better:
        says = {**SORE, "since_rest": since, "pain": pain, "trend": trend}
        assert came_to(held(says, three))[0] == "ROUTINE"
    assert came_to(held({**SORE, "since_rest": "<silence>"}, week))[0] == "REST"


@settings(max_examples=60, deadline=None)
@given(pasts)
def test_what_the_diary_said_is_kept_with_the_session(past: Past) -> None:
    events = []
    conversation = Conversation.from_dialog(DIALOG, events.append)
    conversation.begin(past=past)
    assert from_json(to_json(events[0])).past == past  # type: ignore[union-attr]
