"""What a runner meets in a warm-up: counting, sides, commands, check-ins and where it leads."""

import time
from itertools import pairwise

import pytest

from tests.coaching.conftest import Hold
from voice_skill.coaching.library import Library
from voice_skill.visit.warm_up import Row

MID_SWING = 120.0
"""In the standard routine somebody swings the right leg then."""


def counts(rows: list[Row], drill: str) -> list[int]:
    return [int(row.text) for row in rows if row.kind == "count" and row.drill == drill]


def said(rows: list[Row]) -> list[str]:
    return [row.text for row in rows if row.kind == "say"]


@pytest.mark.parametrize(("routine", "outcome"), [
    ("standard", "run"), ("gentle", "walk"), ("disc-sparing", "walk"),
])  # fmt: skip
def test_somebody_well_is_led_through_to_the_end(
    hold: Hold, library: Library, routine: str, outcome: str
) -> None:
    began = time.perf_counter()
    found, rows, warm_up = hold(routine)
    assert time.perf_counter() - began < 1
    assert found == rows[-1].text == outcome
    assert rows[-1].kind == "end"
    assert list(warm_up.state.done) == [step.drill for step in library.routine(routine).steps]
    assert warm_up.state.skipped == ()
    questions = [line for line in said(rows) if line in ("All good?", "Zero to ten now?")]
    every_second = (len(warm_up.state.done) - 1) // 2
    assert questions == ["All good?"] * every_second + ["Zero to ten now?"]


@pytest.mark.parametrize("routine", ["standard", "gentle", "disc-sparing"])
def test_both_sides_are_said_and_done(hold: Hold, library: Library, routine: str) -> None:
    _, rows, _ = hold(routine)
    for exercise in library.exercises(library.routine(routine)):
        if exercise.drill.sides == "each":
            assert counts(rows, exercise.id) == [*range(1, exercise.reps + 1)] * 2
            own = [row.text for row in rows if row.drill == exercise.id]
            assert own.index("Left side first.") < own.index("Now the right side.")
        elif exercise.drill.sides == "alternating":
            assert counts(rows, exercise.id) == [*range(1, 2 * exercise.reps + 1)]


def test_the_drills_take_exactly_the_time_of_the_routine(hold: Hold, library: Library) -> None:
    _, rows, _ = hold("standard")
    moving = rows[-1].at_seconds
    opening = next(row.at_seconds for row in rows if row.drill)
    asked = [row for row in rows if row.kind == "earcon" and row.text == "listening"]
    answers = [row for row in rows if row.kind == "heard"]
    ends = [row.at_seconds for row in rows if row.text in ("All good?", "Zero to ten now?")]
    waits = sum(a.at_seconds - e for a, e in zip(answers, ends, strict=True))
    closing = moving - answers[-1].at_seconds
    total = moving - opening - waits - closing
    assert len(asked) == len(answers)
    assert total == pytest.approx(library.routine("standard").total_seconds)


def gaps(rows: list[Row], drill: str) -> list[float]:
    at = [row.at_seconds for row in rows if row.kind == "count" and row.drill == drill]
    return [round(b - a, 6) for a, b in pairwise(at)]


def test_slower_and_faster_change_the_tempo_exactly(hold: Hold) -> None:
    usual = gaps(hold()[1], "back_lunge_pulse")
    slow = gaps(hold(said=[(30.0, "slower")])[1], "back_lunge_pulse")
    fast = gaps(hold(said=[(30.0, "faster")])[1], "back_lunge_pulse")
    assert usual[:9] == [1.8] * 9
    assert slow[:9] == [2.25] * 9
    assert fast[:9] == [1.53] * 9


def test_a_hold_keeps_its_length_at_any_tempo(hold: Hold) -> None:
    values = {"pain": 1}
    usual = gaps(hold("disc-sparing", values=values)[1], "side_plank_knees")
    slow = gaps(hold("disc-sparing", [(30.0, "slower")], values)[1], "side_plank_knees")
    assert usual[0] == pytest.approx(8 + 1.4)
    assert slow[0] == pytest.approx(8 + 1.4 * 1.25)


def test_a_pause_keeps_the_place_and_the_count(hold: Hold) -> None:
    plain, rows, _ = hold()
    outcome, paused, _ = hold(said=[(MID_SWING, "pause"), (MID_SWING + 100, "resume")])
    assert outcome == plain
    assert counts(paused, "hip_swing_fb") == counts(rows, "hip_swing_fb")
    assert not [
        r for r in paused if r.kind == "count" and MID_SWING < r.at_seconds < MID_SWING + 100
    ]


@pytest.mark.parametrize(("command", "reply"), [
    ("how many left", "more on this side, then the other."), ("how long left", "minutes"),
    ("why", "hips"), ("how do I do it", "Stand on one leg"), ("louder", "louder"),
    ("quieter", "quietly"), ("repeat", "Leg swings"), ("easier", "half the height"),
])  # fmt: skip
def test_a_command_is_answered_and_the_count_goes_on(hold: Hold, command: str, reply: str) -> None:
    at = 113.0
    _, rows, _ = hold(said=[(at, command)])
    heard = next(i for i, row in enumerate(rows) if row.text == command)
    assert reply in next(row.text for row in rows[heard:] if row.kind == "say")
    assert counts(rows, "hip_swing_fb") == [*range(1, 11)] * 2


def test_quiet_ticks_where_it_counted(hold: Hold) -> None:
    _, rows, _ = hold(said=[(30.0, "quiet"), (200.0, "count for me")])
    assert counts(rows, "hip_swing_fb") == []
    ticks = [r for r in rows if r.text == "tick" and r.drill == "hip_swing_fb"]
    assert len(ticks) == 20
    assert counts(rows, "hip_circles") == [*range(1, 9)] * 2


def test_switching_sides_early_still_does_both(hold: Hold) -> None:
    _, rows, _ = hold(said=[(114.0, "switch sides")])
    done = counts(rows, "hip_swing_fb")
    assert sorted(done) == sorted([*range(1, 11)] * 2)
    assert "Back to the left side." in said(rows)


def test_next_skips_and_back_does_it_again(hold: Hold) -> None:
    _, _, warm_up = hold(said=[(30.0, "next")])
    assert warm_up.state.skipped == ("walk_easy",)
    _, rows, _ = hold(said=[(MID_SWING, "back")])
    assert said(rows).count("Easy walk.") == 2


def test_at_most_a_walk_after_finishing_early(hold: Hold) -> None:
    outcome, rows, warm_up = hold(said=[(MID_SWING, "stop"), (MID_SWING + 4, "finish")])
    assert outcome == "walk"
    assert "Stopped. Rest, skip, or finish?" in said(rows)
    assert "build_jog" in warm_up.state.skipped


def test_who_leaves_out_half_does_not_run(hold: Hold) -> None:
    outcome, _, warm_up = hold(said=[(9.0 + 14 * n, "skip") for n in range(8)])
    assert len(warm_up.state.skipped) >= len(warm_up.state.done)
    assert outcome == "walk"


def test_a_lying_drill_is_offered_standing_first(hold: Hold) -> None:
    _, rows, _ = hold("gentle")
    asked = said(rows).index("Have you somewhere clean to lie down?")
    assert "Standing instead" in said(rows)[asked + 2]
    at = next(row.at_seconds for row in rows if "somewhere clean" in row.text)
    _, rows, _ = hold("gentle", [(at + 3, "yes")])
    assert any("On your back" in line for line in said(rows))


@pytest.mark.parametrize(("start", "end", "outcome"), [
    (0, "zero", "run"), (1, "two", "walk"), (0, "two", "walk"), (2, "two", "run"),
    (2, "three", "walk"), (2, "five", "walk"), (2, "six", "rest"), (2, "eight", "URGENT"),
    (2, "<silence>", "rest"), (2, "don't know", "rest"), (2, "agony", "URGENT"),
])  # fmt: skip
def test_where_the_last_number_leads(hold: Hold, start: int, end: str, outcome: str) -> None:
    plain = hold(values={"pain": start})[1]
    asked = next(row.at_seconds for row in plain if row.text == "Zero to ten now?")
    lines = [(asked + 1, end), (asked + 13, end)]
    assert hold(said=lines, values={"pain": start})[0] == outcome


def test_early_in_the_day_it_says_so_and_leaves_out_what_bends(hold: Hold) -> None:
    assert "It's early, so no deep forward bends." in said(hold(early=True)[1])
    assert "It's early, so no deep forward bends." not in said(hold()[1])


def test_what_a_triage_found_leaves_drills_out(hold: Hold) -> None:
    _, rows, warm_up = hold("disc-sparing", values={"pain": 4})
    assert warm_up.state.skipped == ("side_plank_knees",)
    assert "We leave out: Side plank." in said(rows)
