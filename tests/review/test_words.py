"""Conditions read as sentences."""

import pytest

from voice_skill.dialog.dialog import Dialog
from voice_skill.review.words import condition


@pytest.mark.parametrize(("written", "read"), [
    (None, "always"),
    ("pos(fever)", 'fever is "yes" or in doubt'),
    ("incomplete", "a safety answer could not be obtained"),
    ("legs == 'both' and leg_power != 'no'", 'legs is "both" and leg_power is not "no"'),
    ("age >= 65 or days < 7", "age is at least 65 or days is less than 7"),
    ("pain <= 2 and pain > 0", "pain is at most 2 and pain is more than 0"),
    ("onset in ('gradual', 'after_run')", 'onset is "gradual" or "after_run"'),
    ("pain >= 8 and not (days < 2 or pos(immune))",
     'pain is at least 8 and not (days is less than 2 or immune is "yes" or in doubt)'),
    ("pain >= 8 and (days < 2 or days > 9)",
     "pain is at least 8 and (days is less than 2 or days is more than 9)"),
])  # fmt: skip
def test_a_condition_reads_as_a_sentence(written: str | None, read: str) -> None:
    assert condition(written) == read


def test_no_operator_is_left_in_any_rule(dialog: Dialog) -> None:
    for rule, _ in dialog.rules:
        assert not set("=<>!").intersection(condition(rule.when)), rule.id
