"""Virtual patients: real synthesiser, real recogniser, few words."""

import json
from pathlib import Path
from typing import Any

import pytest

from voice_skill.cli import main
from voice_skill.dialog.dialog import Dialog
from voice_skill.lab.hear import Ear, Heard
from voice_skill.lab.job import Job, answer_jobs, answerable
from voice_skill.lab.meaning import graver, reassuring, red_flags
from voice_skill.lab.patient import voices
from voice_skill.lab.simulation.bound import upper_bound
from voice_skill.lab.simulation.crowd import RESULTS, Ground, do
from voice_skill.lab.simulation.emergencies import emergency_jobs, outcome
from voice_skill.lab.simulation.matrix import Matrix
from voice_skill.models.folder import starter
from voice_skill.paths import dialog_folder

ANSWER = Job("answer", "saddle", "yes", "shared.yes", "yes", "espeak-ng en-us", 1.0, "clean", 1)


@pytest.fixture(scope="module")
def ear() -> Ear:
    return Ear.from_folders(dialog_folder(), starter())


def said(field: str, text: str, meant: str, condition: str = "clean") -> Job:
    return Job("answer", field, text, "", meant, "espeak-ng en-us", 1.0, condition, 1)


@pytest.mark.parametrize(
    ("failures", "trials", "bound"),
    [
        (0, 300, 0.009936),
        (0, 1, 0.95),
        (0, 59, 0.049507),
        (1, 10, 0.394163),
        (2, 100, 0.061619),
        (5, 5, 1.0),
        (0, 0, 1.0),
        (3, 20000, 0.000388),
    ],
)
def test_the_bound_is_the_exact_one(failures: int, trials: int, bound: float) -> None:
    assert upper_bound(failures, trials) == pytest.approx(bound, rel=2e-3)


@pytest.mark.parametrize(
    ("field", "text", "label"),
    [("saddle", "yes", "yes"), ("saddle", "no", "no"), ("legs", "both legs", "both"),
     ("pain", "four", "4"), ("trend", "worse", "worse")],
)  # fmt: skip
def test_a_template_said_is_understood(ear: Ear, field: str, text: str, label: str) -> None:
    heard = ear.hear(said(field, text, label))
    assert heard.label == label


def test_what_was_heard_before_changes_nothing(ear: Ear) -> None:
    jobs = [ANSWER, said("legs", "one leg", "one", "room"), said("confirm", "wrong", "no", "noise")]
    assert [ear.hear(job) for job in jobs] == [ear.hear(job) for job in jobs[::-1]][::-1]


def test_a_grave_answer_is_never_the_reassuring_one(dialog: Dialog) -> None:
    assert {"saddle", "bladder", "bowel", "legs", "leg_power"} <= set(red_flags(dialog))
    for name in answerable(dialog):
        assert reassuring(dialog, name) not in graver(dialog, name)
    assert reassuring(dialog, "soreness_only") == "yes"
    assert graver(dialog, "legs") == {"sore", "one", "both"}
    assert reassuring(dialog, "age") is None


def test_false_reassurance_is_counted(dialog: Dialog) -> None:
    heard = Heard("no", "no", 1.0, True)
    assert Matrix(dialog, [(ANSWER, heard)]).yes_as_no
    assert not Matrix(dialog, [(ANSWER, Heard("no", "no", 0.4, False))]).yes_as_no
    assert outcome(dialog, ANSWER, heard) == "missed"
    assert outcome(dialog, ANSWER, Heard("asked again", "", 0.0, False)) == "asked_again"
    assert outcome(dialog, ANSWER, Heard("command stop", "stop", 1.0, True)) == "otherwise"
    assert outcome(dialog, ANSWER, Heard("danger bladder", "can't pee", 1.0, True)) == "caught"


def test_jobs_are_seeded(dialog: Dialog) -> None:
    assert answer_jobs(dialog, ["legs"], voices(), 2, 1) == answer_jobs(
        dialog, ["legs"], voices(), 2, 1
    )
    assert emergency_jobs(dialog, 20, voices(), 1) == emergency_jobs(dialog, 20, voices(), 1)
    assert emergency_jobs(dialog, 20, voices(), 1) != emergency_jobs(dialog, 20, voices(), 2)


def test_every_template_group_of_a_question_is_sampled(dialog: Dialog) -> None:
    jobs = answer_jobs(dialog, ["saddle"], voices(), 1, 1)
    assert {"saddle.yes", "saddle.no", "shared.yes", "shared.no"} <= {job.origin for job in jobs}
    assert {"yes", "no"} <= {job.said for job in jobs}
    assert {job.condition for job in jobs} == {"clean", "room", "noise", "echo"}


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code = main(["simulate", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_one_worker_or_two_and_a_run_cut_off_come_to_the_same(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voice_skill.lab.job.TAKES", 1)
    few = ("--fields", "confirm", "--emergencies", "2")
    page, work = tmp_path / "page.html", tmp_path / "work"
    code, first = run(capsys, *few, "--workers", "2", "--work", str(work), "-o", str(page))
    assert (code, first["yes_as_no"], first["missed"], first["emergencies"]) == (0, 0, 0, 2)
    assert first["right"] > 0
    assert first["spoken"] == first["fields"]["confirm"]["spoken"]
    assert page.read_text().count("<audio") == first["spoken"] - first["right"] + (
        2 - first["emergency_outcomes"].get("caught", 0)
    )
    kept = work / RESULTS
    lines = kept.read_text().splitlines()
    kept.write_text("\n".join([*lines[:-5], lines[-5][:20]]) + "\n")
    _, second = run(capsys, *few, "--workers", "1", "--work", str(work))
    assert second == first
    assert len(kept.read_text().splitlines()) == len(lines) + 1


def test_what_is_kept_is_not_done_again(tmp_path: Path) -> None:
    ground = Ground(dialog_folder(), starter())
    row = {"job": ANSWER.digest(ground.digest()), "label": "kept", "text": "", "confidence": 1.0,
           "certain": True}  # fmt: skip
    (tmp_path / RESULTS).write_text(json.dumps(row) + "\n")
    assert do([ANSWER], ground, 1, tmp_path) == [Heard("kept", "", 1.0, True)]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--fields", "saddles"], "there is no field 'saddles'"),
        (["--fields", "opening"], "there is no field 'opening'"),
        (["--personas", "nobody"], "there is no persona 'nobody'"),
        (["--fields", "saddle", "--emergencies", "-1"], "at least 0"),
        (["--fields", "saddle", "--workers", "0"], "at least 1"),
        (["--fields", "saddle", "-o", "/proc/nowhere/page.html"], "cannot be written"),
        (["--fields", "saddle", "--model", "/nowhere"], "no Vosk model"),
    ],
)
def test_wrong_use_is_one_clear_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert main(["simulate", *arguments]) in (2, 3)
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line


def test_without_espeak_it_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["simulate", "--fields", "saddle"]) == 3
    assert "apt install espeak-ng" in capsys.readouterr().err
