"""A warm-up in stretches: what is counted when, and where somebody speaks into it. No sound."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from voice_skill.coaching.library import Library
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.surfaces.turns.passage import Layout, Passage, clock_at
from voice_skill.surfaces.turns.stretch import MAX_SECONDS, Stretch
from voice_skill.visit.warm_up import Row, WarmUp

RATE_HZ = 1000


@pytest.fixture(scope="module")
def library(content: Content) -> Library:
    return content.library


def begun(dialog: Dialog, library: Library, routine: str = "standard") -> WarmUp:
    warm_up = WarmUp(dialog, library.coach(dialog, routine), library)
    warm_up.begin()
    return warm_up


def laid(
    passages: list[Passage], seconds_of: float = 0.2
) -> tuple[list[tuple[float, Row]], Layout]:
    """When each sound begins, in seconds of sound."""
    heard: list[tuple[float, Row]] = []

    def sound(row: Row) -> bytes:
        heard.append((layout.seconds, row))
        return bytes(2 * int(RATE_HZ * (seconds_of if row.kind == "say" else 0.2)))

    layout = Layout(sound, RATE_HZ)
    total = sum(len(piece) for piece in layout.lay(passages))
    assert total / 2 / RATE_HZ == pytest.approx(layout.seconds)
    return heard, layout


def test_counts_are_laid_at_the_tempo_of_the_machine(dialog: Dialog, library: Library) -> None:
    warm_up = begun(dialog, library)
    stretch = Stretch.of(warm_up, tuple(warm_up.rows))
    heard, _ = laid([stretch.passage])
    counts = [(at, row) for at, row in heard if row.kind == "count"]
    assert len(counts) > 10
    for (at, row), (after, following) in pairwise(counts):
        if int(following.text) == int(row.text) + 1:
            assert after - at == pytest.approx(following.at_seconds - row.at_seconds, abs=0.005)


@pytest.mark.parametrize("routine", ["standard", "gentle", "disc-sparing"])
def test_a_stretch_ends_where_it_listens_and_changes_nothing_before(
    dialog: Dialog, library: Library, routine: str
) -> None:
    warm_up = begun(dialog, library, routine)
    before = warm_up.state
    stretch = Stretch.of(warm_up, tuple(warm_up.rows))
    assert warm_up.state == before
    there = stretch.at(stretch.ends_seconds)
    assert there.state.question is not None
    assert stretch.ends_seconds - stretch.begins_seconds <= MAX_SECONDS + 10
    assert warm_up.state == before


def questions(warm_up: WarmUp) -> Iterator[Stretch]:
    """To the end of a warm-up in which all is well."""
    said, told = {"check_in": "all good", "end": "two", "gate": "yes", "floor": "no"}, 0
    while warm_up.state.ended is None:
        stretch = Stretch.of(warm_up, tuple(warm_up.rows[told:]))
        yield stretch
        stretch.bring(warm_up, stretch.ends_seconds)
        told = len(warm_up.rows)
        question = warm_up.state.question
        if question and not stretch.over:
            at = stretch.answered_at(stretch.ends_seconds, warm_up)
            assert warm_up.state.due_seconds is None or at <= warm_up.state.due_seconds
            warm_up.hear(at, said[question.name])


def test_the_stretches_of_a_warm_up_are_the_whole_of_it(dialog: Dialog, library: Library) -> None:
    warm_up = begun(dialog, library)
    rows = [row for stretch in questions(warm_up) for row in stretch.rows if row.kind == "count"]
    whole = [row for row in warm_up.rows if row.kind == "count"]
    assert [row.text for row in rows] == [row.text for row in whole]
    assert warm_up.state.ended is not None
    assert warm_up.state.ended.outcome == "run"


def test_who_speaks_into_a_stretch_is_heard_at_that_moment(
    dialog: Dialog, library: Library
) -> None:
    warm_up = begun(dialog, library)
    stretch = Stretch.of(warm_up, tuple(warm_up.rows))
    third = next(row for row in stretch.rows if row.kind == "count" and row.text == "3")
    at = third.at_seconds + 0.5
    stretch.bring(warm_up, at)
    warm_up.hear(stretch.answered_at(at, warm_up), "pause")
    assert warm_up.state.paused
    assert [row.text for row in warm_up.rows if row.kind == "count"] == ["1", "2", "3"]
    rest = Stretch.of(warm_up, ())
    assert rest.rows == ()
    warm_up.hear(warm_up.at_seconds + 1, "resume")
    onward = Stretch.of(warm_up, ())
    assert next(row.text for row in onward.rows if row.kind == "count") in ("3", "4")


def test_the_clock_is_told_from_the_sound_whatever_sentences_take(
    dialog: Dialog, library: Library
) -> None:
    warm_up = begun(dialog, library)
    stretch = Stretch.of(warm_up, tuple(warm_up.rows))
    for seconds_of in (0.1, 4.0):
        heard, layout = laid([Passage((Row(0.0, "say", None, "Before."),)), stretch.passage],
                             seconds_of)  # fmt: skip
        for at, row in heard:
            if row.kind == "count":
                assert clock_at(layout.anchors, at) == pytest.approx(row.at_seconds, abs=0.01)


def test_the_clock_never_goes_back(dialog: Dialog, library: Library) -> None:
    warm_up = begun(dialog, library)
    _, layout = laid([Stretch.of(warm_up, tuple(warm_up.rows)).passage], 3.0)
    moments = [clock_at(layout.anchors, at / 10) for at in range(2000)]
    assert moments == sorted(moments)
