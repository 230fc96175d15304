"""Another drill, or a floor drill standing, for whoever asks: never one that is not for them."""

from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coaching.conftest import Hold
from voice_skill.coaching.choosing import left_out
from voice_skill.coaching.library import Library
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.interpretation import Value
from voice_skill.errors import DialogError
from voice_skill.visit.warm_up import Row, WarmUp

TILTS, CIRCLES = 160.0, 216.0
"""In the middle of the drill with a swap: gentle and standard."""
OFFERED = "Or say another one: "


def after(rows: list[Row], said: str) -> list[str]:
    heard = next(i for i, row in enumerate(rows) if row.kind == "heard" and row.text == said)
    return [row.text for row in rows[heard + 1 :] if row.kind in ("say", "count", "heard")]


@pytest.mark.parametrize("said", ["another one", "something else", "swap", "another drill please"])
def test_another_drill_comes_with_its_explanation_and_its_whole_count(
    hold: Hold, said: str
) -> None:
    outcome, rows, warm_up = hold("standard", [(CIRCLES, said)])
    assert after(rows, said)[:5] == [
        "This one instead.", "Knee hug.", "Hug one knee up, let go, and step.", "Stand tall.",
        "1",
    ]  # fmt: skip
    counted = [row.text for row in rows if row.kind == "count" and row.drill == "knee_hug"]
    assert counted == [str(n) for n in range(1, 13)]
    assert "knee_hug" in warm_up.state.done
    assert "hip_circles" not in (*warm_up.state.done, *warm_up.state.skipped)
    assert outcome == "run"


def test_asked_again_the_first_one_is_back(hold: Hold) -> None:
    _, rows, warm_up = hold("standard", [(CIRCLES, "swap"), (CIRCLES + 12, "another one")])
    assert after(rows, "another one")[:2] == ["This one instead.", "Hip circles."]
    assert "hip_circles" in warm_up.state.done
    assert "knee_hug" not in warm_up.state.done


def test_it_is_offered_where_it_is_and_only_there(hold: Hold) -> None:
    for routine, names in (("standard", ["Knee hug."]), ("gentle", ["Cat and camel."])):
        offers = [r.text for r in hold(routine)[1] if r.text.startswith(OFFERED)]
        assert offers == [OFFERED + name for name in names]
    assert not [r for r in hold("disc-sparing")[1] if r.text.startswith(OFFERED)]


@pytest.mark.parametrize(("routine", "values", "early"), [
    ("gentle", {"bend_sit": "yes"}, False), ("gentle", {"bend_sit": "unsure"}, False),
    ("gentle", {}, True), ("gentle", {"known_disc": "yes"}, False),
    ("standard", {"bend_sit": "yes"}, False), ("standard", {"pain": 3}, False),
    ("standard", {}, True),
])  # fmt: skip
def test_what_is_not_for_this_runner_is_neither_offered_nor_reached(
    hold: Hold, routine: str, values: dict[str, Value], early: bool
) -> None:
    """Brief, 4.2 and 4.3; no hug of the knee either while the discs are swollen from the night."""
    moment = TILTS if routine == "gentle" else CIRCLES
    _, rows, warm_up = hold(routine, [(moment + 3 * early, "swap")], values, early)
    assert after(rows, "swap")[0] == "There is no other one here."
    assert not [row for row in rows if row.text.startswith(OFFERED)]
    assert not {"cat_camel", "knee_hug"} & {*warm_up.state.done, *warm_up.state.skipped}


def test_a_drill_without_another_says_so_and_goes_on(hold: Hold) -> None:
    plain = hold()[2].state.done
    _, rows, warm_up = hold(said=[(113.0, "another one")])
    assert after(rows, "another one")[:2] == ["There is no other one here.", "4"]
    assert warm_up.state.done == plain


def test_on_the_floor_it_is_asked_first_and_else_done_standing(hold: Hold) -> None:
    _, rows, _ = hold("gentle", [(TILTS, "swap"), (TILTS + 6, "no")])
    assert after(rows, "swap")[:2] == [
        "This one instead.", "Have you somewhere clean to lie down?"
    ]  # fmt: skip
    assert after(rows, "no")[:2] == ["Cat and camel.", "Standing instead, hands on your thighs."]
    _, rows, _ = hold("gentle", [(TILTS, "swap"), (TILTS + 6, "yes")])
    assert after(rows, "yes")[1].startswith("On hands and knees.")


def test_lying_down_the_standing_form_comes_first(hold: Hold) -> None:
    lines = [(TILTS, "swap"), (TILTS + 6, "yes"), (TILTS + 20, "another one"),
             (TILTS + 32, "something else")]  # fmt: skip
    _, rows, warm_up = hold("gentle", lines)
    standing = ["We stand for this one.", "Cat and camel.",
                "Standing instead, hands on your thighs."]  # fmt: skip
    assert after(rows, "another one")[:3] == standing
    assert after(rows, "something else")[:2] == ["This one instead.", "Pelvic tilts."]
    assert "pelvic_tilt" in warm_up.state.done


def test_another_one_instead_of_lying_down_is_the_standing_form(
    dialog: Dialog, library: Library
) -> None:
    warm_up = at_floor_question(dialog, library)
    warm_up.hear(warm_up.at_seconds + 2, "another one")
    assert warm_up.state.question is None
    assert warm_up.state.forms[warm_up.state.place.exercise] == "standing"


def at_floor_question(dialog: Dialog, library: Library) -> WarmUp:
    warm_up = WarmUp(dialog, library.coach(dialog, "disc-sparing"), library)
    warm_up.begin()
    while not (warm_up.state.question and warm_up.state.question.name == "floor"):
        if warm_up.state.question:
            warm_up.hear(warm_up.at_seconds + 1, "all good")
        else:
            assert warm_up.state.due_seconds is not None
            warm_up.tick(warm_up.state.due_seconds)
    return warm_up


def test_what_was_made_easier_stays_so(hold: Hold) -> None:
    _, rows, warm_up = hold(
        "standard", [(CIRCLES - 4, "ow"), (CIRCLES, "two"), (CIRCLES + 8, "swap")]
    )
    assert "Lift the knee without the hug." in after(rows, "swap")[:4]
    assert set(warm_up.state.forms.values()) == {"easier"}


@pytest.mark.parametrize("asked", ["All good?", "Zero to ten?"])
def test_no_question_is_got_around_by_it(dialog: Dialog, library: Library, asked: str) -> None:
    warm_up = WarmUp(dialog, library.coach(dialog, "standard"), library)
    warm_up.begin()
    name: Literal["check_in", "pain"] = "check_in" if asked == "All good?" else "pain"
    while warm_up.drill != "hip_circles":
        if warm_up.state.question:
            warm_up.hear(warm_up.at_seconds + 1, "all good")
        assert warm_up.state.due_seconds is not None
        warm_up.tick(warm_up.state.due_seconds)
    if name == "pain":
        warm_up.hear(warm_up.at_seconds + 1, "it hurts")
    while not warm_up.state.question:
        assert warm_up.state.due_seconds is not None
        warm_up.tick(warm_up.state.due_seconds)
    warm_up.hear(warm_up.at_seconds + 1, "another one")
    assert warm_up.state.question
    assert warm_up.state.question.name == name


WORDS = st.sampled_from(["swap", "another one", "easier", "next", "back", "resume", "pause", "stop",
                         "yes", "no", "two", "four", "ow", "repeat", "only in my back now",
                         "all good"])  # fmt: skip
VALUES = st.fixed_dictionaries({}, optional={
    "bend_sit": st.sampled_from(["yes", "no", "unsure"]), "pain": st.integers(0, 5),
    "known_disc": st.sampled_from(["yes", "no"]), "pregnant": st.sampled_from(["yes", "no"]),
})  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    routine=st.sampled_from(["standard", "gentle", "disc-sparing"]),
    values=VALUES,
    early=st.booleans(),
    lines=st.lists(st.tuples(st.floats(0, 480), WORDS), max_size=8),
)
def test_no_words_lead_to_a_drill_that_is_not_for_this_runner(
    hold: Hold,
    library: Library,
    routine: str,
    values: dict[str, Value],
    early: bool,
    lines: list[tuple[float, str]],
) -> None:
    _, rows, warm_up = hold(routine, sorted(lines), values, early)
    moved = {row.drill for row in rows if row.kind == "count"}
    assert not moved & {*library.routine(routine).forbidden}
    start = library.coach(warm_up.dialog, routine, values, early)
    fresh = WarmUp(warm_up.dialog, start, library).state
    every = [e for own in start.exercises for e in (own, own.swap) if e]
    assert not moved & {e.id for e in every if left_out(start, fresh, e)}


@pytest.mark.parametrize(("swap", "complaint"), [
    ("knee_hug", "'knee_hug' leads to 'knee_hug', which is forbidden here"),
    ("walking_lunge", "'walking_lunge' leads to 'walking_lunge', which is forbidden here"),
    ("build_jog", "'build_jog' has impact"),
    ("bird_dog", "'bird_dog' needs"),
    ("cat_camle", "there is no drill 'cat_camle'"),
])  # fmt: skip
def test_a_swap_that_must_not_be_is_told_with_its_place(
    dialog: Dialog, folder: Path, swap: str, complaint: str
) -> None:
    path = folder / "routines" / "gentle.yaml"
    path.write_text(path.read_text().replace("swap: cat_camel", f"swap: {swap}"))
    with pytest.raises(DialogError) as error:
        assert Content(folder, dialog).library
    assert any(complaint in line and line.startswith(f"{path}:")
               for line in str(error.value).splitlines())  # fmt: skip


def test_a_swap_does_not_lead_to_a_forbidden_drill_by_its_easier_form(
    dialog: Dialog, folder: Path
) -> None:
    path = folder / "routines" / "standard.yaml"
    path.write_text(path.read_text().replace("forbidden: [cat_camel]", "forbidden: [knee_lift]"))
    with pytest.raises(DialogError, match="'knee_hug' leads to 'knee_lift', which is forbidden"):
        assert Content(folder, dialog).library
