"""How far a no reaches, and which signs it denies."""

import pytest

from tests.english import ENGLISH
from voice_skill.understanding.understander import Understander


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("i wet myself", False),
        ("i haven't wet myself", True),
        ("no pain but i wet myself", False),
        ("nothing except i wet myself", False),
        ("i have not only wet myself", False),
        ("never. i wet myself", False),
        ("i don't think i wet myself", True),
    ],
)
def test_a_negation_reaches_to_the_end_of_its_clause(
    understander: Understander, text: str, denied: bool
) -> None:
    found = [f for f in understander.net.find(ENGLISH.tokens(text)) if f.sign.field == "bladder"]
    assert found
    assert found[0].denied is denied


@pytest.mark.parametrize(
    ("asked", "text", "field"),
    [
        ("trend", "better but i peed myself this morning", "bladder"),
        ("pain", "six and my bits are numb", "saddle"),
        ("days", "two weeks. my foot keeps dragging", "leg_power"),
        ("onset", "i fell down the stairs", "accident"),
        ("cancer", "no but i've got chest pain", "collapse"),
        ("opening", "my back hurts and i've got a fever", "fever"),
    ],
)
def test_a_sign_in_any_answer_has_its_question_asked(
    understander: Understander, asked: str, text: str, field: str
) -> None:
    meaning = understander.interpret(asked, text)
    assert (meaning.outcome, meaning.field) == ("danger", field)


@pytest.mark.parametrize("text", ["no i haven't had any chest pain", "no chest pain and no leaks"])
def test_a_sign_that_is_plainly_denied_is_none(understander: Understander, text: str) -> None:
    assert understander.interpret("collapse", text).outcome != "danger"


def test_a_sign_of_somebody_else_settles_nothing(understander: Understander) -> None:
    meaning = understander.interpret("trend", "better but my dad passed out")
    assert (meaning.outcome, meaning.value) == ("danger", None)
