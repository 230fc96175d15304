"""What may be said to any question: repeat, help, pause, go back, stop."""

import pytest

from tests.dialog.conftest import spoken, talk
from voice_skill.dialog.effects import Adjust, Finish, Listen
from voice_skill.dialog.events import Answered
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.dialog.machine import COMMANDS


@pytest.mark.parametrize(
    ("command", "words"),
    [("repeat", "numbness"), ("why do you ask", "nerves"), ("help", "You can say")],
)
def test_a_universal_answers_and_the_question_stays(command: str, words: str) -> None:
    conversation, effects = talk("yes", command)
    assert words in spoken(effects)
    assert conversation.state.current == "saddle"
    assert isinstance(effects[-1], Listen)


@pytest.mark.parametrize(
    ("command", "adjust"),
    [("slower", Adjust("rate", -1)), ("faster", Adjust("rate", 1)),
     ("louder", Adjust("volume", 1)), ("quieter", Adjust("volume", -1))],
)  # fmt: skip
def test_the_voice_is_adjusted_before_the_question_is_said_again(
    command: str, adjust: Adjust
) -> None:
    _, effects = talk("yes", command)
    assert effects[0] == adjust
    assert "numbness" in spoken(effects)


@pytest.mark.parametrize("command", ["repeat", "help", "why", "last_week", "louder"])
def test_an_answer_misheard_as_a_command_each_time_is_not_asked_for_without_end(
    command: str,
) -> None:
    """ "The same" was heard as "repeat" in one mumbling voice, four hundred times."""
    conversation, _ = talk("yes")
    said = Answered(Interpretation("universal", command))
    for _ in range(COMMANDS):
        conversation.take(said)
    assert conversation.state.tries.failures == 0
    effects = conversation.take(said)
    assert "I didn't get that" in spoken(effects)
    assert (Adjust("volume", 1) in effects) == (command == "louder")
    while conversation.state.current == "saddle":
        conversation.take(said)
    assert conversation.state.answers["saddle"].value is None
    assert conversation.state.answers["saddle"].how == "incomplete"


def test_a_confirmation_misheard_as_a_command_each_time_confirms_nothing() -> None:
    conversation, _ = talk("yes")
    conversation.hear("no", 0.3, certain=False)
    for _ in range(COMMANDS + 2):
        conversation.hear("repeat")
    assert not conversation.state.pending
    assert "saddle" not in conversation.state.answers


def test_pause_holds_until_resume() -> None:
    conversation, _ = talk("yes", "pause", "no")
    assert conversation.state.paused
    effects = conversation.hear("resume")
    assert "numbness" in spoken(effects)
    assert "saddle" not in conversation.state.answers


def test_go_back_asks_the_last_question_again() -> None:
    conversation, _ = talk("yes", "no", "no", "go back")
    assert conversation.state.current == "bladder"
    conversation.hear("no")
    assert conversation.state.current == "bowel"


def test_start_over_forgets_the_answers() -> None:
    conversation, _ = talk("yes", "no", "start over")
    assert conversation.state.current == "symptom_now"
    assert not conversation.state.answers


def test_stop_ends_without_a_result_but_with_the_warning_signs() -> None:
    conversation, effects = talk("yes", "no", "stop")
    assert conversation.state.finished == Finish(None, None, ())
    assert "emergency help" in spoken(effects)
