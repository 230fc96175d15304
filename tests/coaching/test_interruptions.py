"""Properties: whatever is said whenever, the place, the count and the stop rule are kept."""

from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coaching.conftest import Hold
from voice_skill.coaching.library import Library
from voice_skill.coaching.wording import CommandName
from voice_skill.dialog.decision import rank
from voice_skill.visit.warm_up import Row

HARMLESS = ("pause", "why", "how do I do it", "how many left", "how long left", "repeat", "slower",
            "faster", "louder", "quieter", "easier", "switch sides", "lovely weather",
            "another one")  # fmt: skip
ROUTINES = st.sampled_from(["standard", "gentle", "disc-sparing"])
MOMENTS = st.floats(0, 480, allow_nan=False)
QUICK = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@QUICK
@given(routine=ROUTINES, lines=st.lists(st.tuples(MOMENTS, st.sampled_from(HARMLESS)), max_size=4))
def test_no_interruption_loses_a_rep_or_a_side(
    hold: Hold, library: Library, routine: str, lines: list[tuple[float, str]]
) -> None:
    lines += [(at + 2 + n / 7, "resume") for n, (at, text) in enumerate(lines) if text == "pause"]
    outcome, rows, warm_up = hold(routine, sorted(lines))
    done = warm_up.state.done + warm_up.state.skipped
    assert outcome in ("run", "walk", "rest")
    own = library.exercises(library.routine(routine))
    for exercise in [e for step in own for e in (step, step.swap) if e]:
        once = warm_up.state.done.count(exercise.id) == 1 and done.count(exercise.id) == 1
        if once and not exercise.timed:
            counted = sum(1 for r in since_begun_anew(rows) if r.drill == exercise.id)
            assert counted == exercise.reps * exercise.sides


def since_begun_anew(rows: list[Row]) -> list[Row]:
    """The counts, but of a drill that was swapped away, or done standing, only the last ones."""
    counts: list[Row] = []
    for row in rows:
        if row.text in ("This one instead.", "We stand for this one."):
            counts = [c for c in counts if c.drill != row.drill]
        if row.kind == "count":
            counts.append(row)
    return counts


@QUICK
@given(
    routine=ROUTINES,
    lines=st.lists(
        st.tuples(MOMENTS, st.sampled_from([n.replace("_", " ") for n in get_args(CommandName)])),
        max_size=5,
    ),
    moment=MOMENTS,
    sign=st.sampled_from(["I feel dizzy", "it shoots down my leg", "I wet myself"]),
)
def test_nothing_said_before_makes_the_stop_rule_deaf(
    hold: Hold, routine: str, lines: list[tuple[float, str]], moment: float, sign: str
) -> None:
    outcome, rows, _ = hold(routine, sorted([*lines, (moment, sign)]))
    assert [row.at_seconds for row in rows] == sorted(row.at_seconds for row in rows)
    heard = [index for index, row in enumerate(rows) if row.kind == "heard" and row.text == sign]
    if heard:
        assert outcome not in ("run", "walk", "rest")
        assert rank(outcome) >= rank("ROUTINE")  # type: ignore[arg-type]
        assert not [row for row in rows[heard[0] :] if row.kind == "count"]


@QUICK
@given(
    routine=ROUTINES,
    moment=st.floats(10, 400),
    after=st.lists(
        st.tuples(
            st.floats(0.1, 30),
            st.sampled_from(
                [
                    "pause",
                    "stop",
                    "rest",
                    "finish",
                    "skip",
                    "back",
                    "resume",
                    "easier",
                    "another one",
                    "ow",
                    "two",
                    "yes",
                    "all good",
                    "why",
                    "no",
                    "one",
                    "zero",
                ]
            ),
        ),
        max_size=5,
    ),
)
def test_nothing_said_after_it_talks_travelling_pain_away(
    hold: Hold, routine: str, moment: float, after: list[tuple[float, str]]
) -> None:
    """Also not "no" to the question which leg it is."""
    lines = [(moment, "it shoots down my leg"), *((moment + at, text) for at, text in after)]
    outcome, _, _ = hold(routine, sorted(lines))
    assert outcome not in ("run", "walk", "rest")
    assert rank(outcome) >= rank("ROUTINE")  # type: ignore[arg-type]


@QUICK
@given(lines=st.lists(st.tuples(MOMENTS, st.text(max_size=30)), max_size=6))
def test_no_text_at_any_time_breaks_it(hold: Hold, lines: list[tuple[float, str]]) -> None:
    outcome, rows, _ = hold("standard", sorted((at, text) for at, text in lines if text.strip()))
    times = [row.at_seconds for row in rows if row.kind in ("count", "heard")]
    assert times == sorted(times)
    assert outcome == rows[-1].text
