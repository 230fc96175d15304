"""What stands in a script beside the answers."""

import pytest

from voice_skill.errors import UsageError
from voice_skill.runtime.people.script import Script


def test_a_script_is_a_line_an_answer() -> None:
    script = Script.from_lines(["yes", "no"])
    assert (script.talk, script.past.flags, script.warm_up) == (("yes", "no"), frozenset(), None)


def test_a_first_line_tells_what_the_diary_holds_and_a_mark_begins_the_warm_up() -> None:
    script = Script.from_lines(["<diary> check_due, three_weeks", "same", "<warm-up>", "all good"])
    assert script.past.flags == {"check_due", "three_weeks"}
    assert (script.talk, script.warm_up) == (("same",), ("all good",))


def test_a_diary_that_holds_what_no_rule_knows_is_refused() -> None:
    with pytest.raises(UsageError, match="cannot hold 'pain_down'; it is one of check_due"):
        Script.from_lines(["<diary> pain_down"])
