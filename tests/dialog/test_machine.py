"""The machine: replays, lost devices, danger phrases, and an emergency that nothing lowers."""

from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dialog.conftest import DIALOG, spoken, talk
from voice_skill.dialog.effects import Finish
from voice_skill.dialog.events import Answered, Device, Event, NoInput, NoMatch, Resumed, Started
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.dialog.machine import replay, step
from voice_skill.dialog.state import State
from voice_skill.visit.conversation import Conversation


def test_the_intro_says_what_it_is_and_asks_the_first_question() -> None:
    conversation, effects = talk()
    assert "not a diagnosis" in spoken(effects)
    assert conversation.state.current == "symptom_now"


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
