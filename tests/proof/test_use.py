"""Witnesses and the lazy search find what the plain search finds, in dialogs drawn at random."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from voice_skill.dialog.decision import rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.expressions import ALWAYS, Expression, parse
from voice_skill.dialog.safety import Floor, Safety
from voice_skill.dialog.search import Claim, find
from voice_skill.paths import dialog_folder
from voice_skill.proof import use
from voice_skill.proof.table import Table
from voice_skill.proof.witness import Witnesses

DIALOG = Dialog.from_folder(dialog_folder())
SAFETY = Safety(floors=(Floor(when="q0 != 'no'", at_least="REST", source="-"),))
CARES = ("EMERGENCY", "SOON", "REST", "WARMUP")


def expressions(below: int) -> st.SearchStrategy[str]:
    leaf = st.builds(
        "{} {} '{}'".format,
        st.sampled_from([f"q{number}" for number in range(below)]),
        st.sampled_from(["==", "!="]),
        st.sampled_from(["yes", "no", "unsure"]),
    )
    pair = st.builds("({} {} {})".format, leaf, st.sampled_from(["and", "or"]), leaf)
    return st.one_of(leaf, pair, st.builds("({} and {})".format, pair, leaf))


@st.composite
def dialogs(draw: st.DrawFn) -> Dialog:
    """Five yes/no questions, each asked after what was said before, and some rules."""
    names = [f"q{number}" for number in range(5)]
    guards: dict[str, Expression] = {"q0": ALWAYS}
    for number, name in enumerate(names[1:], start=1):
        guards[name] = parse(draw(expressions(number)))
    whens = draw(st.lists(expressions(5), min_size=1, max_size=6))
    rule = DIALOG.rules[0][0]
    rules = tuple(
        (rule.model_copy(update={"id": f"R{n}", "care": draw(st.sampled_from(CARES))}), parse(when))
        for n, when in enumerate(whens)
    )
    field, stage = DIALOG.fields["saddle"], DIALOG.stage_of["saddle"]
    return replace(DIALOG, fields=dict.fromkeys(names, field), rules=rules, guards=guards, again={},
                   stage_of=dict.fromkeys(names, stage))  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(dialogs())
def test_what_is_built_up_is_what_a_search_finds(dialog: Dialog) -> None:
    table = Table(dialog, SAFETY)
    asked = Witnesses(table, table.domains).asked
    for name, guard in dialog.guards.items():
        claim = Claim(table.view, guard)
        assert (name in asked) == (find([claim], table.domains) is not None)
        if name in asked:
            said = asked[name].said()
            assert said is not None
            assert table.view.truth(guard, said)


@settings(max_examples=150, deadline=None)
@given(dialogs())
def test_a_rule_decides_where_a_plain_search_says_so(dialog: Dialog) -> None:
    table = Table(dialog, SAFETY)
    told = {finding.about[1] for finding in use.rules(table, Witnesses(table, table.domains))}
    for place, (rule, expression) in enumerate(dialog.rules):
        above = [
            Claim(table.view, its, holds=False)
            for index, (other, its) in enumerate(dialog.rules)
            if rank(other.care) > rank(rule.care)
            or (other.care == rule.care and index != place
                and (rule.care != "WARMUP" or index < place))
        ]  # fmt: skip
        decides = find([Claim(table.view, expression), *above], table.domains) is not None
        assert (rule.id in told) == (not decides)


@settings(max_examples=150, deadline=None)
@given(dialogs(), st.data())
def test_the_lazy_search_finds_someone_where_anybody_is(
    dialog: Dialog, data: st.DataObject
) -> None:
    table = Table(dialog, SAFETY)
    claims = [
        Claim(table.view, expression, data.draw(st.booleans())) for _, expression in dialog.rules
    ]
    said = table.shortest(claims)
    assert (said is None) == (find(claims, table.domains) is None)
    if said is not None:
        whole = {**{name: values[0] for name, values in table.domains.items()}, **said}
        assert all(table.view.truth(c.expression, whole) == c.holds for c in claims)
