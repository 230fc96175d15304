"""A persona goes on from the triage into the warm-up; the level is never lower than found."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from voice_skill.cli import main
from voice_skill.paths import dialog_folder

PERSONAS = dialog_folder() / "personas"


def report(
    capsys: pytest.CaptureFixture[str], folder: Path, persona: str, during: str
) -> dict[str, Any]:
    path = folder / "persona.yaml"
    path.write_text((PERSONAS / f"{persona}.yaml").read_text() + f"during_warmup: {during}\n")
    assert main(["run", "--text", "--json", "--persona", str(path)]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize(("during", "care", "outcome"), [
    ("[]", "WARMUP", "run"),
    ('["all good", "all good"]', "WARMUP", "run"),
    ('{end: "four"}', "WARMUP", "walk"),
    ("[ow]", "REST", "rest"),
    ('{hip_circles: "ouch", pain: "seven"}', "REST", "rest"),
    ('{"130": "it hurts", pain: "nine"}', "URGENT", "URGENT"),
    ('["<silence>", "<silence>"]', "REST", "rest"),
    ('{hip_circles: "I feel dizzy"}', "EMERGENCY", "EMERGENCY"),
    ('["all good", {calf_raise: "my leg gave way"}]', "URGENT", "URGENT"),
    ('["down my leg", "both"]', "EMERGENCY", "EMERGENCY"),
])  # fmt: skip
def test_the_final_level_is_reported(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, during: str, care: str, outcome: str
) -> None:
    found = report(capsys, tmp_path, "well-runner", during)
    assert found["care"] == care
    assert found["warm_up"]["outcome"] == outcome
    if care != "WARMUP":
        assert found["activity"] in ("none", "walk")


def test_pain_into_one_leg_is_at_least_routine(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    found = report(capsys, tmp_path, "hesitant-runner", '["it goes down my leg", "one leg"]')
    assert found["care"] == "ROUTINE"
    assert "R01" in found["rules"]
    assert any(turn["field"] == "saddle" for turn in found["turns"])


def test_a_triage_that_does_not_warm_up_goes_nowhere(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert report(capsys, tmp_path, "strain", "[ow]")["warm_up"] is None


WELL = ["no", "no", "thirty", *["no"] * 6, "yes"]


@pytest.mark.parametrize(("then", "care", "outcome"), [
    ([], "REST", "rest"),
    (["all good", "yes", "fine", "good", "zero"], "WARMUP", "run"),
    (["it hurts", "seven"], "REST", "rest"),
    (["down my leg", "both"], "EMERGENCY", "EMERGENCY"),
])  # fmt: skip
def test_a_script_goes_on_where_it_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, then: list[str], care: str, outcome: str
) -> None:
    path = tmp_path / "script"
    path.write_text("\n".join([*WELL, "<warm-up>", *then]) + "\n")
    assert main(["run", "--text", "--json", "--script", str(path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["care"], found["warm_up"]["outcome"]) == (care, outcome)


def test_a_script_from_a_pipe_goes_on_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [*WELL, "<warm-up>", "all good", "yes", "fine", "good", "zero"]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    assert main(["run", "--text", "--json", "--script", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["warm_up"]["outcome"] == "run"


def test_a_script_without_the_mark_ends_with_the_check(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "script"
    path.write_text("\n".join([*WELL, "yes", "yes"]) + "\n")
    assert main(["run", "--text", "--json", "--script", str(path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["care"], found["warm_up"]) == ("WARMUP", None)


def test_a_moment_that_there_is_not_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "p.yaml"
    path.write_text((PERSONAS / "well-runner.yaml").read_text() + "during_warmup: {yoga: ow}\n")
    assert main(["run", "--text", "--json", "--persona", str(path)]) == 2
    assert "'yoga'" in capsys.readouterr().err
