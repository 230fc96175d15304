"""Templates as patterns: every place where they may end, rules within rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.english import ENGLISH
from voice_skill.errors import DialogError
from voice_skill.understanding.firsts import Firsts
from voice_skill.understanding.generator import sayings
from voice_skill.understanding.pattern import Rule, Run, read, shortest

RULES = {
    "noun": Rule.of(["(numbness|pins and needles)", "numb (patch|patches)"], ENGLISH),
    "denial": Rule.of(["[i have] no <noun> [<place>]", "<noun> no"], ENGLISH),
    "place": Rule.of(["(down|over) there"], ENGLISH),
}


def ends(text: str) -> set[int]:
    return set(Run(ENGLISH.tokens(text), RULES).ends("denial", 0))


def test_a_match_gives_every_place_where_it_may_end() -> None:
    assert ends("no pins and needles down there") == {4, 6}
    assert ends("i have no numb patch") == {5}
    assert ends("numbness no") == {2}
    assert ends("any numbness") == set()


def test_rules_bound_to_their_first_words_match_the_same() -> None:
    firsts = Firsts(RULES)
    bound = {name: firsts.bound(rule) for name, rule in RULES.items()}
    assert not bound["denial"].open
    for text in ("no numbness over there", "numbness no", "pins and needles no", "tingling"):
        assert Run(ENGLISH.tokens(text), bound).ends("denial", 0) == Run(
            ENGLISH.tokens(text), RULES
        ).ends("denial", 0)


@given(st.sampled_from(sayings(RULES["denial"], RULES, 100)))
def test_what_a_rule_says_it_also_matches(text: str) -> None:
    words = ENGLISH.tokens(text)
    assert len(words) in Run(words, RULES).ends("denial", 0)


def test_a_rule_that_begins_with_itself_matches_nothing() -> None:
    rules = {"a": Rule.of(["<a> b", "b"], ENGLISH)}
    assert Run(("b", "b"), rules).ends("a", 0) == {1}


def test_what_is_left_of_a_template_is_known() -> None:
    assert list(shortest(read("[i am] not [pregnant]", ENGLISH))) == [("not",)]
    assert set(shortest(read("(no|not) <noun>", ENGLISH))) == {("no", "<noun>"), ("not", "<noun>")}


@pytest.mark.parametrize("template", ["numb[ness]", "(a", "[a] [b]", "{list} a", "(a;b"])
def test_a_bad_template_is_refused(template: str) -> None:
    with pytest.raises(DialogError):
        read(template, ENGLISH)
