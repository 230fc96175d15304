"""What is listened for in a question, and what of it counts as an answer."""

import pytest

from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.listening.answer_grammar import Ears
from voice_skill.listening.call_grammar import CoachEars
from voice_skill.models.folder import starter
from voice_skill.models.vocabulary import vocabulary
from voice_skill.paths import dialog_folder
from voice_skill.understanding.grammar import MAX_WORDS
from voice_skill.understanding.understander import Understander
from voice_skill.visit.conversation import Conversation


def test_a_long_answer_that_was_heard_word_for_word_counts(dialog: Dialog) -> None:
    grammar = Ears.from_dialog(
        dialog, vocabulary(starter()), Understander.from_dialog(dialog)
    ).grammar("saddle", None)
    long = "i have no numbness or tingling there"
    assert len(long.split()) > MAX_WORDS
    assert long not in grammar.texts
    assert grammar.covers(long)
    assert not grammar.covers("i have no numbness or coffee there")


@pytest.mark.parametrize("said", ["no i meant yes", "i mean yes", "sorry i meant yes",
                                  "no sorry i meant yes"])  # fmt: skip
def test_an_answer_is_taken_back_by_ear(dialog: Dialog, said: str) -> None:
    grammar = Ears.from_dialog(
        dialog, vocabulary(starter()), Understander.from_dialog(dialog)
    ).grammar("bladder", "saddle")
    assert grammar.covers(said)
    conversation = Conversation.from_dialog(dialog)
    conversation.begin()
    for answer in ("yes", "no", said):
        conversation.hear_spoken(answer, 1.0, True)
    assert conversation.state.finished is not None
    assert conversation.state.finished.care == "EMERGENCY"


def test_a_hesitated_alarm_need_not_be_waited_out(dialog: Dialog) -> None:
    grammar = Ears.from_dialog(
        dialog, vocabulary(starter()), Understander.from_dialog(dialog)
    ).grammar("saddle", None)
    assert grammar.completeness("um yes") == "complete"
    assert grammar.completeness("um no") == "extendable"
    assert grammar.completeness("um") == "partial"


def test_words_that_may_become_a_warning_are_waited_out_in_a_warm_up(dialog: Dialog) -> None:
    library = Content(dialog_folder(), dialog).library
    hot = CoachEars(dialog, library, vocabulary(starter())).hotwords((), None, None)
    assert {"back", "back hurts"} <= hot.whole
    assert "back" in hot.open
    assert {"next", "next one"} <= hot.whole
    assert "next" not in hot.open
