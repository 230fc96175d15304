"""What a clinic gets: what was not clearly said is never "no", and nothing diagnoses."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.surfaces.clinic.conftest import Held, visit_of
from voice_skill.cli import main
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.state import Answer, How, State
from voice_skill.storage.store import Store
from voice_skill.surfaces.clinic.bundle import bundle
from voice_skill.surfaces.clinic.letter import letter, to_html
from voice_skill.surfaces.clinic.pdf import to_pdf
from voice_skill.surfaces.clinic.questionnaire import ABSENT, REASONS
from voice_skill.surfaces.clinic.visit import Visit
from voice_skill.surfaces.clinic.wording import LetterWording
from voice_skill.understanding.understander import Understander
from voice_skill.visit.conversation import Conversation

DOUBT = ("yes", "no", "", "xyzzy", "", "i don't know", "i don't know")
"""A clear no for numbness, nothing heard about the bladder, doubt about the bowel."""
_HEARD = ("heard", "danger", "volunteered", "corrected")


def resource(made: Mapping[str, Any], kind: str) -> Any:
    (found,) = (e["resource"] for e in made["entry"] if e["resource"]["resourceType"] == kind)
    return found


def items(made: Mapping[str, Any]) -> dict[str, Any]:
    groups = resource(made, "QuestionnaireResponse")["item"]
    return {item["linkId"]: item for group in groups for item in group["item"]}


def reason(item: Mapping[str, Any]) -> str | None:
    return next((e["valueCode"] for e in item.get("extension", ()) if e["url"] == ABSENT), None)


def test_a_clear_no_is_one_and_doubt_silence_and_the_rest_are_not(
    held: Held, wording: LetterWording
) -> None:
    found = items(bundle(held(DOUBT), wording))
    assert found["saddle"]["answer"] == [{"valueBoolean": False}]
    assert [reason(found[name]) for name in ("bladder", "bowel", "accident")] == [
        "unknown", "asked-unknown", "not-asked",
    ]  # fmt: skip
    assert not any("answer" in found[name] for name in ("bladder", "bowel", "legs", "accident"))


def answers(dialog: Dialog) -> st.SearchStrategy[dict[str, Answer]]:
    """Any answers that a session can hold, however they came about."""
    hows = st.sampled_from(get_args(How))

    def one(name: str) -> st.SearchStrategy[Answer]:
        field = dialog.fields[name]
        some: Mapping[str, list[Any]] = {
            "yes_no": ["yes", "no", "unsure", "skip"],
            "number": [3],
            "duration": [9],
            "free": ["it hurts", ""],
        }
        values = [*some.get(field.kind, ()), *getattr(field, "values", {}), None]
        return st.builds(Answer, st.sampled_from(values), hows)

    return st.dictionaries(st.sampled_from(list(dialog.fields)), st.none()).flatmap(
        lambda names: st.fixed_dictionaries({name: one(name) for name in names})
    )


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_only_what_was_heard_has_an_answer(
    data: st.DataObject, dialog: Dialog, understander: Understander, wording: LetterWording
) -> None:
    state = State(answers=data.draw(answers(dialog)))
    visit = visit_of(dialog, state, Conversation(dialog, understander))
    found = items(bundle(visit, wording))
    denied = {a.name for a in visit.asked if a.reassuring}
    for name, item in found.items():
        given_ = state.answers.get(name)
        heard = given_ is not None and given_.how in _HEARD
        assert ("answer" in item) != (reason(item) in REASONS.values())
        if "answer" in item or name in denied:
            assert heard, (name, given_)
            assert given_
            assert given_.value not in (None, "", "unsure", "skip")


@pytest.mark.parametrize("lines", [DOUBT, ("yes", "yes"), ("no",), ()])
def test_the_bundle_is_of_the_shape_that_fhir_wants(
    held: Held, wording: LetterWording, lines: tuple[str, ...]
) -> None:
    made = bundle(held(lines), wording)
    assert Bundle.model_validate(made).type == "collection"
    questions = resource(made, "Questionnaire")
    asked = {item["linkId"] for group in questions["item"] for item in group["item"]}
    assert asked == items(made).keys()
    assert resource(made, "QuestionnaireResponse")["questionnaire"].startswith(questions["url"])


def test_what_was_advised_is_a_risk_with_its_rules_and_an_open_check_is_none(
    held: Held, wording: LetterWording
) -> None:
    grave = resource(bundle(held(("yes", "yes", "yes")), wording), "RiskAssessment")
    (prediction,) = grave["prediction"]
    assert prediction["outcome"]["text"].startswith("EMERGENCY: ")
    assert "E01" in prediction["rationale"]
    assert "call" in grave["mitigation"]
    open_one = resource(bundle(held(("yes", "no")), wording), "RiskAssessment")
    assert (open_one["status"], "prediction" in open_one) == ("preliminary", False)
    for risk in (grave, open_one):
        assert "not a diagnosis" in risk["note"][0]["text"]


def sections(visit: Visit, wording: LetterWording) -> dict[str, tuple[str, ...]]:
    return {s.heading: s.lines for s in letter(visit, wording).sections}


def test_the_letter_keeps_no_doubt_and_silence_apart(held: Held, wording: LetterWording) -> None:
    visit = held(DOUBT)
    found, heads, fields = sections(visit, wording), wording.headings, visit.dialog.fields
    assert found[heads.denied] == ("numbness",)
    assert found[heads.unsure] == (fields["bowel"].ask,)
    assert found[heads.not_heard] == (fields["bladder"].ask,)
    assert fields["accident"].topic in found[heads.not_asked]
    assert found[heads.result] == (
        wording.result(visit.outcome["care"], visit.outcome["time_frame"]),
    )
    everywhere = [line for name, lines in found.items() if name != heads.denied for line in lines]
    assert "numbness" not in everywhere


def test_a_check_that_was_not_finished_has_no_result(held: Held, wording: LetterWording) -> None:
    found = sections(held(("yes", "no")), wording)
    assert found[wording.headings.result] == (wording.unfinished,)
    assert found[wording.headings.rules] == (wording.none,)


def sessions(dialog: Dialog) -> Iterator[dict[str, Answer]]:
    """Every question in one standing: the longest letters."""
    for how, value in (("heard", None), ("unsure", "unsure"), ("unknown", None)):
        answers = {}
        for name, field in dialog.fields.items():
            clear = {"yes_no": "yes", "number": 10, "duration": 400, "free": "word " * 30}
            last = clear.get(field.kind) or list(getattr(field, "values", ["x"]))[-1]
            doubt = value if field.kind == "yes_no" else None
            answers[name] = Answer(last if how == "heard" else doubt, how)  # type: ignore[arg-type]
        yield answers


def test_the_letter_is_one_page_however_much_was_said(
    dialog: Dialog, understander: Understander, wording: LetterWording, held: Held
) -> None:
    visits = [visit_of(dialog, State(answers=answers), Conversation(dialog, understander))
              for answers in sessions(dialog)]  # fmt: skip
    for visit in (*visits, held(DOUBT), held(())):
        made = to_pdf(letter(visit, wording))
        assert made.startswith(b"%PDF-")
        assert made.count(b"/Type /Page\n") == 1


def test_the_page_shows_what_was_said_as_text(held: Held, wording: LetterWording) -> None:
    visit = held(("yes", "no", "no", "no", "no"))
    nasty = letter(visit, wording.model_copy(update={"about": "<script>x</script>"}))
    assert "&lt;script&gt;" in to_html(nasty)
    assert "<script" not in to_html(nasty)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    lines = iter(["yes", "no", "yes"])
    monkeypatch.setattr("builtins.input", lambda *_: next(lines))
    assert main(["run", "--text"]) == 0
    capsys.readouterr()
    return Store.from_platform().journals()[-1]


@pytest.mark.usefixtures("kept")
def test_a_kept_session_is_exported_for_its_owner_alone(tmp_path: Path) -> None:
    record, page, pdf = tmp_path / "a.json", tmp_path / "a.html", tmp_path / "a.pdf"
    assert main(["sessions", "export", "--fhir", str(record), "--letter", str(page)]) == 0
    assert main(["sessions", "export", "last", "--letter", str(pdf)]) == 0
    assert {f.stat().st_mode & 0o777 for f in (record, page, pdf)} == {0o600}
    made = json.loads(record.read_text())
    assert Bundle.model_validate(made)
    found = items(made)
    assert (found["saddle"]["answer"], found["bladder"]["answer"]) == (
        [{"valueBoolean": False}], [{"valueBoolean": True}],
    )  # fmt: skip
    assert resource(made, "RiskAssessment")["prediction"][0]["outcome"]["text"].startswith("EMERG")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ([], 2, "say what to write"),
        (["--letter", "a.doc"], 2, "ends in .html or .pdf"),
        (["--fhir", "/missing/a.json"], 3, "no such folder"),
        (["nobody", "--fhir", "a.json"], 2, "there is no session"),
    ],
)
@pytest.mark.usefixtures("kept")
def test_what_cannot_be_exported_is_one_line(
    capsys: pytest.CaptureFixture[str], words: list[str], code: int, told: str
) -> None:
    assert main(["sessions", "export", *words]) == code
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line


def test_a_session_of_another_dialog_is_not_read_with_this_one(
    kept: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    first, *rest = kept.read_text().splitlines()
    kept.write_text("\n".join([json.dumps({**json.loads(first), "dialog": "other"}), *rest, ""]))
    assert main(["sessions", "export", "--fhir", str(tmp_path / "a.json")]) == 2
    assert "another dialog" in capsys.readouterr().err
    assert not (tmp_path / "a.json").exists()
