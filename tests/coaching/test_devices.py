"""Without ears or without a voice nothing goes on; what is heard meanwhile still counts."""

from typing import Literal

import pytest

from voice_skill.coaching.effects import Ask, Count, Say
from voice_skill.coaching.library import Library
from voice_skill.dialog.dialog import Dialog
from voice_skill.visit.warm_up import WarmUp

Device = Literal["input", "output"]


@pytest.fixture
def counting(dialog: Dialog, library: Library) -> WarmUp:
    """A warm-up in the middle of leg swings, at the third of the left side."""
    warm_up = WarmUp(dialog, library.coach(dialog, "standard"), library)
    warm_up.begin()
    while warm_up.drill != "hip_swing_fb" or warm_up.state.place.done != (3, 0):
        assert warm_up.state.due_seconds is not None
        warm_up.tick(warm_up.state.due_seconds)
    return warm_up


def said(effects: tuple[object, ...]) -> list[str]:
    return [line for effect in effects if isinstance(effect, Say) for line in effect.lines]


@pytest.mark.parametrize("device", ["input", "output"])
def test_the_count_stands_still_until_it_is_back(counting: WarmUp, device: Device) -> None:
    at = counting.at_seconds
    assert said(counting.device(at, False, device))
    assert counting.tick(at + 60) == ()
    back = counting.device(at + 100, True, device)
    assert said(back)
    assert counting.state.due_seconds is not None
    effects = counting.tick(counting.state.due_seconds)
    assert [e.number for e in effects if isinstance(e, Count)] == [4]


def test_of_two_lost_devices_both_must_be_back(counting: WarmUp) -> None:
    at = counting.at_seconds
    counting.device(at, False, "input")
    counting.device(at, False, "output")
    counting.device(at + 5, True, "input")
    assert counting.tick(at + 50) == ()
    counting.device(at + 60, True, "output")
    assert counting.state.moving


def test_a_warning_is_heard_without_a_loudspeaker(counting: WarmUp) -> None:
    at = counting.at_seconds
    counting.device(at, False, "output")
    counting.hear(at + 1, "it shoots down my leg")
    asked = counting.device(at + 30, True, "output")
    assert [e.question for e in asked if isinstance(e, Ask)] == ["reach"]
    counting.hear(at + 40, "both")
    assert counting.state.ended
    assert counting.state.ended.reopening


def test_a_question_that_nobody_could_hear_is_no_silence(counting: WarmUp) -> None:
    at = counting.at_seconds
    counting.hear(at, "it hurts")
    counting.device(at + 1, False, "output")
    assert counting.tick(at + 100) == ()
    assert said(counting.device(at + 101, True, "output"))[-1] == "Zero to ten?"
    assert counting.state.silences == 0
