"""`voice-skill diary` and `voice-skill profile`."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from voice_skill.cli import main
from voice_skill.diary.entry import Entry
from voice_skill.storage.diary_file import Book
from voice_skill.storage.store import Store


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def book() -> Book:
    book = Book.from_store(Store.from_platform())
    for day, pain in ((1, 5), (8, 3), (15, None)):
        when = f"2026-03-{day:02}T08:00:00+00:00"
        book = book.with_entry(Entry(when, "REST", "walk", pain))
    last = Entry("2026-03-20T08:00:00+00:00", "WARMUP", "warm_up_then_walk", 2, "gentle", "walk",
                 ("walk_easy", "mini_squat"), ("glute_bridge",),
                 since_rest="better", ladder="step 1 of 6: 6 runs, run")  # fmt: skip
    book = book.with_entry(last)
    book.save()
    return book


def test_the_diary_as_text_and_data(capsys: pytest.CaptureFixture[str], book: Book) -> None:
    code, out, _ = run(capsys, "diary")
    assert code == 0
    assert len(out.splitlines()) == 4
    assert "gentle to walk (2 drills, 1 left out)" in out
    assert "way back: step 1 of 6: 6 runs, run  since the rest began: better" in out
    rows = json.loads(run(capsys, "diary", "--json")[1])
    assert [row["pain"] for row in rows] == [5, 3, None, 2]


def test_the_page_says_in_words_what_the_plot_shows(
    capsys: pytest.CaptureFixture[str], book: Book, tmp_path: Path
) -> None:
    assert run(capsys, "diary", "-o", str(tmp_path / "d.html"))[0] == 0
    text = (tmp_path / "d.html").read_text()
    words = (
        "Pain in 3 sessions from 1 Mar 2026 to 20 Mar 2026: first 5, last 2, lowest 2, highest 5"
    )
    svg = ElementTree.fromstring(text[text.index("<svg") : text.index("</svg>") + 6])
    assert svg.attrib["role"] == "img"
    assert words in (svg.findtext("desc") or "")
    assert text.count(words) == 2
    assert "<caption>" in text
    assert text.count('scope="row"') == 4


def test_the_table_has_a_row_a_session(
    capsys: pytest.CaptureFixture[str], book: Book, tmp_path: Path
) -> None:
    assert run(capsys, "diary", "-o", str(tmp_path / "d.csv"))[0] == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "d.csv").read_text())))
    assert [row["pain"] for row in rows] == ["5", "3", "", "2"]
    assert rows[-1]["done"] == "walk_easy mini_squat"
    assert rows[-1]["ladder"] == "step 1 of 6: 6 runs, run"


def test_an_empty_diary_and_a_morning_without_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "diary")[:2] == (0, "")
    assert run(capsys, "diary", "--morning", "yes")[0] == 2
    assert run(capsys, "diary", "-o", "/missing/d.html")[0] == 3


def test_a_session_writes_its_entry(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = iter(["yes", "yes"])
    monkeypatch.setattr("builtins.input", lambda *_: next(lines))
    run(capsys, "run", "--text")
    (entry,) = Book.from_store(Store.from_platform()).entries
    assert entry.care == "EMERGENCY"


def test_the_profile_is_shown_set_and_forgotten(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "profile", "set", "age", "44")[0] == 0
    assert run(capsys, "profile", "set", "known_disc", "yes")[0] == 0
    assert run(capsys, "profile", "set", "checked", "cleared")[0] == 0
    known = json.loads(run(capsys, "profile", "show", "--json")[1])
    assert known == {"age": 44, "known_disc": "yes", "checked": "cleared"}
    assert "age = 44" in run(capsys, "profile", "show")[1]
    assert run(capsys, "profile", "forget", "age")[0] == 0
    assert run(capsys, "profile", "forget", "all")[0] == 0
    assert json.loads(run(capsys, "profile", "show", "--json")[1]) == {}


@pytest.mark.parametrize("arguments", [
    ["set", "saddle", "no"], ["set", "age", "old"], ["set", "age"], ["set"], ["forget", "shoe"],
    ["set", "known_disc", "unsure"], ["set", "checked", "maybe"],
])  # fmt: skip
def test_what_makes_no_sense_in_a_profile_is_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    code, out, err = run(capsys, "profile", *arguments)
    assert (code, out, len(err.splitlines())) == (2, "", 1)


def keep_profile(text: str) -> None:
    path = Store.from_platform().folder / "profile.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize("nonsense", [
    '"age": "abc"', '"age": -5', '"age": true', '"age": [44]', '"age": null', '"saddle": "no"',
    '"known_disc": "perhaps"', '"known_disc": "unsure"', '"shoe": 9',
])  # fmt: skip
def test_a_remembered_value_that_makes_no_sense_is_asked_again(
    capsys: pytest.CaptureFixture[str], nonsense: str
) -> None:
    keep_profile(f'{{"format": 1, "values": {{"immune": "no", {nonsense}}}}}')
    assert json.loads(run(capsys, "profile", "show", "--json")[1]) == {"immune": "no"}


@pytest.mark.parametrize(("text", "complaint"), [
    ('{"format": 1, "values": 5}', "makes no sense"), ('{"values": null}', "makes no sense"),
    ('{"format": 9, "values": {}}', "newer"), ("{", "damaged"), ("[]", "not an object"),
])  # fmt: skip
def test_a_profile_that_cannot_be_read_is_told_and_can_be_forgotten(
    capsys: pytest.CaptureFixture[str], text: str, complaint: str
) -> None:
    keep_profile(text)
    for arguments in (("profile", "show"), ("profile", "set", "age", "44")):
        code, out, err = run(capsys, *arguments)
        assert (code, out, len(err.splitlines())) == (3, "", 1)
        assert complaint in err
    assert run(capsys, "profile", "forget", "all")[0] == 0
    assert run(capsys, "profile", "show", "--json")[:2] == (0, "{}\n")
