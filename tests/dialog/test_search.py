"""The exact search finds what exists, and only that."""

from itertools import product

import hypothesis.strategies as st
from hypothesis import given

from voice_skill.dialog.expressions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Compare,
    Expression,
    Not,
    Positive,
)
from voice_skill.dialog.search import Claim, View, find

FIELDS = ("a", "b", "c", "d")
DOMAINS = {"a": ("no", "yes"), "b": ("no", "yes"), "c": (0, 1, 2), "d": (0, 1)}
SAFE = {"a": "no", "b": "no", "c": 0, "d": 0}
LEAVES = st.one_of(
    st.sampled_from([Positive("a"), Positive("b")]),
    st.builds(Compare, st.sampled_from(["c", "d"]), st.sampled_from(["<=", "==", ">"]),
              st.integers(0, 2)),
)  # fmt: skip


def combine(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(parts, max_size=3).map(tuple)
    return st.one_of(parts.map(Not), several.map(AllOf), several.map(AnyOf))


EXPRESSIONS = st.recursive(LEAVES, combine, max_leaves=5)
GUARD_OF_LATER = st.sampled_from([ALWAYS, Positive("a"), Compare("c", ">", 0)])


@given(st.lists(st.tuples(EXPRESSIONS, st.booleans()), max_size=4), GUARD_OF_LATER)
def test_it_agrees_with_trying_every_combination(
    wanted: list[tuple[Expression, bool]], guard: Expression
) -> None:
    view = View({"b": guard, "d": guard}, SAFE, {})
    claims = [Claim(view, expression, holds) for expression, holds in wanted]
    found = find(claims, DOMAINS)
    everyone = (dict(zip(FIELDS, said, strict=True)) for said in product(*DOMAINS.values()))
    exists = any(
        all(view.truth(claim.expression, said) == claim.holds for claim in claims)
        for said in everyone
    )
    assert (found is not None) == exists
    if found is not None:
        said = {name: values[0] for name, values in DOMAINS.items()} | found
        assert all(view.truth(claim.expression, said) == claim.holds for claim in claims)


def test_a_question_that_is_not_asked_has_its_safe_value() -> None:
    view = View({"b": Positive("a")}, SAFE, {})
    claims = [Claim(view, Positive("b")), Claim(view, Positive("a"), holds=False)]
    assert find(claims, DOMAINS) is None
