"""Steady pain after runs alone and mild: a careful warm-up is offered before the walk, no more."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from voice_skill.cli import main
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.safety import read_safety
from voice_skill.errors import DialogError
from voice_skill.paths import dialog_folder
from voice_skill.proof import care
from voice_skill.proof.table import Table

STEADY = (dialog_folder() / "personas" / "steady-after.yaml").read_text()
ALONE = STEADY.replace("six weeks", "three weeks").replace('"the same"', '"better"')


def report(
    capsys: pytest.CaptureFixture[str], folder: Path, persona: str, during: str
) -> dict[str, Any]:
    path = folder / "persona.yaml"
    path.write_text(f"{persona}during_warmup: {during}\n")
    assert main(["run", "--text", "--json", "--persona", str(path)]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize(
    ("during", "outcome", "any_drill"),
    [('{gate: "yes"}', "walk", True), ('{gate: "no"}', "walk", False),
     ('{gate: ["<silence>", "<silence>"]}', "rest", False),
     ('{gate: ["maybe", "not sure"]}', "walk", False),
     ('{gate: "yes", end: "seven"}', "rest", True)],
)  # fmt: skip
def test_only_a_clear_yes_begins_it_and_the_visit_stays(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, during: str, outcome: str, any_drill: bool
) -> None:
    found = report(capsys, tmp_path, ALONE, during)
    assert found["care"] == "ROUTINE"
    assert "R03" in found["rules"]
    assert found["warm_up"]["routine"] == "disc-sparing"
    assert found["warm_up"]["outcome"] == outcome
    assert bool(found["warm_up"]["done"]) == any_drill
    assert found["activity"] in ("walk", "warm_up_then_walk")


def test_pain_into_a_leg_in_it_is_never_less_than_the_visit(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    during = '{gate: "yes", "150": "it goes down both legs", reach: "both"}'
    assert report(capsys, tmp_path, ALONE, during)["care"] == "EMERGENCY"


@pytest.mark.parametrize(
    ("before", "after"),
    [('pain: "three"', 'pain: "four"'), ('"low back only"', '"into the buttock"'),
     ('"three weeks"', '"seven weeks"'), ('default: "no"', 'default: "no"\n#')],
)  # fmt: skip
def test_anything_more_is_a_walk_without_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, before: str, after: str
) -> None:
    persona = ALONE.replace(before, after)
    if after.endswith("#"):
        persona = persona.replace(
            '  opening: "it aches', '  known_disc: "yes"\n  opening: "it aches'
        )
    assert report(capsys, tmp_path, persona, '{gate: "yes"}')["warm_up"] is None


def test_the_check_notices_an_offer_beyond_the_second_entry(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    shutil.copytree(dialog_folder(), folder)
    file = folder / "dispositions.yaml"
    file.write_text(file.read_text().replace("pain <= 3 and spread == 'back'", "pain <= 5"))
    dialog = Dialog.from_folder(folder)
    found = care.offers(Table(dialog, read_safety(folder, dialog)[0]))
    assert any("offers the warm-up" in finding.message for finding in found)


def test_an_offer_that_leads_to_a_run_is_no_dialog(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    shutil.copytree(dialog_folder(), folder)
    file = folder / "dispositions.yaml"
    file.write_text(file.read_text().replace("warm_up: disc_sparing", "warm_up: standard"))
    with pytest.raises(DialogError, match="leads to a walk"):
        assert Content.load(folder).library
