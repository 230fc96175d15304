"""A second, open look at an answer: it helps, and of itself it settles nothing."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Listen
from voice_skill.dialog.events import Answered, NoMatch
from voice_skill.paths import dialog_folder
from voice_skill.understanding.understander import Understander
from voice_skill.visit.conversation import Conversation
from voice_skill.visit.second_look import Heard

DIALOG = Dialog.from_folder(dialog_folder())
UNDERSTANDER = Understander.from_dialog(DIALOG)


def asking(field: str) -> Conversation:
    """A conversation in which this question is open."""
    return Conversation(DIALOG, UNDERSTANDER, floor=Listen(field))


def wrote(text: str) -> Callable[[], tuple[str, float]]:
    """A second ear that wrote this."""
    return lambda: (text, 0.9)


def after_pieces(field: str, second: str, pieces: str = "coffee") -> Heard:
    return asking(field).event_of_pieces(pieces, wrote(second))


def not_asked() -> tuple[str, float]:
    raise AssertionError("there was nothing to look at again")


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("saddle", "No, nothing like that.", "no"),
        ("bladder", "my bladder's fine", "no"),
        ("pain", "About a two.", 2),
        ("legs", "Yeah, down my left leg", "one"),
        ("trend", "definitely improving", "better"),
    ],
)
def test_a_whole_sentence_is_understood_and_read_back(field: str, text: str, value: object) -> None:
    event = after_pieces(field, text)
    assert isinstance(event, Answered)
    assert (event.interpretation.outcome, event.interpretation.value) == ("match", value)
    assert not event.certain


@pytest.mark.parametrize(
    ("field", "text", "about"),
    [
        ("bowel", "no but i can't start peeing", "bladder"),
        ("pain", "Two, but I wet myself.", "bladder"),
        ("trend", "Same, but I've gone numb between my legs", "saddle"),
    ],
)
@pytest.mark.parametrize("pieces", ["coffee", "no the sugar"])
def test_a_red_flag_inside_another_answer_has_its_question_asked(
    field: str, text: str, about: str, pieces: str
) -> None:
    assert after_pieces(field, text, pieces) == NoMatch(text, mentioned=about)


def test_a_red_flag_beside_an_answer_that_was_to_be_read_back_comes_first() -> None:
    text = "the same but both my legs keep buckling"
    event = asking("trend").event_of_answer("the same", 0.5, False, again=wrote(text))
    assert isinstance(event, NoMatch)
    assert event.mentioned is not None


def test_the_gravest_answer_is_asked_about_by_name() -> None:
    event = after_pieces("saddle", "yeah feels a bit fuzzy when i wipe")
    assert event == NoMatch("yeah feels a bit fuzzy when i wipe", alarm="yes")


def test_who_is_not_sure_is_asked_again_as_in_writing() -> None:
    event = after_pieces("saddle", "I'm not sure")
    assert isinstance(event, Answered)
    assert event.interpretation.outcome == "unsure"


def test_a_doubt_among_words_that_make_no_sense_is_none() -> None:
    text = "no long me roll on my not sure and bit of all normal"
    assert after_pieces("saddle", text) == NoMatch("coffee")


@pytest.mark.parametrize("text", ["", "please pass the salt", "stop", "start over", "go back",
                                  "forget me", "no i meant yes"])  # fmt: skip
def test_what_it_cannot_use_leaves_all_as_it_was(text: str) -> None:
    assert after_pieces("bladder", text) == NoMatch("coffee")


def test_a_question_can_be_heard_again_by_a_whole_sentence() -> None:
    event = after_pieces("bladder", "What did you say?")
    assert isinstance(event, Answered)
    assert event.interpretation.value == "repeat"


@pytest.mark.parametrize("text", ["no", "yes", "can't feel when i wipe", "not really", "repeat"])
def test_what_the_first_look_settled_is_not_looked_at_again(text: str) -> None:
    assert asking("saddle").event_of_answer(text, 0.9, True, again=not_asked)


def test_a_milder_second_look_takes_nothing_from_the_first() -> None:
    first = asking("legs").event_of_answer("both legs", 0.3, False)
    assert (
        asking("legs").event_of_answer("both legs", 0.3, False, again=wrote("just my back"))
        == first
    )
    alarmed = asking("saddle").event_of_pieces("yes coffee")
    assert alarmed == NoMatch("yes coffee", alarm="yes")
    assert asking("saddle").event_of_pieces("yes coffee", wrote("no nothing like that")) == alarmed


WORDS = (
    *("no", "yes", "not", "numb", "numbness", "wee", "leaking", "my", "legs", "both", "left"),
    *("one", "none", "nothing", "fine", "really", "but", "except", "i", "have", "had", "never"),
    *("all", "good", "same", "two", "ten", "weeks", "worse", "coffee"),
)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from([n for n, f in DIALOG.fields.items() if f.role != "confirm"]),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
)
def test_it_settles_nothing_whatever_it_writes(field: str, text: str, pieces: str) -> None:
    event = after_pieces(field, text, pieces)
    assert isinstance(event, NoMatch) or not event.certain
    if isinstance(event, Answered) and event.interpretation.outcome == "unsure":
        accepted = DIALOG.stage_of[field].hedged_no == "accept"
        assert not (accepted and event.interpretation.reason == "hedged_no")
