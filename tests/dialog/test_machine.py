"""The machine: replays, universals, and an emergency that nothing lowers."""

from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Adjust, Effect, Finish, Listen, Say
from voice_skill.dialog.events import Answered, Device, Event, NoInput, NoMatch, Resumed, Started
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.dialog.machine import COMMANDS, replay, step
from voice_skill.dialog.state import State
from voice_skill.session.conversation import Conversation
from voice_skill.session.places import dialog_folder

DIALOG = Dialog.from_folder(dialog_folder())


def talk(*said: str) -> tuple[Conversation, tuple[Effect, ...]]:
    conversation = Conversation.from_dialog(DIALOG, today_weekday=2)
    effects = conversation.begin()
    for line in said:
        effects = conversation.hear(line)
    return conversation, effects


def spoken(effects: tuple[Effect, ...]) -> str:
    return " ".join(line for e in effects if isinstance(e, Say) for line in e.lines)


def test_the_intro_says_what_it_is_and_asks_the_first_question() -> None:
    conversation, effects = talk()
    assert "not a diagnosis" in spoken(effects)
    assert conversation.state.current == "symptom_now"


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


def test_an_uncertain_no_to_a_red_flag_is_confirmed_first() -> None:
    conversation, _ = talk("yes")
    effects = conversation.hear("no", 0.3, certain=False)
    assert "I heard no. Is that what you said?" in spoken(effects)
    assert "saddle" not in conversation.state.answers
    conversation.hear("yes")
    assert conversation.state.answers["saddle"].value == "no"


def test_an_uncertain_no_that_nobody_confirms_is_no_answer() -> None:
    conversation, _ = talk("yes")
    conversation.hear("no", 0.3, certain=False)
    conversation.take(NoInput())
    conversation.take(NoInput())
    assert conversation.state.current == "saddle"
    assert "saddle" not in conversation.state.answers


def test_an_uncertain_yes_that_nobody_confirms_stands() -> None:
    conversation, _ = talk("yes")
    conversation.hear("yes", 0.3, certain=False)
    conversation.take(NoInput())
    conversation.take(NoMatch())
    assert conversation.state.finished is not None
    assert conversation.state.finished.care == "EMERGENCY"


def test_a_hesitated_no_to_a_red_flag_is_confirmed_and_a_hesitated_yes_counts_at_once() -> None:
    conversation, effects = talk("yes", "um, no")
    assert "I heard no. Is that what you said?" in spoken(effects)
    conversation.hear("um, yes")
    assert conversation.state.answers["saddle"].value == "no"
    conversation, _ = talk("yes", "um, yes")
    assert conversation.state.finished is not None
    assert conversation.state.finished.care == "EMERGENCY"


def test_by_ear_a_pause_before_the_confirming_yes_takes_nothing_from_it() -> None:
    conversation, _ = talk("yes")
    effects = conversation.hear_spoken("er no", 0.9, True)
    assert "I heard no. Is that what you said?" in spoken(effects)
    conversation.hear_spoken("well no", 0.9, True)
    assert "saddle" not in conversation.state.answers
    conversation.hear_spoken("er no", 0.9, True)
    conversation.hear_spoken("er let me see", 0.9, True)
    assert "saddle" not in conversation.state.answers
    conversation.hear_spoken("well yes", 0.9, True)
    assert conversation.state.answers["saddle"].value == "no"


def test_a_no_that_is_denied_again_and_again_is_no_answer() -> None:
    conversation, _ = talk("yes", *["um, no", "no"] * 3)
    assert conversation.state.answers["saddle"].how == "incomplete"


def test_right_does_not_confirm_since_it_sounds_like_wrong() -> None:
    conversation, effects = talk("yes", "um, no", "right")
    assert "I heard no. Is that what you said?" in spoken(effects)
    assert "saddle" not in conversation.state.answers


def pieces(*texts: str) -> tuple[Conversation, tuple[Effect, ...]]:
    """Of the saddle question: words of which the ears make no whole answer."""
    conversation, effects = talk("yes")
    for text in texts:
        effects = conversation.hear_pieces(text)
    return conversation, effects


def test_a_yes_among_other_words_is_asked_about_and_stands_the_second_time() -> None:
    conversation, effects = pieces("er well yes fine")
    assert "I heard yes. Is that what you said?" in spoken(effects)
    assert "saddle" not in conversation.state.answers
    conversation.hear_pieces("yes bottom")
    assert conversation.state.finished is not None
    assert conversation.state.finished.care == "EMERGENCY"
    conversation, _ = pieces("er well yes fine")
    conversation.hear_spoken("um yes", 0.9, True)
    assert conversation.state.finished is not None


@pytest.mark.parametrize("twice", ["to the chair", "well no thank yeah", "no yes", "um maybe yes"])
def test_a_yes_among_other_words_that_nobody_confirms_is_asked_again(twice: str) -> None:
    conversation, effects = pieces("er well yes fine", twice, twice)
    assert conversation.state.current == "saddle"
    assert "saddle" not in conversation.state.answers
    assert "wipe" in spoken(effects)


def test_a_yes_among_other_words_that_is_denied_again_and_again_is_no_answer() -> None:
    conversation, _ = talk("yes")
    for _ in range(3):
        conversation.hear_pieces("er well yes fine")
        conversation.hear("no")
    assert conversation.state.answers["saddle"].how == "incomplete"


def test_a_no_among_other_words_is_never_asked_about() -> None:
    conversation, effects = pieces("okay no to day")
    assert "Is that what you said" not in spoken(effects)
    assert conversation.state.tries.failures == 1


@pytest.mark.parametrize(
    ("field", "said", "asked"),
    [("onset", "slowly", "I heard slowly. Is"), ("trend", "worse", "I heard worse. Is"),
     ("days", "two weeks", "I heard 14 days. Is"), ("days", "a day", "I heard one day. Is")],
)  # fmt: skip
def test_a_faint_answer_about_the_pattern_is_confirmed(field: str, said: str, asked: str) -> None:
    conversation, _ = talk("yes")
    state = replace(conversation.state, current=field)
    meaning = conversation.understander.interpret(field, said)
    state, effects = step(DIALOG, state, Answered(meaning, certain=False))
    assert asked in spoken(effects)
    assert field not in state.answers


def test_a_faint_correction_does_not_reassure() -> None:
    conversation, _ = talk("yes", "no")
    conversation.hear("no, I meant no", 0.3, certain=False)
    assert conversation.state.answers["saddle"].how == "heard"
    conversation.hear("no, I meant yes", 0.3, certain=False)
    assert conversation.state.answers["saddle"].value == "yes"


def test_a_known_profile_is_asked_after_once() -> None:
    conversation = Conversation.from_dialog(DIALOG)
    profile = {"age": 30, "cancer": "no", "bones": "no", "immune": "no", "known_disc": "no",
               "pregnant": "no"}  # fmt: skip
    conversation.begin(profile)
    asked = []
    conversation.hear("yes")
    while conversation.floor and conversation.floor.field != "pain":
        asked.append(conversation.floor.field)
        conversation.hear("no")
    assert "health_changed" in asked
    assert not set(profile) & set(asked)
    assert "saddle" in asked


@pytest.mark.parametrize(
    ("direction", "name"), [("input", "microphone"), ("output", "loudspeaker")]
)
def test_a_lost_device_is_spoken_of_and_the_question_comes_again(
    direction: Literal["input", "output"], name: str
) -> None:
    conversation, _ = talk("yes")
    lost = conversation.take(Device(direction, False))
    assert f"{name} has gone" in spoken(lost)
    assert conversation.floor is None  # no answer to what may not have been heard
    assert "numbness" in spoken(conversation.take(Device(direction, True)))
    assert conversation.floor
    assert conversation.floor.field == "saddle"


def test_a_result_that_may_not_have_been_heard_is_said_again() -> None:
    conversation, _ = talk("yes", "yes")
    assert conversation.state.finished
    assert "loudspeaker has gone" in spoken(conversation.take(Device("output", False)))
    back = conversation.take(Device("output", True))
    assert "emergency department" in spoken(back)
    assert back[-1] == conversation.state.finished
    assert conversation.take(Device("input", False)) == ()


anything = st.one_of(
    st.builds(NoInput),
    st.builds(
        NoMatch,
        alarm=st.sampled_from([None, "yes"]),
        mentioned=st.sampled_from([None, "saddle", "belly"]),
    ),
    st.builds(Resumed),
    st.builds(
        Answered,
        st.one_of(
            st.builds(Interpretation, st.just("match"), st.sampled_from(["yes", "no"])),
            st.just(Interpretation("unsure", None, reason="dont_know")),
            st.just(Interpretation("unsure", "no", reason="hedged_no")),
            st.just(Interpretation("nomatch", reason="refusal")),
            st.just(Interpretation("danger", "yes", "saddle", "explicit")),
            st.just(Interpretation("danger", None, "legs", "mentioned")),
            st.builds(
                Interpretation,
                st.just("universal"),
                st.sampled_from(sorted(DIALOG.phrases.universals)),
            ),
        ),
        certain=st.booleans(),
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(anything, max_size=25))
def test_events_replay_to_the_same_state_and_an_emergency_stays(events: list[Event]) -> None:
    everything: list[Event] = [Started(), *events]
    state = State()
    emergency = False
    for event in everything:
        state, effects = step(DIALOG, state, event)
        emergency = emergency or any(
            isinstance(e, Finish) and e.care == "EMERGENCY" for e in effects
        )
        if emergency:
            assert state.finished is not None
            assert state.finished.care == "EMERGENCY"
    assert replay(DIALOG, everything) == state


@settings(max_examples=60, deadline=None)
@given(st.lists(anything, max_size=40))
def test_no_doubt_and_no_silence_ever_ends_in_exercise(events: list[Event]) -> None:
    state, _ = step(DIALOG, State(), Started())
    for event in events:
        state, _ = step(DIALOG, state, event)
        if state.finished and state.finished.care == "WARMUP":
            flags = [a for n, a in state.answers.items() if DIALOG.stage_of[n].id == "emergency"]
            assert all(a.how in ("heard", "corrected") for a in flags)


def test_an_alarm_that_comes_again_after_every_no_is_doubt() -> None:
    """ "The same" may be misheard as "ripping" each time: it must neither go on for ever nor end
    as if nothing had been said."""
    conversation, _ = talk("yes", "ripping", "no", "ripping", "no")
    assert conversation.state.current == "saddle"
    assert conversation.state.answers["belly"].value == "no"
    conversation.hear("ripping")
    assert conversation.state.answers["belly"].value == "unsure"
    assert conversation.state.finished
    assert conversation.state.finished.care == "EMERGENCY"


def test_a_danger_phrase_in_pieces_has_its_question_asked_and_settles_nothing() -> None:
    conversation, _ = talk("yes", "no", "no")
    pieces = "so i was you know numb between the legs kitchen"
    for _ in range(2):
        conversation.hear_pieces(pieces)
        assert conversation.floor
        assert conversation.floor.field == "saddle"
        conversation.hear("no")
    asked = conversation.state.current
    conversation.hear_pieces(pieces)
    assert (conversation.state.current, conversation.state.tries.failures) == (asked, 1)
    assert conversation.state.answers["saddle"].value == "no"


def test_pieces_do_not_ask_again_what_was_answered_gravely() -> None:
    conversation, _ = talk("yes", *["no"] * 3, "both legs", "yes")
    assert conversation.state.answers["legs"].value == "both"
    conversation.hear_pieces("kitchen both legs garden")
    assert conversation.state.answers["legs"].value == "both"
