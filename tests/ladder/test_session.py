"""A day on the ladder: intervals in time, a gate that only clear yeses open, the stop rule on."""

import json
import shutil
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from voice_skill.cli import main
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.diary.entry import Entry
from voice_skill.errors import DialogError, StorageError
from voice_skill.ladder.progression import Climb, Session, planned
from voice_skill.ladder.session import coach_of, outcome_of
from voice_skill.ladder.today import checked_today, today_of, waits
from voice_skill.paths import dialog_folder
from voice_skill.runtime.ladder import virtual_rows
from voice_skill.runtime.virtual.person import Line, Person, obliging
from voice_skill.runtime.virtual.warm_up import VirtualWarmUp
from voice_skill.runtime.way_back import not_yet_running
from voice_skill.storage import ladder_file as place
from voice_skill.storage.store import Store
from voice_skill.visit.warm_up import Row, WarmUp

DIALOG = Dialog.from_folder(dialog_folder())
LADDER = Content(dialog_folder(), DIALOG).ladder
GATE = [question.id for question in LADDER.programme.gate]
NOW = datetime.now().astimezone()
TODAY = NOW.date()


def on_step(step: int) -> Climb:
    low, _ = LADDER.programme.steps[step - 1].repeats
    return Climb(step, low, 0, TODAY - timedelta(days=9), Session(TODAY - timedelta(days=3), "yes"))


def held(climb: Climb, lines: Iterable[tuple[float, str]] = ()) -> tuple[str, WarmUp]:
    coach, library = coach_of(DIALOG, LADDER, planned(LADDER, climb, TODAY))
    warm_up = WarmUp(DIALOG, coach, library)
    person = Person([Line(*line) for line in sorted(lines)], obliging(0))
    return VirtualWarmUp(warm_up, person).run().outcome, warm_up


@pytest.mark.parametrize("step", range(1, 7))
def test_the_intervals_of_each_step_keep_their_time(step: int) -> None:
    programme = LADDER.programme.steps[step - 1]
    outcome, warm_up = held(on_step(step))
    assert outcome == "run"
    assert warm_up.coach.gate == ()
    worked = [e.work_seconds for e in warm_up.coach.exercises if e.id == "run"]
    assert sum(worked) == pytest.approx(programme.run_seconds * programme.repeats[0])
    assert warm_up.state.done.count("run") == len(worked)
    rows = warm_up.rows
    begins = [r.at_seconds for r in rows if r.text == "Quiet feet."]
    ends = [r.at_seconds for r in rows if r.text in ("Walk.", "All good?") or r.kind == "end"]
    first = min(end for end in ends if end > begins[0])
    said = 0.3 + 2 * 0.39
    if programme.walk_seconds:
        assert first - begins[0] - said == pytest.approx(programme.run_seconds, abs=0.05)


@pytest.mark.parametrize("number", range(len(GATE)))
@pytest.mark.parametrize("answer", ["no", "not sure", "<silence>", "maybe", "five", "it hurts"])
def test_one_yes_that_is_missing_keeps_the_gate_closed(number: int, answer: str) -> None:
    said = ["yes"] * number

    def reply(question: str) -> str | None:
        return (said.pop(0) if said else answer) if question == "gate" else "all good"

    coach, library = coach_of(DIALOG, LADDER, planned(LADDER, Climb(), TODAY))
    warm_up = WarmUp(DIALOG, coach, library)
    outcome = VirtualWarmUp(warm_up, Person([], reply)).run().outcome
    assert outcome in ("walk", "rest")
    assert warm_up.state.done == ()
    assert outcome_of(coach, warm_up.state, outcome).closed_at == GATE[number]


SAID = ["yes", "next", "skip", "back", "no", "stop", "finish", "pause", "resume", "easier",
        "it hurts", "two", "four", "what", "repeat", "<silence>", "maybe", "rest",
        "another one"]  # fmt: skip


@settings(max_examples=60, deadline=None)
@example([(0.0, "it hurts"), (1.0, "yes"), (1.0, "four")])
@example([(0.0, "yes"), (0.0, "back")])
@example([(0.0, "back"), (0.0, "maybe")])
@given(st.lists(st.tuples(st.floats(0, 120), st.sampled_from(SAID)), max_size=8))
def test_nothing_said_gets_around_the_gate(lines: list[tuple[float, str]]) -> None:
    _, warm_up = held(Climb(), lines)
    rows = warm_up.rows
    asked = [{q.ask, q.reask} for q in LADDER.programme.gate]  # who talks into one hears the other
    began = next((i for i, r in enumerate(rows) if r.drill in ("run", "walk")), None)
    if began is not None:
        before = {row.text for row in rows[:began]}
        assert all(wordings & before for wordings in asked)
        assert sum(row.text == "yes" for row in rows[:began]) >= len(asked)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 6),
    st.floats(1, 900),
    st.sampled_from(["I feel dizzy", "it shoots down my leg", "I wet myself"]),
)
def test_the_stop_rule_is_always_on(step: int, moment: float, sign: str) -> None:
    outcome, warm_up = held(on_step(step), [(moment, sign)])
    if any(row.text == sign for row in warm_up.rows):
        assert outcome not in ("run", "walk", "rest")
        assert outcome_of(warm_up.coach, warm_up.state, outcome).end == "care"


def test_an_easier_run_is_no_whole_session() -> None:
    outcome, warm_up = held(on_step(1), [(200, "easier")])
    assert not outcome_of(warm_up.coach, warm_up.state, outcome).whole


def entry(days: float, **more: object) -> Entry:
    when = (NOW - timedelta(days=days)).isoformat(timespec="seconds")
    return Entry(when, **more)  # type: ignore[arg-type]


WARMED = {"care": "WARMUP", "routine": "gentle", "outcome": "walk", "pain": 1}


def test_it_is_offered_only_after_a_good_warm_up_of_today_and_a_rest() -> None:
    rest, today = entry(9, care="REST", pain=4), entry(0, **WARMED)
    assert waits(LADDER.limits, Climb(), [rest, today], NOW)
    assert waits(LADDER.limits, on_step(2), [today], NOW)
    assert not waits(LADDER.limits, Climb(), [today], NOW)
    assert not waits(LADDER.limits, Climb(), [entry(60, care="REST"), today], NOW)
    assert checked_today(LADDER.limits, [rest, today], NOW) == today
    for spoilt in ({"pain": 3}, {"pain": None}, {"limited": True}, {"outcome": "rest"}):
        assert checked_today(LADDER.limits, [rest, entry(0, **{**WARMED, **spoilt})], NOW) is None
    assert checked_today(LADDER.limits, [today, rest], NOW) is None
    assert checked_today(LADDER.limits, [entry(1, **WARMED)], NOW) is None


def test_before_the_ladder_a_warm_up_lets_nobody_run(dialog: Dialog) -> None:
    for name in ("standard", "gentle", "disc-sparing"):
        coach = not_yet_running(LADDER.library.coach(dialog, name), LADDER)
        person = Person([], obliging(0))
        warm_up = WarmUp(dialog, coach, LADDER.library)
        VirtualWarmUp(warm_up, person).run()
        said = " ".join(row.text for row in warm_up.rows)
        assert "warm enough" in said
        assert "easy run" not in said


@pytest.mark.parametrize("rule", ["S09", "S10"])
def test_after_a_suspected_stressed_bone_a_clinician_decides(rule: str) -> None:
    found = entry(40, care="SOON", rules=(rule,))
    today = today_of(LADDER, on_step(2), [found, entry(0, **WARMED)], NOW)
    assert today.refused == "clinician"
    (said, end) = virtual_rows(DIALOG, LADDER, today, Person(), NOW)
    assert "clinician decides" in said.text
    assert end.kind == "end"
    old = entry(100, care="SOON", rules=(rule,))
    assert today_of(LADDER, on_step(2), [old], NOW).refused is None


def test_the_diary_answers_for_the_morning_only_where_it_knows() -> None:
    climb = Climb(3, 8, 0, TODAY - timedelta(days=9), Session(TODAY - timedelta(days=2)))
    run = {"care": "WARMUP", "routine": "gentle", "ladder": "step 3"}
    assert today_of(LADDER, climb, [entry(2, **run)], NOW).plan.asks_morning
    good = today_of(LADDER, climb, [entry(2, **run, morning="yes")], NOW)
    assert (good.plan.asks_morning, good.plan.climb.step) == (False, 3)
    bad = today_of(LADDER, climb, [entry(2, **run, morning="no")], NOW)
    assert bad.before.step == 2


def test_the_place_is_kept_and_a_bad_file_is_told(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert place.load(store) == Climb()
    place.save(store, on_step(4))
    assert place.load(store) == on_step(4)
    path = tmp_path / "ladder.json"
    for text, complaint in (
        ('{"format": 9}', "newer voice_skill"), ('{"format": 1, "step": 99}', "makes no sense"),
        ('{"format": 1', "damaged"), ("[]", "not an object"),
    ):  # fmt: skip
        path.write_text(text)
        with pytest.raises(StorageError, match=complaint):
            place.load(store)
        assert path.read_text() == text


@pytest.mark.parametrize(("old", "new", "complaint"), [
    ("rules: [S09, S10]", "rules: [S09, S99]", "no rule 'S99'"),
    ("run_seconds: 30,", "run_seconds: 10,", "run longer"),
    ("repeats: [6, 8]", "repeats: [9, 8]", "the lower first"),
    ("walk_seconds: 60, repeats: [6", "walk_seconds: 0, repeats: [6", "a walk between"),
    ("  - id: stairs", "  - id: walk", "same 'id'"),
    ("    impact: true", "    impact: false", "impact"),
    ("  top:", "  tip:", "top"),
    ("offer:", "ofer:", "ofer"),
])  # fmt: skip
def test_a_mistake_in_the_file_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    folder = tmp_path / "en"
    shutil.copytree(dialog_folder(), folder)
    path = folder / "ladder.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(DialogError, match=complaint) as error:
        assert Content(folder, DIALOG).ladder
    assert str(path) in str(error.value)
    assert main(["check", "--dialog", str(folder), "--json"]) == 1


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["ladder", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize(("lines", "outcome"), [
    ("", "run"), ("20 no\n", "walk"), ("250 down my leg\n255 both\n", "EMERGENCY"),
    ("250 it hurts\n254 seven\n", "rest"),
])  # fmt: skip
def test_the_command_speaks_as_the_coach_does(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, lines: str, outcome: str
) -> None:
    (tmp_path / "events").write_text(lines)
    code, out, _ = run(capsys, "--virtual", "--json", "--events", str(tmp_path / "events"))
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert all(list(row) == ["at_seconds", "kind", "drill", "text"] for row in rows)
    assert [row["kind"] for row in rows].count("end") == 1
    assert (rows[-1]["kind"], rows[-1]["text"]) == ("end", outcome)
    assert not (Store.from_platform().folder / "ladder.json").exists()


def test_without_a_check_of_today_there_is_no_spoken_session(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = run(capsys)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "check comes first" in err


def test_virtual_tells_the_day_that_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    place.save(Store.from_platform(), Climb(2, 8, 0, date(2020, 1, 1), Session(TODAY)))
    _, out, _ = run(capsys, "--virtual", "--json")
    rows = [Row(**json.loads(line)) for line in out.splitlines()]
    assert [row.kind for row in rows] == ["say", "end"]
    assert "day without running" in rows[0].text
