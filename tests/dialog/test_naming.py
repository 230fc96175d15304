"""Asking by name about what was said, the opening sentence, and the way out of the summary."""

from tests.dialog.conftest import DIALOG, spoken, talk
from voice_skill.runtime.typed.check import run_typed
from voice_skill.visit.conversation import Conversation

SAID = {"symptom_now": "yes", "age": "forty", "pain": "two", "spread": "low back only",
        "trend": "better", "days": "ten days", "onset": "slowly"}  # fmt: skip


def held(**said: str | list[str]) -> Conversation:
    """A whole conversation of somebody who is well but for these answers."""
    conversation, asked = Conversation.from_dialog(DIALOG), dict[str, int]()

    def reply(floor: object) -> str:
        name = floor.field  # type: ignore[attr-defined]
        lines = {**SAID, **said}.get(name, "yes" if name in ("readback", "confirm") else "no")
        asked[name] = asked.get(name, 0) + 1
        if isinstance(lines, str):
            return lines
        return lines[min(asked[name], len(lines)) - 1]

    run_typed(conversation, conversation.begin(), reply, None)
    return conversation


def turns(conversation: Conversation, name: str) -> int:
    return sum(turn.field == name for turn in conversation.turns)


def test_a_finding_that_is_not_clearly_denied_is_asked_about_by_name() -> None:
    conversation, effects = talk("yes", "no serious tingling")
    assert "You said something about numbness." in spoken(effects)
    assert "saddle" not in conversation.state.answers
    conversation.hear("no")
    assert conversation.state.answers["saddle"].value == "no"


def test_a_second_time_the_graver_reading_stands() -> None:
    conversation, _ = talk("yes", "no serious tingling", "no awful tingling")
    assert conversation.state.finished is not None
    assert conversation.state.finished.care == "EMERGENCY"


def test_a_denial_that_names_its_symptom_is_a_no() -> None:
    conversation, _ = talk("yes", "no I haven't had any numbness or tingling down there")
    assert conversation.state.answers["saddle"].value == "no"


def test_the_opening_is_asked_once_whatever_is_said_in_it() -> None:
    for text in ("it hurts on both sides of my back", "my back hurts and i've got a fever"):
        conversation = held(opening=text)
        assert turns(conversation, "opening") == 1
        assert conversation.finished


def test_a_finding_in_the_opening_is_asked_about_though_it_was_denied_before() -> None:
    conversation = held(opening="my back hurts and i've got a fever", fever=["no", "yes"])
    assert turns(conversation, "fever") == 2
    assert conversation.state.finished is not None
    assert conversation.state.finished.care == "URGENT"


def test_the_opening_sets_nothing_that_is_not_due() -> None:
    conversation = held(opening="my lower back's a bit sore")
    assert "tingle" not in conversation.state.answers
    assert conversation.state.finished is not None
    assert conversation.state.finished.care == "WARMUP"


def test_the_opening_spares_a_question_that_it_answers() -> None:
    conversation = held(opening="it started when i was lifting a box", onset="slowly")
    assert conversation.state.answers["onset"].value == "lift_bend"


def test_who_finds_nothing_wrong_is_read_the_summary_once_more() -> None:
    conversation = held(readback=["no", "yes"], wrong_part="nothing is wrong")
    assert turns(conversation, "readback") == 2
    assert conversation.state.finished is not None
    assert conversation.state.finished.care == "WARMUP"


def test_one_hedge_and_then_a_natural_no_is_a_no() -> None:
    conversation, _ = talk("yes", "not really", "no it feels the same as ever")
    assert conversation.state.answers["saddle"].value == "no"
