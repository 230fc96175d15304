"""What a warm-up came to is the same by voice, by keyboard and in virtual time, with reasons."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from voice_skill.coaching.library import Library
from voice_skill.content import Content
from voice_skill.dialog.decision import rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.state import State
from voice_skill.runtime.typed.warm_up import run_typed_warm_up
from voice_skill.runtime.virtual.person import Person
from voice_skill.runtime.virtual.warm_up import VirtualWarmUp
from voice_skill.runtime.voice.warm_up import Coached
from voice_skill.visit.closing import Closing
from voice_skill.visit.outcome import Result, with_warm_up
from voice_skill.visit.report import Report
from voice_skill.visit.warm_up import WarmUp

Over = Callable[..., WarmUp]
CALM = {"days": "three days", "trend": "better", "age": "thirty", "readback": "yes"}


@pytest.fixture(scope="module")
def library(content: Content) -> Library:
    return content.library


@pytest.fixture
def over(dialog: Dialog, library: Library) -> Over:
    """A warm-up that has ended: what was said, each a while after the other."""

    def made(*said: str, pain: int | None = None) -> WarmUp:
        values: dict[str, Any] = {} if pain is None else {"pain": pain}
        warm_up = WarmUp(dialog, library.coach(dialog, "standard", values), library)
        warm_up.begin()
        for number, text in enumerate(said, 1):
            warm_up.hear(60.0 * number, text)
        assert warm_up.state.ended is not None
        return warm_up

    return made


class Mouth:
    """Says nothing, at once."""

    def say(self, lines: tuple[str, ...]) -> "Mouth":
        return self

    def result(self) -> bool:
        return True


class Sound:
    """The part of a spoken session that an end without questions needs."""

    def caption(self, line: str) -> None:
        return None


def by_voice(warm_up: WarmUp, triage: State) -> Result:
    coached = object.__new__(Coached)
    coached.spoken, coached.warm_up = Sound(), warm_up  # type: ignore[assignment]
    coached.triage, coached._mouth = triage, Mouth()  # type: ignore[assignment]
    return coached._close()


def by_keyboard(warm_up: WarmUp, triage: State) -> Result:
    return run_typed_warm_up(warm_up, triage, lambda seconds: None, io.StringIO())


def in_virtual_time(warm_up: WarmUp, triage: State) -> Result:
    return VirtualWarmUp(warm_up, Person([]), triage=triage).run()


DRIVERS = pytest.mark.parametrize("close", [by_voice, by_keyboard, in_virtual_time])


@pytest.mark.parametrize(("said", "care", "rules"), [
    (("it hurts", "nine"), "URGENT", ("U06", "D01")),
    (("it hurts", "eight"), "URGENT", ("U06", "D01")),
    (("it hurts", "six"), "REST", ("D01",)),
])  # fmt: skip
@DRIVERS
def test_pain_names_its_rule_and_reason(
    dialog: Dialog,
    over: Over,
    close: Callable[[WarmUp, State], Result],
    said: tuple[str, ...],
    care: str,
    rules: tuple[str, ...],
) -> None:
    warm_up = over(*said)
    result = _closed(close, warm_up)
    assert (result.care, result.rules) == (care, rules)
    check = Report.from_session(dialog, State(), (), "2026-05-04T08:00:00+00:00")
    both = with_warm_up(dialog, check, result)
    whys = {r.id: r.why for r, _ in dialog.rules}
    assert both.rules == tuple((rule, whys[rule]) for rule in rules)
    assert "no rule fired" not in both.to_text(dialog)


@pytest.mark.parametrize("said", [("it hurts", "nine"), ("it hurts", "six"), ("stop", "finish")])
def test_all_drivers_come_to_the_same(over: Over, said: tuple[str, ...]) -> None:
    if said[0] == "stop":
        said = (*said, "zero")
    found = [_closed(close, over(*said)) for close in (by_voice, by_keyboard, in_virtual_time)]
    assert found[0] == found[1] == found[2]


def test_what_is_said_of_severe_pain_stands_in_the_result(dialog: Dialog, over: Over) -> None:
    result = Closing.of(over("it hurts", "nine"), None).result
    assert result.spoken[0] == "Let's stop there."
    assert dialog.dispositions["URGENT"].say in result.spoken[1]


def test_rest_without_a_number_names_no_rule(over: Over) -> None:
    assert (
        Closing.of(over("it hurts", "three", "it hurts", "three", pain=3), None).result.rules == ()
    )


def test_the_questions_decide_where_they_come_again(dialog: Dialog, over: Over) -> None:
    closing = Closing.of(over("down my leg", "one leg"), None)
    assert closing.questions is not None
    assert closing.result.outcome == "URGENT"  # not one of them was heard
    for _ in range(40):
        floor = closing.questions.floor
        if floor is None:
            break
        closing.questions.hear(CALM.get(floor.field, "no"))
    assert rank(closing.result.care) >= rank("ROUTINE")
    assert closing.result.care != "URGENT"
    assert "R01" in closing.result.rules


def test_a_warm_up_without_an_end_is_rest(dialog: Dialog, library: Library) -> None:
    warm_up = WarmUp(dialog, library.coach(dialog, "standard"), library)
    assert Closing.of(warm_up, State()).result.outcome == "rest"


def _closed(close: Callable[[WarmUp, State], Result], warm_up: WarmUp) -> Result:
    """Close it by a driver that begins nothing anew."""
    warm_up.begin = lambda: ()  # type: ignore[method-assign]
    return close(warm_up, State())
