"""What the document says of doubt and silence is what the conversation does."""

import pytest

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.events import Answered, NoInput
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.dialog.machine import step
from voice_skill.dialog.state import Answer, State
from voice_skill.review.doubts import doubt, hedged_no, not_asked, refusal, safe_answer, silence

DONT_KNOW = Answered(Interpretation("unsure", reason="dont_know"))
SILENCES = {
    "incomplete": "never safe: the check counts as incomplete",
    "unsure": "counts as doubt",
    "unknown": "stays unknown",
    "heard": "goes on",
}


def asked(dialog: Dialog, name: str, event: Answered | NoInput) -> Answer | None:
    """What a question comes to, told the same again and again."""
    state = State(current=name)
    for _ in range(6):
        if name in state.answers or state.current != name:
            break
        state, _ = step(dialog, state, event)
    return state.answers.get(name)


def questions(dialog: Dialog) -> list[str]:
    return [n for n, f in dialog.fields.items() if f.role not in ("confirm", "wrong_part")]


def test_silence_does_what_is_written(dialog: Dialog) -> None:
    for name in questions(dialog):
        found = asked(dialog, name, NoInput())
        assert found is not None
        if name == "checked":  # a clearance that is not heard is none
            assert silence(dialog, name).endswith('then counts as "no"')
        elif dialog.fields[name].kind != "free":
            assert SILENCES[found.how] in silence(dialog, name), name


def test_doubt_does_what_is_written(dialog: Dialog) -> None:
    for name in questions(dialog):
        field = dialog.fields[name]
        if field.role == "readback" or field.kind == "free":
            continue
        found = asked(dialog, name, DONT_KNOW)
        assert found is not None
        if found.value is None:
            assert "stays unknown" in doubt(field), name
        else:
            value = "yes" if found.value == "unsure" else found.value
            assert f'counts as "{value}"' in doubt(field), name


def test_a_doubtful_read_back_is_not_a_yes(dialog: Dialog) -> None:
    state, _ = step(dialog, State(current="readback"), DONT_KNOW)
    assert state.current == "wrong_part"
    assert doubt(dialog.fields["readback"]).startswith("counts as no at once")


@pytest.mark.parametrize(("name", "text"), [("saddle", "as silence"), ("sexual", "counts as no")])
def test_a_refusal_is_written_down(dialog: Dialog, name: str, text: str) -> None:
    assert text in refusal(dialog.fields[name])


def test_a_hedge_is_doubt_where_it_matters(dialog: Dialog) -> None:
    for name, field in dialog.fields.items():
        if dialog.stage_of[name].hedged_no == "reask":
            assert hedged_no(field, dialog.stage_of[name]) in ("", "counts as doubt")


def test_a_clearance_must_be_clear_and_a_hedge_is_none(dialog: Dialog) -> None:
    checked = dialog.fields["checked"]
    assert safe_answer(checked).startswith('"cleared" counts only if')
    assert hedged_no(checked, dialog.stage_of["checked"]) == "counts as no"


def test_only_questions_that_rules_may_read_count_while_not_asked(dialog: Dialog) -> None:
    assert not_asked(dialog.fields["saddle"]) == 'counts as "no"'
    assert not_asked(dialog.fields["readback"]) == ""
