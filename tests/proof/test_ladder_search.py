"""The search over days finds a way back that hurries, with the days that lead there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.safety import read_safety
from voice_skill.ladder.programme import Ladder
from voice_skill.ladder.progression import Climb, Outcome, Plan, after, planned
from voice_skill.paths import dialog_folder
from voice_skill.proof import ladder_search
from voice_skill.proof.coach_text import CoachText
from voice_skill.proof.table import Table

FOLDER = dialog_folder()
DIALOG = Dialog.from_folder(FOLDER)
TABLE = Table(DIALOG, read_safety(FOLDER, DIALOG)[0], CoachText.of(Content(FOLDER, DIALOG)))


def gate_is_skipped(ladder: Ladder, climb: Climb, day: date) -> Plan:
    return replace(planned(ladder, climb, day), kind="session")


def no_day_of_rest(ladder: Ladder, climb: Climb, day: date) -> Plan:
    plan = planned(ladder, climb, day)
    return replace(plan, kind="session") if plan.kind == "rest_day" else plan


def two_steps_up(ladder: Ladder, climb: Climb, day: date) -> Plan:
    plan = planned(ladder, climb, day)
    up = min(plan.climb.step + 1, len(ladder.programme.steps))
    return replace(plan, climb=replace(plan.climb, step=up)) if climb.tops else plan


def pain_is_held(ladder: Ladder, before: Climb, plan: Plan, outcome: Outcome, day: date) -> Climb:
    kind = replace(outcome, pain=min(outcome.pain, 5)) if outcome.pain is not None else outcome
    return after(ladder, before, plan, kind, day)


def silence_is_good(
    ladder: Ladder, before: Climb, plan: Plan, outcome: Outcome, day: date
) -> Climb:
    told = outcome if outcome.pain is not None else replace(outcome, pain=0)
    return after(ladder, before, plan, told, day)


def signs_are_forgotten(
    ladder: Ladder, before: Climb, plan: Plan, outcome: Outcome, day: date
) -> Climb:
    end = "rest" if outcome.end == "care" else outcome.end
    return after(ladder, before, plan, replace(outcome, end=end), day)  # type: ignore[arg-type]


def mornings_are_good(
    ladder: Ladder, before: Climb, plan: Plan, outcome: Outcome, day: date
) -> Climb:
    closed = None if outcome.closed_at == "morning" else outcome.closed_at
    return after(ladder, before, plan, replace(outcome, closed_at=closed), day)


@pytest.mark.parametrize(("name", "broken", "told"), [
    ("planned", gate_is_skipped, "before the ready-to-run questions"),
    ("planned", no_day_of_rest, "on a day of rest"),
    ("planned", two_steps_up, "a step up that was not earned"),
    ("after", pain_is_held, "pain above the limit does not go a step back"),
    ("after", silence_is_good, "more after a session that was not good"),
    ("after", signs_are_forgotten, "after a warning sign"),
    ("after", mornings_are_good, "a bad next morning does not go a step back"),
])  # fmt: skip
def test_a_way_back_that_hurries_is_refuted(
    monkeypatch: pytest.MonkeyPatch, name: str, broken: Callable[..., object], told: str
) -> None:
    monkeypatch.setattr(ladder_search, name, broken)
    found = [f for f in ladder_search.searched(TABLE) if told in f.message]
    assert found
    assert found[0].severity == "error"
    assert len(found[0].counterexample) > 1


def test_a_step_that_nobody_reaches_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ladder_search, "after", lambda *known: Climb())
    told = [finding.message for finding in ladder_search.searched(TABLE)]
    assert "the way back: step 6 is never reached" in told
