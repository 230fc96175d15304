"""Faint, hesitant and half-heard answers are asked about before they count."""

from dataclasses import replace

import pytest

from tests.dialog.conftest import DIALOG, spoken, talk
from voice_skill.dialog.effects import Effect
from voice_skill.dialog.events import Answered, NoInput, NoMatch
from voice_skill.dialog.machine import step
from voice_skill.runtime.typed.check import take
from voice_skill.visit.conversation import Conversation


def test_an_uncertain_no_to_a_red_flag_is_confirmed_first() -> None:
    conversation, _ = talk("yes")
    effects = conversation.hear("no", 0.3, certain=False)
    assert "I heard no numbness. Is that what you said?" in spoken(effects)
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


@pytest.mark.parametrize(("answer", "told"), [("yes", "yes"), ("no", "no numbness")])
def test_an_answer_amid_other_sound_is_read_back(answer: str, told: str) -> None:
    conversation, _ = talk("yes")
    effects = conversation.hear_spoken(answer, 0.9, certain=True, alone=False)
    assert f"I heard {told}. Is that what you said?" in spoken(effects)
    assert "saddle" not in conversation.state.answers


def test_a_yes_amid_other_sound_stands_unless_it_is_denied() -> None:
    conversation, _ = talk("yes")
    conversation.hear_spoken("yes", 0.9, certain=True, alone=False)
    conversation.hear_spoken("no", 0.9, certain=True, alone=False)
    conversation.take(NoMatch())
    assert conversation.state.finished is not None
    assert conversation.state.finished.care == "EMERGENCY"
    conversation, _ = talk("yes")
    conversation.hear_spoken("yes", 0.9, certain=True, alone=False)
    conversation.hear_spoken("no", 0.9, certain=True)
    assert conversation.state.current == "saddle"
    assert "saddle" not in conversation.state.answers


def test_a_danger_phrase_counts_amid_other_sound_too() -> None:
    conversation, _ = talk("yes", "no", "no", "no")
    conversation.hear_spoken("can't feel when i wipe", 0.9, certain=True, alone=False)
    assert conversation.state.finished is not None
    assert conversation.state.finished.care == "EMERGENCY"


def test_a_hesitated_no_to_a_red_flag_is_confirmed_and_a_hesitated_yes_counts_at_once() -> None:
    conversation, effects = talk("yes", "um, no")
    assert "I heard no numbness. Is that what you said?" in spoken(effects)
    conversation.hear("um, yes")
    assert conversation.state.answers["saddle"].value == "no"
    conversation, _ = talk("yes", "um, yes")
    assert conversation.state.finished is not None
    assert conversation.state.finished.care == "EMERGENCY"


def test_by_ear_a_pause_before_the_confirming_yes_takes_nothing_from_it() -> None:
    conversation, _ = talk("yes")
    effects = conversation.hear_spoken("er no", 0.9, True)
    assert "I heard no numbness. Is that what you said?" in spoken(effects)
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
    assert "I heard no numbness. Is that what you said?" in spoken(effects)
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


CLEARED_DISC = ("yes", *["no"] * 8, "forty", *["no"] * 6, "<silence>", "two", "low back", "better",
                "ten days", "slowly", "no", "no", "no", "yes")  # fmt: skip
"""Up to the question whether someone checked a damaged disc and cleared it."""


def at_the_clearance() -> Conversation:
    conversation, _ = talk(*CLEARED_DISC)
    assert conversation.state.current == "checked"
    return conversation


def test_a_clearance_is_asked_for_and_read_back_by_ear() -> None:
    conversation = at_the_clearance()
    effects = conversation.hear_spoken("yes", 0.9, True)
    assert "I heard cleared. Is that what you said?" in spoken(effects)
    conversation.hear_spoken("yes", 0.9, True)
    assert conversation.state.current == "readback"


def test_an_uncertain_clearance_that_nobody_confirms_is_none() -> None:
    conversation = at_the_clearance()
    conversation.hear("cleared", 0.3, certain=False)
    conversation.take(NoInput())
    conversation.take(NoInput())
    assert "checked" not in conversation.state.answers


@pytest.mark.parametrize("words", ["<silence>", "i don't know", "not cleared", "something else"])
def test_without_a_clear_word_a_damaged_disc_is_not_cleared(words: str) -> None:
    conversation = at_the_clearance()
    for _ in range(3):
        if conversation.state.finished is None:
            take(conversation, words)
    assert conversation.state.finished is not None
    assert conversation.state.finished.care == "ROUTINE"


def test_a_clearance_is_not_asked_for_where_it_would_change_nothing() -> None:
    worse = ("worse" if line == "better" else line for line in CLEARED_DISC)
    conversation, _ = talk(*worse)
    assert conversation.state.finished is not None
    assert conversation.state.finished.care == "ROUTINE"
    assert "checked" not in conversation.state.answers
