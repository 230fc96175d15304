"""A second skill, without a line of Python of its own: it is held, checked, drawn and coached."""

import shutil
from pathlib import Path

import pytest

from voice_skill.cli import main
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.reader import read_document
from voice_skill.diary.entry import Entry
from voice_skill.errors import DialogError
from voice_skill.proof.check import check_folder
from voice_skill.review.document import document
from voice_skill.review.graph import picture
from voice_skill.review.mermaid import to_mermaid
from voice_skill.runtime.people.persona import Persona
from voice_skill.runtime.typed.check import persona_reply, run_typed
from voice_skill.visit.conversation import Conversation
from voice_skill.visit.report import Report

ANKLE = Path(__file__).parent / "ankle"
PEOPLE = sorted((ANKLE / "personas").glob("*.yaml"))


@pytest.fixture(scope="module")
def content() -> Content:
    return Content.load(ANKLE)


@pytest.fixture(scope="module")
def ankle(content: Content) -> Dialog:
    return content.dialog


def held(ankle: Dialog, file: Path) -> Report:
    conversation = Conversation.from_dialog(ankle, today_weekday=2)
    reply = persona_reply(Persona.from_file(file), None)
    run_typed(conversation, conversation.begin(), reply, None)
    return Report.from_session(ankle, conversation.state, conversation.turns, "2026-01-05T08:00:00")


@pytest.mark.parametrize("file", PEOPLE, ids=lambda file: file.stem)
def test_each_of_its_people_comes_to_the_right_care(ankle: Dialog, file: Path) -> None:
    assert held(ankle, file).care == read_document(file).data["expect"]["care"]


def test_the_diary_notes_the_pain_of_the_question_that_has_the_role(ankle: Dialog) -> None:
    entry = Entry.from_report(held(ankle, ANKLE / "personas" / "sprained.yaml"), ankle.roles)
    assert entry is not None
    assert (entry.pain, entry.since_rest, entry.morning) == (3, None, None)


def test_everything_is_proved_of_it() -> None:
    report = check_folder(ANKLE)
    assert [f.message for f in report.findings if f.severity != "note"] == []
    assert report.whole


def test_its_warm_up_is_held_and_a_sign_in_it_is_an_emergency(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    coach = ["coach", "circles", "--dialog", str(ANKLE), "--virtual"]
    assert main(coach) == 0
    assert capsys.readouterr().out.strip().endswith("[walk]")
    said = tmp_path / "said"
    said.write_text("15 my foot has gone numb\n")
    assert main([*coach, "--events", str(said)]) == 0
    assert capsys.readouterr().out.strip().endswith("[EMERGENCY]")


def test_more_pain_than_the_triage_found_ends_its_warm_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = tmp_path / "said"
    said.write_text("15 ow\n20 seven\n")
    main(["coach", "circles", "--dialog", str(ANKLE), "--virtual", "--events", str(said)])
    assert capsys.readouterr().out.strip().endswith("[rest]")


def test_it_is_drawn_and_put_on_paper(content: Content) -> None:
    dialog = content.dialog
    assert "cold_foot" in to_mermaid(picture(dialog))
    assert dialog.title in document(dialog, content.safety, content.library).title


def test_what_it_does_not_have_is_told_and_no_crash(content: Content) -> None:
    with pytest.raises(DialogError, match="no way back to running"):
        _ = content.ladder
    assert content.limits.ladder is None
    assert content.limits.looking_back is None
    assert content.dialog.roles.reach is None


def test_words_of_travelling_pain_need_the_question_where_it_goes(tmp_path: Path) -> None:
    folder = shutil.copytree(ANKLE, tmp_path / "ankle")
    coaching = folder / "coaching.yaml"
    coaching.write_text(
        coaching.read_text()
        .replace("stop_rule:\n", "stop_rule:\n  travels: [up my shin]\n")
        .replace("messages:\n", 'messages:\n  travels_rule: "Stop."\n  moved_up: "Good."\n')
        .replace(
            "questions:\n",
            "questions:\n  reach: {ask: 'How far?', reask: 'How far?'}\n"
            "  reach_check: {ask: 'Does it go up?', reask: 'Does it?'}\n",
        )
    )
    with pytest.raises(DialogError, match="role 'reach'"):
        _ = Content.load(folder).library
