"""What is looked at in a turn is all that could matter: compared with looking at everything."""

from hypothesis import given, settings
from hypothesis import strategies as st

from voice_skill.dialog.decision import changed, complete, holds_for
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.expressions import FLAGS, names
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.worth_asking import Outlook, Situation
from voice_skill.paths import dialog_folder

DIALOG = Dialog.from_folder(dialog_folder())
ANSWERS = {
    name: st.sampled_from([None, *DIALOG.domains[name], *DIALOG.domains[name][:1] * 3])
    for name in DIALOG.fields
    if name in DIALOG.domains
}
situations = st.builds(
    Situation,
    st.dictionaries(st.sampled_from(sorted(ANSWERS)), st.integers(0, 99), max_size=20).flatmap(
        lambda drawn: st.fixed_dictionaries({name: ANSWERS[name] for name in drawn})
    ),
    st.frozensets(st.sampled_from(sorted(FLAGS)), max_size=3),
)


@settings(max_examples=150, deadline=None)
@given(situations)
def test_no_rule_and_no_question_is_overlooked(here: Situation) -> None:
    values = complete(DIALOG, here.answers, here.flags)
    touched = changed(DIALOG, here.answers, here.flags)
    rules = DIALOG.rules_read.touched(touched)
    for place, (rule, expression) in enumerate(DIALOG.rules):
        assert place in rules or not holds_for(DIALOG, expression, values)[0], rule.id
    due = [n for n in DIALOG.fields if holds_for(DIALOG, DIALOG.guards[n], values)[0]]
    assert list(Outlook.of(DIALOG, here).due()) == due


def ancestors(read: frozenset[str]) -> set[str]:
    found: set[str] = set()
    todo: list[Value] = list(read)
    while todo:
        name = str(todo.pop())
        if name in DIALOG.guards and name not in found:
            found.add(name)
            todo += names(DIALOG.guards[name])
    return found


def test_every_rule_hangs_on_what_it_reads_through_guards_as_well() -> None:
    for place, (rule, expression) in enumerate(DIALOG.rules):
        on = {name for name, places in DIALOG.hanging.items() if place in places}
        assert on == ancestors(names(expression)), rule.id
