"""The shape of what is said freely."""

import pytest

from voice_skill.coaching.figures import counts_along
from voice_skill.coaching.sentences import parts_of, readable, shortened, unrepeated
from voice_skill.understanding.understander import Understander


@pytest.mark.parametrize(("text", "parts"), [
    ("no, pain", ["no", "pain"]), ("no... pain!", ["no", "pain"]), ("no - pain", ["no", "pain"]),
    ("no pain", ["no pain"]), ("good\nbad", ["good", "bad"]), ("it's a 7.5", ["it's a 7.5"]),
    ("?!", []),
])  # fmt: skip
def test_marks_end_a_part(text: str, parts: list[str]) -> None:
    assert parts_of(text) == parts


@pytest.mark.parametrize(("part", "whole"), [
    ("lovely stretch", True), ("that\u2019s nice", True), ("7 8 9", True), ("7/10", False),
    ("7.5", False), ("-3", False), ("\u043d\u043e", False), ("fine \N{GRIMACING FACE}", False),
    ("no.pain", False),
])  # fmt: skip
def test_only_known_letters_and_whole_figures_are_read(part: str, whole: bool) -> None:
    assert readable(part) == whole


def test_what_is_drawn_out_or_repeated_is_said_once() -> None:
    assert shortened(("whoaaa", "mmmm", "777", "good")) == ("whoa", "mm", "777", "good")
    assert unrepeated(("stop",) * 5) == ("stop",)
    assert unrepeated(("hold", "on", "hold", "on", "please")) == ("hold", "on", "please")
    assert unrepeated(("wait", "stop", "wait")) == ("wait", "stop", "wait")


@pytest.mark.parametrize(("text", "counts"), [
    ("one two three", True), ("three", True), ("nine eight seven", True), ("one and two", True),
    ("two seven", False), ("about three", False), ("", False), ("seven ten", False),
])  # fmt: skip
def test_a_count_goes_up_or_down_by_one(
    understander: Understander, text: str, counts: bool
) -> None:
    numbers = understander.lexicon.language.numbers
    assert counts_along(tuple(text.split()), numbers) == counts
