"""Whose words they were, and how sure: only what our own ears heard is looked up."""

from voice_skill.runtime.typed.check import NOISE, SILENCE
from voice_skill.surfaces.turns.turn import Said
from voice_skill.surfaces.wyoming.heard import Hearings

SURE = Said("no", ours=True, confidence=0.9, certain=True)
FAINT = Said("no", ours=True, confidence=0.4, certain=False)


def test_what_was_heard_for_a_conversation_is_as_sure_as_it_was() -> None:
    hearings = Hearings()
    hearings.keep(SURE, "no", "a")
    assert hearings.find("No.", "a") == SURE


def test_it_is_given_out_once() -> None:
    hearings = Hearings()
    hearings.keep(SURE, "no", "a")
    hearings.find("no", "a")
    assert hearings.find("no", "a") == Said("no")
    assert not hearings.find("no", "a").ours


def test_another_conversation_never_has_it() -> None:
    hearings = Hearings()
    hearings.keep(SURE, "no", "a")
    assert not hearings.find("no", "b").ours


def test_other_words_never_have_it() -> None:
    hearings = Hearings()
    hearings.keep(SURE, "no", "a")
    assert hearings.find("no but a bit", "a") == Said("no but a bit")


def test_of_two_that_say_the_same_the_least_sure_counts() -> None:
    for first, second in ((SURE, FAINT), (FAINT, SURE)):
        hearings = Hearings()
        hearings.keep(first, "no", "a")
        hearings.keep(second, "no", "a")
        assert hearings.find("no", "a") == FAINT


def test_what_was_heard_for_nobody_in_particular_is_not_known_to_be_theirs() -> None:
    hearings = Hearings()
    hearings.keep(SURE, "no", None)
    assert not hearings.find("no", "a").known


def test_silence_and_noise_are_no_words_whoever_tells_of_them() -> None:
    for told in ("", SILENCE):
        assert Hearings().find(told, "a").kind == "silence"
    assert Hearings().find(NOISE, "a") == Said("", "pieces")
