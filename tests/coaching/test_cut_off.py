"""Cut off at any moment, a warm-up goes on with the same drill, side and count, once asked."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voice_skill.cli.sessions import delete_session
from voice_skill.coaching.events import Event, Heard
from voice_skill.coaching.library import Library
from voice_skill.dialog.dialog import Dialog
from voice_skill.runtime.virtual.person import Answer, Line, Person, obliging
from voice_skill.runtime.virtual.warm_up import VirtualWarmUp
from voice_skill.storage.store import Store
from voice_skill.storage.warm_up_journal import CutOff, kept_until_over
from voice_skill.visit.warm_up import Row, WarmUp

FRESH = timedelta(minutes=30)
Begin = Callable[[str], WarmUp]


class Crash(Exception):
    """The process ends here."""


@pytest.fixture
def begin(dialog: Dialog, library: Library) -> Begin:
    return lambda name: WarmUp(dialog, library.coach(dialog, name), library)


def crash_at(warm_up: WarmUp, path: Path, count: int, lines: list[Line]) -> None:
    """Hold a warm-up until so many events have happened. It may end before."""

    def keep(event: Event, before: Callable[[Event], None]) -> None:
        nonlocal count
        count -= 1
        if count < 0:
            raise Crash
        before(event)

    with kept_until_over(warm_up, path):
        kept = warm_up.keep
        warm_up.keep = lambda event: keep(event, kept)
        VirtualWarmUp(warm_up, Person(lines, obliging(None))).run()


def counts(rows: list[Row]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        if row.kind == "count" and row.drill:
            found[row.drill] = found.get(row.drill, 0) + 1
    return found


def resumed(begin: Begin, routine: str, path: Path, answer: Answer | None = None) -> WarmUp:
    left = CutOff.from_file(path, datetime.now().astimezone(), FRESH)
    assert left is not None
    warm_up = begin(routine)
    left.take_up(warm_up)
    VirtualWarmUp(warm_up, Person([], answer or obliging(None))).run()
    return warm_up


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    routine=st.sampled_from(["standard", "gentle", "disc-sparing"]),
    cut=st.integers(2, 160),
    line=st.sampled_from(["slower", "easier", "pause", "why", "stop", "it hurts", "swap"]),
    moment=st.floats(0, 400),
)
def test_the_same_drill_side_and_count_go_on(
    begin: Begin, tmp_path: Path, routine: str, cut: int, line: str, moment: float
) -> None:
    path, first = tmp_path / "a.warmup", begin(routine)
    try:
        crash_at(first, path, cut, [Line(moment, line)])
    except Crash:
        pass
    else:
        return
    left = CutOff.from_file(path, datetime.now().astimezone(), FRESH)
    assert left is not None
    second = begin(routine)
    left.take_up(second)
    assert second.state == first.state
    second.begin()
    assert second.state.question is not None
    assert second.state.place == first.state.place


@pytest.mark.parametrize("cut", [2, 9, 17, 30, 44, 71, 100])
def test_what_was_counted_before_and_after_makes_one_whole(
    begin: Begin, tmp_path: Path, cut: int
) -> None:
    whole = begin("standard")
    outcome = VirtualWarmUp(whole, Person([], obliging(None))).run().outcome
    path, first = tmp_path / "a.warmup", begin("standard")
    with pytest.raises(Crash):
        crash_at(first, path, cut, [])
    second = resumed(begin, "standard", path)
    before, after = counts(first.rows), counts(second.rows)
    assert {n: before.get(n, 0) + after.get(n, 0) for n in before | after} == counts(whole.rows)
    assert second.state.done == whole.state.done
    assert outcome == "run"


def test_in_mid_drill_it_asks_how_it_is_and_explains_the_drill_again(
    begin: Begin, tmp_path: Path
) -> None:
    path, first = tmp_path / "a.warmup", begin("standard")
    with pytest.raises(Crash):
        crash_at(first, path, 17, [])
    second = resumed(begin, "standard", path)
    said = [row.text for row in second.rows if row.kind in ("say", "heard", "count")]
    assert said[:3] == ["We were cut off.", "All good?", "all good"]
    assert said[3] == "Leg swings, front to back."
    assert said[6] == "Back to the left side."
    assert said[7] == str(first.state.place.done[0] + 1)


def test_without_an_answer_it_does_not_go_on(begin: Begin, tmp_path: Path) -> None:
    path = tmp_path / "a.warmup"
    with pytest.raises(Crash):
        crash_at(begin("standard"), path, 20, [])
    second = resumed(begin, "standard", path, answer=lambda question: None)
    assert second.rows[-1].text == "rest"
    assert not counts(second.rows)


def test_pain_into_a_leg_is_asked_about_before_all_else(begin: Begin, tmp_path: Path) -> None:
    path, first = tmp_path / "a.warmup", begin("standard")
    with pytest.raises(Crash):
        crash_at(first, path, 5, [Line(24.0, "down my leg")])
    assert first.state.question
    assert first.state.question.name == "reach"
    second = resumed(begin, "standard", path, answer={"reach": "both"}.get)
    assert second.rows[-1].text == "EMERGENCY"


@pytest.mark.parametrize("seconds", [-3600, 31 * 60])
def test_old_answers_and_a_clock_that_jumped_begin_anew(
    begin: Begin, tmp_path: Path, seconds: int
) -> None:
    path = tmp_path / "a.warmup"
    with pytest.raises(Crash):
        crash_at(begin("standard"), path, 20, [])
    then = datetime.now().astimezone()
    assert CutOff.from_file(path, then, FRESH) is not None
    assert CutOff.from_file(path, then + timedelta(seconds=seconds), FRESH) is None


def test_a_routine_that_changed_meanwhile_begins_anew_and_still_asks(
    begin: Begin, tmp_path: Path
) -> None:
    path, first = tmp_path / "a.warmup", begin("standard")
    with pytest.raises(Crash):
        crash_at(first, path, 30, [])
    kept = path.read_text()
    path.write_text(kept.replace('"content": "', '"content": "x'))
    second = resumed(begin, "standard", path)
    texts = [row.text for row in second.rows]
    assert texts[:2] == ["We were cut off.", "All good?"]
    assert second.state.done == tuple(e.id for e in second.coach.exercises)


@pytest.mark.parametrize(
    "text", ["", "{}", '{"format": 1}\n', '{"format": 1}\n{"moment": "Jump"}\n']
)
def test_a_file_that_tells_nothing_begins_anew(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.warmup"
    path.write_text(text)
    assert CutOff.from_file(path, datetime.now().astimezone(), FRESH) is None


def test_a_line_cut_in_the_middle_is_left_out(begin: Begin, tmp_path: Path) -> None:
    path, first = tmp_path / "a.warmup", begin("standard")
    with pytest.raises(Crash):
        crash_at(first, path, 20, [])
    with path.open("ab") as file:
        file.write(b'{"moment": "He')
    resumed(begin, "standard", path)
    left = CutOff.from_file(path, datetime.now().astimezone(), FRESH)
    assert left is not None
    assert not [event for event in left.events if isinstance(event, Heard)]


def test_nothing_is_left_on_the_disk_once_it_is_over(begin: Begin, tmp_path: Path) -> None:
    path = tmp_path / "a.warmup"
    crash_at(begin("standard"), path, 10_000, [])
    assert not path.exists()


def test_deleting_all_sessions_deletes_what_was_cut_off(tmp_path: Path) -> None:
    folder = Store.from_platform().sessions
    folder.mkdir(parents=True)
    (folder / "coach.warmup").write_text("{}")
    delete_session("all")
    assert not list(folder.iterdir())


def test_a_second_warm_up_at_the_same_time_is_kept_apart(
    begin: Begin, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, first = tmp_path / "a.warmup", begin("standard")
    with kept_until_over(first, path):
        first.begin()
        crash_at(begin("gentle"), path, 10_000, [])
        assert "another warm-up is going on" in capsys.readouterr().err
        left = CutOff.from_file(path, datetime.now().astimezone(), FRESH)
        assert left is not None
        assert left.routine == "standard"


@pytest.mark.parametrize("mutation", [
    ("at_seconds\": ", "at_seconds\": \""), ("at_seconds\": ", "at_seconds\": -"),
    ("at_seconds\": ", "at_seconds\": 1e999"), ("Tick", "Heard"), ("{", "["), ("{", "5\n{"),
    ("early\": ", "early\": \"no\", \"x\": "), ("routine\": ", "routine\": 4, \"x\": "),
])  # fmt: skip
def test_what_was_never_kept_is_not_taken_up(
    begin: Begin, tmp_path: Path, mutation: tuple[str, str]
) -> None:
    path = tmp_path / "a.warmup"
    with pytest.raises(Crash):
        crash_at(begin("standard"), path, 20, [Line(3.0, "slower")])
    path.write_text(path.read_text().replace(*mutation))
    assert CutOff.from_file(path, datetime.now().astimezone(), FRESH) is None


def test_words_that_did_not_mean_what_was_kept_begin_anew(begin: Begin, tmp_path: Path) -> None:
    path, first = tmp_path / "a.warmup", begin("standard")
    with pytest.raises(Crash):
        crash_at(first, path, 5, [Line(24.0, "down my leg")])
    kept = path.read_text()
    path.write_text(kept.replace('"kind": "travels"', '"kind": "fine"'))
    assert path.read_text() != kept
    second = resumed(begin, "standard", path)
    assert second.state.done == tuple(e.id for e in second.coach.exercises)


def test_it_is_for_its_owner_alone(begin: Begin, tmp_path: Path) -> None:
    path = tmp_path / "sessions" / "a.warmup"
    with pytest.raises(Crash):
        crash_at(begin("standard"), path, 5, [])
    assert path.stat().st_mode & 0o077 == 0


def test_a_full_disk_is_told_and_holds_nobody_up(
    begin: Begin, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Without what came later its events must not be taken up, so they go."""
    real, path = os.write, tmp_path / "cut"
    left = [30]

    def write(file: int, data: bytes) -> int:
        left[0] -= 1
        return real(file, data) if left[0] >= 0 else 0

    monkeypatch.setattr(os, "write", write)
    warm_up = begin("standard")
    with kept_until_over(warm_up, path):
        VirtualWarmUp(warm_up, Person([], obliging(None))).run()
        assert not path.exists()
    assert warm_up.rows[-1].text == "run"
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert "No space left on device; going on without" in err
