"""The search finds what a broken coach would do, as an event file that plays it."""

from dataclasses import replace

import pytest

from voice_skill.coaching.effects import End
from voice_skill.coaching.events import Event, Heard, Tick
from voice_skill.coaching.machine import step
from voice_skill.coaching.state import Coach, State, Step
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.safety import read_safety
from voice_skill.paths import dialog_folder
from voice_skill.proof.coach_search import RULE, found_in, walk_of
from voice_skill.proof.coach_text import CoachText
from voice_skill.proof.finding import Finding
from voice_skill.proof.table import Table
from voice_skill.runtime.virtual.person import Person, obliging, read_lines
from voice_skill.runtime.virtual.warm_up import VirtualWarmUp
from voice_skill.visit.warm_up import WarmUp

FOLDER = dialog_folder()
DIALOG = Dialog.from_folder(FOLDER)
TEXT = CoachText.of(Content(FOLDER, DIALOG))
assert TEXT is not None
COACH_TEXT: CoachText = TEXT
TABLE = Table(DIALOG, read_safety(FOLDER, DIALOG)[0], COACH_TEXT)


def deaf_to_danger(coach: Coach, state: State, event: Event) -> Step:
    """Goes on as if nothing had been said."""
    if isinstance(event, Heard) and event.meaning.kind == "danger":
        return state, ()
    return step(coach, state, event)


def deaf_to_legs(coach: Coach, state: State, event: Event) -> Step:
    if isinstance(event, Heard) and event.meaning.kind == "travels":
        return state, ()
    return step(coach, state, event)


def careless_of_silence(coach: Coach, state: State, event: Event) -> Step:
    """No answer counts as fine."""
    if isinstance(event, Tick) and state.question and state.question.name == "check_in":
        return replace(state, question=None), ()
    return step(coach, state, event)


def runs_whatever_is_told(coach: Coach, state: State, event: Event) -> Step:
    after, effects = step(coach, state, event)
    if after.ended and after.ended.outcome == "rest":
        after = replace(after, ended=End("run"))
    return after, effects


def never_rests(coach: Coach, state: State, event: Event) -> Step:
    after, effects = step(coach, state, event)
    if after.ended and after.ended.outcome == "rest":
        after = replace(after, ended=End("walk"))
    return after, effects


BROKEN = {
    deaf_to_danger: "the count goes on after a warning",
    deaf_to_legs: "the count goes on after a warning",
    careless_of_silence: "silence passes the question 'check_in'",
    runs_whatever_is_told: "pain 6 was told, and it ends in run",
    never_rests: "silence passes the question",
}


def found(broken: object) -> list[Finding]:
    walk = walk_of(TABLE, COACH_TEXT, COACH_TEXT.library.coach(DIALOG, "standard"))
    return list(found_in(replace(walk, step=broken), "standard", "play it"))  # type: ignore[arg-type]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.__name__)
def test_a_broken_coach_is_refuted(broken: object) -> None:
    findings = found(broken)
    assert {f.rule for f in findings} >= {RULE}
    assert any(BROKEN[broken] in f.message for f in findings)  # type: ignore[index]
    assert all(f.counterexample for f in findings if f.rule == RULE)


def test_a_branch_that_is_gone_is_told() -> None:
    assert "standard: the end 'rest' is never reached" in [f.message for f in found(never_rests)]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.__name__)
def test_each_counterexample_is_an_event_file_that_is_played(
    tmp_path_factory: pytest.TempPathFactory, broken: object
) -> None:
    for finding in [f for f in found(broken) if f.counterexample]:
        path = tmp_path_factory.mktemp("events") / "events"
        path.write_text("\n".join(finding.counterexample) + "\n", encoding="utf-8")
        lines = read_lines(path)
        coach = COACH_TEXT.library.coach(DIALOG, "standard")
        warm_up = WarmUp(DIALOG, coach, COACH_TEXT.library)
        VirtualWarmUp(warm_up, Person(list(lines), obliging(None))).run()
        told = [row.text for row in warm_up.rows if row.kind == "heard"]
        said = [line.text for line in lines if not line.text.startswith("<")]
        assert told[: len(said)] == said
