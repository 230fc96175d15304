"""The skill's own words are told apart from what is said into them."""

from hypothesis import given
from hypothesis import strategies as st

from tests.english import ENGLISH
from voice_skill.hearing.recogniser import Hypothesis
from voice_skill.listening.echo_guard import beyond

PROMPT = ENGLISH.tokens("Keep it light and loose, never into pain. Say stop, skip, or repeat.")
WORDS = st.lists(st.sampled_from([*PROMPT, "hurts", "ow", "louder"]), max_size=8)


def test_what_comes_after_its_own_words_is_the_persons() -> None:
    heard = Hypothesis("and loose never into it hurts", 0.9, each=(1, 1, 1, 1, 0.8, 0.6))
    said = beyond(heard, PROMPT)
    assert said.text == "it hurts"
    assert said.confidence == 0.7


def test_what_comes_between_them_is_too() -> None:
    assert beyond(Hypothesis("it light and louder never into pain"), PROMPT).text == "louder"


@given(st.integers(0, len(PROMPT)), st.integers(0, len(PROMPT)))
def test_any_stretch_of_its_own_is_explained(one: int, other: int) -> None:
    first, last = sorted((one, other))
    assert not beyond(Hypothesis(" ".join(PROMPT[first:last])), PROMPT).text


@given(WORDS)
def test_a_word_that_is_not_its_own_is_never_lost(words: list[str]) -> None:
    said = beyond(Hypothesis(" ".join(words)), PROMPT).text.split()
    assert [w for w in said if w not in PROMPT] == [w for w in words if w not in PROMPT]


@given(WORDS)
def test_in_silence_all_is_the_persons(words: list[str]) -> None:
    assert beyond(Hypothesis(" ".join(words)), ()).text.split() == words
