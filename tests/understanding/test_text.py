"""Words in one form; what cannot be read is never dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.english import ENGLISH
from voice_skill.understanding.text import BOUNDARY, UNREADABLE, spelled, unechoed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I haven\u2019t", "i have not"),
        ("I can\u00b4t feel it", "i can not feel it"),
        ("bum's gone numb", "bum is gone numb"),
        ("It hasn't", "it is not"),
        ("won't", "will not"),
        ("ain't nowt", "is not nothing"),
        ("7/10", "7 out of 10"),
        ("6.0 weeks", "6 weeks"),
        ("three\u00bd", "three and a half"),
        ("5-6", "5 to 6"),
        ("1,000", "1000"),
        ("caf\u00e9", "cafe"),
    ],
)
def test_words_have_one_form(text: str, words: str) -> None:
    assert " ".join(ENGLISH.tokens(text)) == words


@pytest.mark.parametrize(
    "text", ["No. Tingling.", "no; tingling", "no \u2014 tingling", "no, tingling"]
)
def test_the_end_of_a_sentence_is_a_word_of_its_own(text: str) -> None:
    assert ENGLISH.tokens(text)[:3] == ("no", BOUNDARY, "tingling")


@pytest.mark.parametrize("text", ["no \u043d\u043e", "no \U0001f600", "no \ufffd", "no +", "no #"])
def test_what_cannot_be_read_is_an_unknown_word(text: str) -> None:
    assert UNREADABLE in ENGLISH.tokens(text)


@given(st.text(max_size=300))
def test_any_text_has_words(text: str) -> None:
    for word in ENGLISH.tokens(text):
        assert word in (BOUNDARY, UNREADABLE) or word.replace(".", "").isalnum()


def test_a_text_of_any_length_is_read() -> None:
    assert unechoed(ENGLISH.tokens("no " * 5000)) == ("no",)


def test_the_recogniser_keeps_its_spelling() -> None:
    assert spelled("I haven't, it's") == ("i", "haven't", "it's")
