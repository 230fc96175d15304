"""Up slowly, down at once: how somebody moves on the ladder from day to day."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from voice_skill.content import Content
from voice_skill.ladder.progression import (
    Climb,
    Outcome,
    Session,
    after,
    course_of,
    current,
    planned,
    with_morning,
)

LADDER = Content.load().ladder
DAY = date(2026, 3, 2)
GOOD = Outcome(pain=1)
outcomes = st.builds(
    Outcome,
    st.sampled_from([None, None, None, "morning", "legs", "landing"]),
    st.booleans(),
    st.none() | st.integers(0, 10),
    st.booleans(),
    st.sampled_from(["well", "well", "well", "rest", "care"]),
)


def day_by_day(outcome: Outcome, days: int, every: int) -> list[Climb]:
    """The place after each session, one every so many days, each going the same way."""
    climb, found = Climb(), []
    for number in range(0, days, every):
        day = DAY + timedelta(days=number)
        plan = planned(LADDER, climb, day)
        if plan.kind != "rest_day":
            climb = after(LADDER, climb, plan, outcome, day)
            found.append(climb)
    return found


def test_the_first_day_is_the_gate_and_the_first_step() -> None:
    plan = planned(LADDER, Climb(), DAY)
    assert (plan.kind, plan.asks_morning) == ("gate", False)
    assert (plan.climb.step, plan.climb.repeats) == (1, 6)


def test_repeats_grow_to_the_top_and_two_tops_lead_up() -> None:
    places = [(c.step, c.repeats, c.tops) for c in day_by_day(GOOD, 22, 2)]
    assert places[:6] == [(1, 8, 0), (1, 10, 0), (1, 10, 1), (1, 10, 2), (2, 8, 0), (2, 10, 0)]


def test_no_step_takes_less_than_a_week() -> None:
    climbs = day_by_day(GOOD, 120, 2)
    steps = [climb.step for climb in climbs]
    assert steps[-1] == len(LADDER.programme.steps)
    began = {climb.step: climb.since for climb in climbs}
    days = [began[step] for step in sorted(began)]
    gaps = [(b - a).days for a, b in pairwise(days) if a and b]
    assert min(gaps) >= 7


def test_a_day_of_rest_lies_between() -> None:
    climb = after(LADDER, Climb(), planned(LADDER, Climb(), DAY), GOOD, DAY)
    for days, kind in ((0, "rest_day"), (1, "rest_day"), (2, "session"), (15, "gate")):
        assert planned(LADDER, climb, DAY + timedelta(days=days)).kind == kind


def test_a_clock_set_back_asks_the_gate_again() -> None:
    climb = Climb(3, 8, 0, DAY, Session(DAY))
    plan = planned(LADDER, climb, DAY - timedelta(days=400))
    assert (plan.kind, plan.climb.step) == ("gate", 3)


ON_THREE = Climb(3, 10, 1, DAY - timedelta(days=9), Session(DAY - timedelta(days=2)))


def gone(outcome: Outcome) -> Climb:
    return after(LADDER, ON_THREE, planned(LADDER, ON_THREE, DAY), outcome, DAY)


def test_three_to_five_holds_the_step_and_more_goes_back() -> None:
    assert (gone(Outcome(pain=2)).step, gone(Outcome(pain=2)).tops) == (3, 2)
    for pain in (3, 5):
        held = gone(Outcome(pain=pain))
        assert (held.step, held.repeats, held.tops) == (3, 10, 0)
    assert gone(Outcome(pain=6)).step == 2
    assert gone(Outcome(pain=1, end="rest")).step == 2
    assert gone(Outcome(pain=1, end="care")).step == 0
    assert gone(Outcome(pain=None)).tops == 0
    assert gone(Outcome(pain=1, whole=False)).tops == 0
    assert gone(Outcome(pain=None, ran=False, whole=False)) == with_morning(LADDER, ON_THREE, "yes")


def test_a_bad_morning_goes_back_a_step_once() -> None:
    back = gone(Outcome(closed_at="morning", ran=False))
    assert (back.step, back.last) == (2, Session(DAY - timedelta(days=2), "no"))
    assert with_morning(LADDER, back, "no") == back
    assert planned(LADDER, back, DAY + timedelta(days=1)).climb.step == 2
    assert with_morning(LADDER, Climb(1, 8, 0, DAY, Session(DAY)), "no").step == 0


def test_a_gate_that_stays_closed_moves_nobody_up() -> None:
    closed = Outcome(closed_at="legs", ran=False)
    assert after(LADDER, Climb(), planned(LADDER, Climb(), DAY), closed, DAY).step == 0


@given(st.lists(st.tuples(outcomes, st.integers(0, 20)), max_size=40))
def test_nobody_moves_up_but_by_two_good_sessions_at_the_top(
    days: list[tuple[Outcome, int]],
) -> None:
    climb, day, tops = Climb(), DAY, 0
    for outcome, gap in days:
        day += timedelta(days=gap)
        plan = planned(LADDER, climb, day)
        if plan.kind == "rest_day":
            continue
        if climb.step and plan.climb.step > climb.step:
            assert tops >= 2
            assert plan.climb.step == climb.step + 1
            assert climb.since
            assert (day - climb.since).days >= 7
        if climb.step == 0:
            assert plan.kind == "gate"
        before, climb = climb, after(LADDER, climb, plan, outcome, day)
        good = outcome.closed_at is None and course_of(LADDER.limits, outcome) == "good"
        at_top = plan.climb.repeats == current(LADDER, plan.climb).repeats[1]
        same = plan.climb.step == before.step
        tops = ((tops if same else 0) + 1) if good and at_top else 0
        assert climb.tops <= tops
        if not good:
            assert climb.step <= max(plan.climb.step if outcome.ran else before.step, before.step)
        if outcome.end == "care":
            assert climb.step == 0
