"""One source for ears and mind: what the grammar holds is understood, fragments are not answers."""

from collections import Counter
from itertools import pairwise

import pytest

from tests.english import ENGLISH
from voice_skill.dialog.dialog import Dialog
from voice_skill.understanding.courtesies import Courtesies
from voice_skill.understanding.covering import GrammarIndex
from voice_skill.understanding.grammar import (
    OPENER_WORDS,
    GrammarPhrase,
    for_recogniser,
    grammar_phrases,
)
from voice_skill.understanding.understander import Understander


def phrases_for(
    dialog: Dialog, field: str, previous: str | None = None
) -> tuple[GrammarPhrase, ...]:
    return grammar_phrases(dialog.phrases, dialog.fields, ENGLISH, field, previous)


def test_every_answer_of_a_field_is_understood_in_it(
    dialog: Dialog, understander: Understander
) -> None:
    for name in dialog.fields:
        for phrase in phrases_for(dialog, name):
            kind, _, value = phrase.origin.partition(".")
            if kind == name and value in ("yes", "one", "both", "constant", "worse", "big"):
                meaning = understander.interpret(name, phrase.text)
                assert meaning.value is None or str(meaning.value) != "no", phrase


def test_a_chain_of_fragments_is_no_answer(dialog: Dialog) -> None:
    index = GrammarIndex.from_phrases(phrases_for(dialog, "saddle"))
    assert index.covers("no")
    assert index.covers("no not at all")
    assert not index.covers("coffee")
    assert not index.covers("no coffee")
    assert not index.covers("yes stop no stop")


def test_an_answer_whose_end_comes_back_is_that_answer(dialog: Dialog) -> None:
    index = GrammarIndex.from_phrases(phrases_for(dialog, "leg_power"))
    assert index.covers("no problem walking walking")
    assert index.covers("no i don't no i don't")
    assert not index.covers("walking walking no problem")


def test_yes_may_go_on_and_half_a_phrase_is_partial(dialog: Dialog) -> None:
    index = GrammarIndex.from_phrases(phrases_for(dialog, "legs"))
    assert index.completeness("no") == "extendable"
    assert index.completeness("in my") == "partial"
    assert index.completeness("sugar") == "none"


def test_hesitation_stands_beside_an_answer_and_is_none_itself(dialog: Dialog) -> None:
    index = GrammarIndex.from_phrases(phrases_for(dialog, "saddle"))
    assert index.covers("um yes")
    assert index.covers("er let me see no not at all")
    assert not index.covers("um")
    assert not index.covers("yeah uh")
    assert not index.covers("well um er uh no")
    assert index.completeness("um") == "partial"
    assert index.completeness("um yes") == index.completeness("yes")


def test_the_recogniser_knows_short_answers_after_a_hesitation(dialog: Dialog) -> None:
    texts = for_recogniser(phrases_for(dialog, "saddle"), ENGLISH)
    assert {"um yes", "well no", "let me see nope"} <= set(texts)
    assert "um stop" not in texts
    figures = for_recogniser(phrases_for(dialog, "pain"), ENGLISH)
    assert "er two" in figures
    assert "er to" not in figures


def test_courtesies_stand_around_an_answer_and_are_none_themselves(dialog: Dialog) -> None:
    phrases = phrases_for(dialog, "saddle")
    courtesies = Courtesies.from_phrases(dialog.phrases, ENGLISH)
    index = GrammarIndex.from_phrases(phrases, courtesies)
    for said in ("oh well no thank you", "so no honestly", "yes doctor", "okay not really"):
        assert index.covers(said)
        assert index.completeness(said) in ("complete", "extendable")
    for said in ("thank you", "so", "no so", "no oh", "thank you no", "doctor no", "no coffee"):
        assert not index.covers(said)
    texts = for_recogniser(phrases, ENGLISH, courtesies)
    assert {"oh no", "no doctor", "yes thank you"} <= set(texts)


def test_a_correction_may_begin_with_any_short_opener(dialog: Dialog) -> None:
    heard = {p.text for p in phrases_for(dialog, "bladder", "saddle")}
    assert {"no i meant yes", "sorry i mean no", "wait correction yes"} <= heard
    openers = {text.removesuffix(" yes") for text in heard if " i meant to say " in text}
    assert all(opener.count(" ") < OPENER_WORDS for opener in openers)


@pytest.mark.parametrize("field", ["saddle", "legs", "age", "days"])
def test_the_recogniser_may_hear_every_pair_of_words(dialog: Dialog, field: str) -> None:
    phrases = phrases_for(dialog, field)
    heard = {pair for p in phrases if p.heard for pair in _pairs(p.text)}
    assert heard <= {pair for text in for_recogniser(phrases, ENGLISH) for pair in _pairs(text)}


def test_an_answer_in_many_wordings_does_not_bend_the_recogniser(dialog: Dialog) -> None:
    phrases = phrases_for(dialog, "legs")
    first = Counter(text.split()[0] for text in for_recogniser(phrases, ENGLISH))
    assert first["both"] > first["does"]


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(("", *text.split(), "")))
