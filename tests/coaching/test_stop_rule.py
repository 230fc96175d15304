"""The stop rule (brief 4.5): each path of it, and that nothing unclear counts as fine."""

import pytest

from tests.coaching.conftest import Hold
from voice_skill.coaching.library import Library
from voice_skill.dialog.decision import rank
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.model import CARE_ORDER
from voice_skill.visit.warm_up import WarmUp

AT = 120.0


@pytest.mark.parametrize(("number", "outcome", "kept"), [
    ("one", "run", True), ("four", "run", False), ("six", "rest", None), ("eight", "URGENT", None),
    ("<silence>", "rest", None), ("agony", "rest", None),
])  # fmt: skip
def test_pain_is_asked_in_figures_and_obeyed(
    hold: Hold, number: str, outcome: str, kept: bool | None
) -> None:
    found, _, warm_up = hold(said=[(AT, "ow"), (AT + 5, number)])
    assert found == outcome
    if kept is not None:
        assert ("hip_swing_fb" in warm_up.state.done) is kept


def test_words_for_pain_count_once_figures_were_asked_for(hold: Hold) -> None:
    assert hold(said=[(AT, "ow"), (AT + 5, "agony"), (AT + 12, "agony")])[0] == "URGENT"


def test_moderate_pain_twice_ends_in_a_walk(hold: Hold) -> None:
    lines = [(AT, "it hurts"), (AT + 4, "four"), (AT + 50, "ouch"), (AT + 54, "three")]
    assert hold(said=lines)[0] == "walk"


def test_two_above_the_start_ends_in_rest(hold: Hold) -> None:
    assert hold(said=[(AT, "ow"), (AT + 4, "three")], values={"pain": 1})[0] == "rest"


@pytest.mark.parametrize("words", [
    "down my leg", "it goes down", "into my bum cheek", "my foot's tingling", "leg's gone funny",
    "pins and needles", "no it goes down my leg", "yes but into my calf", "all good but tingling",
])  # fmt: skip
@pytest.mark.parametrize("when", [20.0, AT, 143.6])
def test_pain_that_travels_is_never_less_than_routine(hold: Hold, words: str, when: float) -> None:
    found, rows, _ = hold(said=[(when, words)])
    assert found in CARE_ORDER
    assert rank(found) >= rank("ROUTINE")  # type: ignore[arg-type]
    heard = next(i for i, row in enumerate(rows) if row.kind == "heard" and row.text == words)
    assert not [row for row in rows[heard:] if row.kind == "count"]


def test_both_legs_are_an_emergency(hold: Hold) -> None:
    assert hold(said=[(AT, "down my leg"), (AT + 4, "both")])[0] == "EMERGENCY"
    assert hold(said=[(AT, "down both my legs"), (AT + 4, "both legs")])[0] == "EMERGENCY"


def test_a_denial_of_travelling_pain_is_asked_about(hold: Hold) -> None:
    outcome, rows, _ = hold(said=[(AT, "nothing down my leg"), (AT + 5, "no")])
    assert outcome == "run"
    assert any("Does anything go down a leg?" in row.text for row in rows)
    assert rank(hold(said=[(AT, "nothing down my leg")])[0]) >= rank("ROUTINE")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "words", ["I feel dizzy", "my chest hurts", "I wet myself", "can't breathe"]
)
@pytest.mark.parametrize("when", [3.0, 20.0, AT, 143.6])
def test_a_danger_sign_is_an_emergency_at_any_moment(hold: Hold, words: str, when: float) -> None:
    assert hold(said=[(when, words)])[0] == "EMERGENCY"


def test_a_leg_that_fails_counts_as_new_weakness(hold: Hold) -> None:
    assert rank(hold(said=[(AT, "my leg gave way")])[0]) >= rank("URGENT")  # type: ignore[arg-type]
    assert hold(said=[(AT, "my legs gave way")])[0] == "EMERGENCY"


@pytest.mark.parametrize("words", ["both legs feel good", "chest", "can't feel it", "numb"])
def test_a_sign_that_is_only_mentioned_is_asked_and_silence_is_not_fine(
    hold: Hold, words: str
) -> None:
    found = hold(said=[(AT, words)])[0]
    assert rank(found) >= rank("URGENT")  # type: ignore[arg-type]


def test_two_check_ins_without_an_answer_end_it(hold: Hold) -> None:
    outcome, rows, _ = hold(said=[(100, "<silence>"), (101, "<silence>")])
    assert outcome == "rest"
    assert any("Are you okay?" in row.text for row in rows)
    assert hold(said=[(100, "<silence>")])[0] == "run"
    assert hold(said=[(100, "<silence>"), (200, "<silence>")])[0] == "rest"


@pytest.mark.parametrize(
    "words", ["sort of", "not really", "yes and no", "I guess so", "no", "but yes"]
)
def test_doubt_at_a_check_in_is_asked_about(hold: Hold, words: str) -> None:
    outcome, rows, _ = hold(said=[(143.6, words)])
    heard = next(i for i, row in enumerate(rows) if row.text == words)
    assert "Zero to ten?" in [row.text for row in rows[heard:]]
    assert outcome == "rest"


@pytest.mark.parametrize("words", ["it's gone up", "the pain is going up", "not bad", "it's worse"])
def test_words_that_may_mean_more_pain_are_no_comfort(hold: Hold, words: str) -> None:
    assert hold(said=[(143.6, words)])[0] == "rest"


def test_a_leg_caught_out_of_a_sentence_is_asked_about(hold: Hold) -> None:
    outcome, rows, _ = hold(said=[(AT, "something leg")])
    assert any("Does anything go down a leg?" in row.text for row in rows)
    assert rank(outcome) >= rank("ROUTINE")  # type: ignore[arg-type]


def test_stop_is_no_way_around_a_check_in(hold: Hold) -> None:
    outcome, rows, _ = hold(said=[(143.6, "stop"), (147.0, "skip"), (149.5, "it hurts")])
    asked = [row.text for row in rows if row.kind == "say" and row.text == "All good?"]
    assert len(asked) >= 2
    assert outcome == "rest"


def test_noise_at_a_check_in_is_asked_again(hold: Hold) -> None:
    outcome, _, _ = hold(said=[(143.6, "two coffees to go"), (150.0, "the bus is late")])
    assert outcome == "rest"


def test_pain_moving_up_ends_impact_but_not_the_warm_up(hold: Hold) -> None:
    outcome, _, warm_up = hold(said=[(AT, "it's moved up")])
    assert outcome == "walk"
    assert warm_up.state.skipped == ("heel_flicks", "build_jog")


@pytest.mark.parametrize("start", [11.0, 330.0])
def test_stop_is_obeyed_at_once_and_silence_after_it_rests(hold: Hold, start: float) -> None:
    outcome, rows, _ = hold(said=[(start, "stop")])
    assert outcome == "rest"
    assert not [row for row in rows if row.kind == "count" and row.at_seconds > start]


@pytest.mark.parametrize("way_out", [("stop", "stop"), ("stop", "finish"), ("finish", "finish")])
def test_a_leg_is_not_forgotten_before_the_first_drill(
    dialog: Dialog, library: Library, way_out: tuple[str, ...]
) -> None:
    coach = library.coach(dialog, "disc_sparing", gate=(library.wording.offer,))
    warm_up = WarmUp(dialog, coach, library)
    warm_up.begin()
    warm_up.tick(60.0)
    for at, said in enumerate(("it goes down my leg", *way_out), 61):
        warm_up.hear(float(at), said)
    assert warm_up.state.ended is not None
    assert warm_up.state.ended.reopening is not None
    assert warm_up.state.ended.reopening.reach == "one"
