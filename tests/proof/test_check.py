"""The shipped dialogs are proved; a broken one is refuted with the conversation that shows it."""

import contextlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from faults import broken

from voice_skill.cli import main
from voice_skill.dialog import machine
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.safety import read_safety
from voice_skill.paths import dialog_folder
from voice_skill.proof import doubt, turns
from voice_skill.proof.check import Report, check_folder, with_script
from voice_skill.proof.declared import with_reasons
from voice_skill.proof.finding import Finding
from voice_skill.proof.moments import moments
from voice_skill.proof.parts import care_findings, safety_findings, turn_findings, use_findings
from voice_skill.proof.table import Table
from voice_skill.proof.talk import Talker
from voice_skill.runtime.typed.check import run_typed, script_reply
from voice_skill.visit.conversation import Conversation

DIALOGS = sorted(
    path.parent for path in (Path(__file__).parents[2] / "dialogs").glob("*/dialog.yaml")
)


@pytest.mark.parametrize("folder", DIALOGS, ids=lambda folder: folder.name)
def test_every_shipped_dialog_is_proved(folder: Path) -> None:
    report = check_folder(folder)
    assert [f.message for f in report.findings if f.severity != "note"] == []
    assert set(report.as_json()["properties"].values()) == {"proved"}
    assert report.sessions["longest_questions"] >= report.sessions["median_questions"] > 0


FAULTS = {
    "a rule that wants a plain yes": (
        "rules.yaml", 'when: "pos(saddle)"', "when: \"saddle == 'yes'\"",
        "no_red_flag_reaches_exercise",
    ),
    "a threshold that is one off": (
        "rules.yaml", 'when: "pain >= 8"', 'when: "pain >= 9"', "floors_hold",
    ),
    "a warm-up that is too full": (
        "rules.yaml", 'variant: gentle, when: "pain <= 5"', 'variant: standard, when: "pain <= 5"',
        "no_red_flag_reaches_exercise",
    ),
    "an end that lets a person run": (
        "dispositions.yaml", "activity: walk", "activity: warm_up_then_run",
        "no_red_flag_reaches_exercise",
    ),
    "doubt that counts as a no": (
        "stage-1-emergency.yaml", '    denied: "no numbness"\n',
        '    denied: "no numbness"\n    unsure: "no"\n', "doubt_never_reaches_exercise",
    ),
    "silence that is waved through": (
        "stage-1-emergency.yaml", "not_heard: incomplete", "not_heard: unknown",
        "doubt_never_reaches_exercise",
    ),
    "a danger phrase that is gone": (
        "phrases.yaml", '      - "like the dentist\'s injection down there"\n', "",
        "danger_phrases_reach_their_question",
    ),
}  # fmt: skip


def findings(folder: Path) -> list[Finding]:
    report: Report = check_folder(folder)
    assert not report.passed
    return [finding for finding in report.findings if finding.severity == "error"]


def in_table(dialog: Dialog, folder: Path) -> list[Finding]:
    """What is found without a look at words."""
    safety, _ = read_safety(folder, dialog)
    table, talker = Table(dialog, safety), Talker.from_dialog(dialog)
    parts = (care_findings, turn_findings, use_findings)
    return list(with_reasons([f for part in parts for f in part(table, talker)], safety))


def unsafe(folder: Path) -> Iterator[Finding]:
    """What the parts of the check find on which safety hangs."""
    dialog = Dialog.from_folder(folder)
    safety, _ = read_safety(folder, dialog)
    return safety_findings(dialog, safety, Talker.from_dialog(dialog))


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(tmp_path: Path, fault: tuple[str, str, str, str]) -> None:
    file, old, new, rule = fault
    found = unsafe(broken(tmp_path, file, old, new))
    assert any(finding.rule == rule for finding in found)


@pytest.fixture(scope="module")
def refuted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any], Path]:
    """A folder with a threshold one off, what the command printed of it as JSON, and its SARIF."""
    place = tmp_path_factory.mktemp("refuted")
    folder = broken(place, "rules.yaml", 'when: "pain >= 8"', 'when: "pain >= 9"')
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = main(["check", "--dialog", str(folder), "--json", "-o", str(place / "a.sarif")])
    assert code == 1
    return folder, json.loads(printed.getvalue()), place / "a.sarif"


def test_the_command_prints_json_and_sarif(refuted: tuple[Path, dict[str, Any], Path]) -> None:
    _, report, sarif_file = refuted
    assert report["properties"]["floors_hold"] == "refuted"
    assert {"rule", "severity", "file", "line", "message", "counterexample"} <= set(
        report["findings"][0]
    )
    sarif = json.loads(sarif_file.read_text())
    assert sarif["version"] == "2.1.0"
    assert sarif["runs"][0]["results"][0]["locations"]


def test_a_counterexample_replays_to_the_wrong_end(
    refuted: tuple[Path, dict[str, Any], Path],
) -> None:
    folder, report, _ = refuted
    finding = next(f for f in report["findings"] if f["rule"] == "floors_hold")
    assert finding["file"].endswith("safety.yaml")
    assert "pain > 7" in Path(finding["file"]).read_text().splitlines()[finding["line"] - 1]
    ends = {}
    for name in (dialog_folder(), folder):
        conversation = Conversation.from_dialog(Dialog.from_folder(name))
        reply = script_reply(iter(finding["counterexample"]), None)
        run_typed(conversation, conversation.begin(), reply, None)
        assert conversation.state.finished is not None
        ends[name] = conversation.state.finished.care
    assert ends == {dialog_folder(): "URGENT", folder: "REST"}


BY_EAR_AND_BY_DIARY = {
    "a hesitant no that counts": (
        "stage-1-emergency.yaml", "hedged_no: reask", "hedged_no: accept",
        "'um, then the safe answer'", "um, no", "WARMUP",
    ),
    "a faint no that nobody confirms": (
        "stage-1-emergency.yaml", "not_heard: incomplete", "not_heard: unknown",
        "'a faint safe answer'", "<faint> no", "REST",
    ),
    "what only the diary knows": (
        "rules.yaml", 'REST, when: "pain_up"', 'REST, when: "pain_up and pain > 8"',
        "'pain_up'", "<diary> pain_up", "WARMUP",
    ),
    "a sign that is not understood": (
        "phrases.yaml", '      - "like the dentist\'s injection down there"\n', "",
        "'like the dentist's injection down there'", "like the dentist's injection down there",
        "REST",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", BY_EAR_AND_BY_DIARY.values(), ids=BY_EAR_AND_BY_DIARY)
def test_what_is_heard_faintly_or_stands_in_the_diary_replays_as_well(
    tmp_path: Path, fault: tuple[str, str, str, str, str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    file, old, new, about, line, care = fault
    folder = broken(tmp_path, file, old, new)
    talker = Talker.from_dialog(Dialog.from_folder(folder))
    finding = next(f for f in unsafe(folder) if about in f.message)
    script = with_script(finding, talker).counterexample
    assert line in script
    (tmp_path / "script").write_text("\n".join(script), encoding="utf-8")
    main(["run", "--text", "--script", str(tmp_path / "script"), "--dialog", str(folder)])
    assert capsys.readouterr().out.splitlines()[-1] == f"[{care}]"


def test_the_shortest_conversation_tells_a_symptom_at_once(
    refuted: tuple[Path, dict[str, Any], Path],
) -> None:
    script = next(f["counterexample"] for f in refuted[1]["findings"] if f["counterexample"])
    assert script[0] == "yes"


def test_where_only_the_table_is_broken_no_conversation_is_claimed(tmp_path: Path) -> None:
    folder = broken(tmp_path, "rules.yaml", "when: \"legs == 'both' and both_new != 'no'\"",
                    "when: \"legs == 'both' and legs == 'one'\"")  # fmt: skip
    dialog = Dialog.from_folder(folder)
    talker = Talker.from_dialog(dialog)
    told = [with_script(finding, talker) for finding in in_table(dialog, folder)]
    (early,) = [f for f in told if f.message.startswith("'legs == 'both'' must come to SOON")]
    assert early.counterexample == ()
    assert "a conversation ends before, at" in early.message
    assert all(f.counterexample for f in told if f.least == "EMERGENCY")


def test_a_command_that_keeps_a_question_open_for_ever_is_found_with_its_script(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(machine, "COMMANDS", 1000)
    dialog = Dialog.from_folder(dialog_folder())
    table, talker = (
        Table(dialog, read_safety(dialog_folder(), dialog)[0]),
        Talker.from_dialog(dialog),
    )
    found = list(doubt.commanded(table, moments(table)))
    assert {f.rule for f in found} == {"every_question_ends"}
    (age,) = [f for f in found if "'age'" in f.message and "'repeat'" in f.message]
    script = with_script(age, talker).counterexample
    assert script.count("repeat") > doubt.TURNS


def test_the_proofs_over_turns_try_every_question_that_is_ever_asked() -> None:
    dialog = Dialog.from_folder(dialog_folder())
    table = Table(dialog, read_safety(dialog_folder(), dialog)[0])
    reached = moments(table)
    assert set(dialog.fields) - {moment.name for moment in reached} == {"stiff_am", "confirm"}
    assert [f.about[1] for f in turns.unreached(table, reached)] == ["stiff_am"]


def test_a_faint_clearance_that_would_stand_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_is_safe", lambda dialog, name, value: value == "no")
    dialog = Dialog.from_folder(dialog_folder())
    table = Table(dialog, read_safety(dialog_folder(), dialog)[0])
    found = [f.message for f in doubt.never_safe(table, moments(table))]
    assert "in 'checked', 'a faint safe answer' counts as cleared" in found


def test_an_emergency_that_never_holds_has_no_conversation(tmp_path: Path) -> None:
    never = "pos(saddle) and saddle == 'no'"
    folder = broken(tmp_path, "rules.yaml", "  # URGENT\n",
                    f'  - {{id: E99, care: EMERGENCY, when: "{never}", why: "-"}}\n')  # fmt: skip
    dialog = Dialog.from_folder(folder)
    (finding,) = [f for f in in_table(dialog, folder) if f.severity != "note"]
    told = with_script(finding, Talker.from_dialog(dialog))
    assert (told.rule, told.severity, told.counterexample) == ("every_rule_can_hold", "error", ())


def test_a_report_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = broken(tmp_path, "rules.yaml", 'when: "pain >= 8"', 'when: "pian >= 8"')
    assert (
        main(["check", "--dialog", str(folder), "-o", str(tmp_path / "nowhere" / "a.sarif")]) == 3
    )
    assert "cannot be written" in capsys.readouterr().err


def test_a_dialog_without_a_second_entry_keeps_the_least(tmp_path: Path) -> None:
    folder = broken(tmp_path, "rules.yaml", 'when: "pos(saddle)"', 'when: "pos(bladder)"')
    (folder / "safety.yaml").unlink()
    found = in_table(Dialog.from_folder(folder), folder)
    messages = [f.message for f in found if f.rule == "no_red_flag_reaches_exercise"]
    assert any("saddle" in message for message in messages)


def test_a_dialog_that_cannot_be_read_is_a_finding_with_its_line(tmp_path: Path) -> None:
    folder = broken(tmp_path, "rules.yaml", 'when: "pain >= 8"', 'when: "pian >= 8"')
    (finding,) = findings(folder)
    properties = check_folder(folder).as_json()["properties"]
    assert set(properties.values()) == {"refuted", "not_checked"}
    assert finding.file.endswith("rules.yaml")
    assert "pian" in Path(finding.file).read_text().splitlines()[finding.line - 1]


def test_a_template_that_stands_for_too_much_is_told_with_its_line(tmp_path: Path) -> None:
    many = " ".join(["[a|b|c|d|e|f|g|h]"] * 9)
    folder = broken(
        tmp_path, "answers/stage-1-emergency.yaml", '- "not normal"', f'- "{many} numb"'
    )
    (finding,) = findings(folder)
    assert "stands for over 5000 phrases" in finding.message
    assert many in Path(finding.file).read_text().splitlines()[finding.line - 1]


def test_a_folder_that_holds_no_dialog_is_a_finding(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path)
    assert finding.message == "no dialog.yaml here; name a folder such as dialogs/en"


def test_a_second_entry_that_names_nothing_is_refused(tmp_path: Path) -> None:
    folder = broken(tmp_path, "safety.yaml", "\"saddle != 'no'\"", "\"sadle != 'no'\"")
    (finding,) = findings(folder)
    assert "'sadle'" in finding.message


def test_questions_that_wait_for_each_other_prove_nothing(tmp_path: Path) -> None:
    folder = broken(
        tmp_path,
        "stage-2-risk.yaml",
        'when: "pos(fever)"',
        'when: "pos(fever) and pos(preg_signs)"',
    )
    text = (folder / "stage-2-risk.yaml").read_text()
    old = 'when: "pos(pregnant)"'
    (folder / "stage-2-risk.yaml").write_text(text.replace(old, 'when: "pos(very_ill)"'))
    report = check_folder(folder)
    assert {f.about[1] for f in report.findings} == {"very_ill", "preg_signs"}
    assert set(report.as_json()["properties"].values()) == {"refuted", "not_checked"}
