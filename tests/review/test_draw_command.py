"""`voice-skill draw`: the suffix decides, and what cannot be done is told in one line."""

import shutil
from pathlib import Path

import pytest

from voice_skill.cli import main
from voice_skill.storage.settings import change


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["draw", *arguments])
    return code, capsys.readouterr().err


@pytest.mark.parametrize(("name", "start"), [
    ("a.mmd", b"flowchart"), ("a.svg", b"<?xml"), ("a.png", b"\x89PNG"), ("a.PNG", b"\x89PNG"),
    ("a.md", b"Back check"), ("a.html", b"<!DOCTYPE html>"),
])  # fmt: skip
def test_the_suffix_decides_what_is_made(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, start: bytes
) -> None:
    if name.lower().endswith(("svg", "png")) and not shutil.which("dot"):
        pytest.skip("Graphviz is not installed")
    assert run(capsys, "-o", str(tmp_path / name)) == (0, f"written: {tmp_path / name}\n")
    assert (tmp_path / name).read_bytes().startswith(start)


@pytest.mark.parametrize(("arguments", "complaint"), [
    (("-o", "a.doc"), ".mmd, .svg, .png for a picture, .md, .html, .pdf for a document"),
    (("-o", "a"), "what to make is told by the suffix"),
    (("-o", "a.mmd", "--to", "SOMEDAY"), "no care level 'SOMEDAY'; the levels: EMERGENCY, URGENT"),
    (("-o", "a.mmd", "--session", "yesterday"), "no session 'yesterday'"),
    (("-o", "a.mmd", "--session", "last"), "no session 'last'"),
    (("-o", "a.html", "--to", "REST"), "--to, --session and --stage go with a picture"),
    (("-o", "a.mmd", "--stage", "later"), "no stage 'later'; the parts: overview, 'The days"),
    (("-o", "nowhere/a.mmd"), "nowhere/a.mmd: cannot be written: No such file or directory"),
    ((), "-o/--output"),
])  # fmt: skip
def test_what_cannot_be_done_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    complaint: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, told = run(capsys, *arguments)
    assert code == 2
    assert complaint in told
    assert len(told.splitlines()) == 1
    assert not list(tmp_path.glob("a*"))


def test_without_graphviz_mermaid_still_works(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    code, told = run(capsys, "-o", str(tmp_path / "a.svg"))
    assert code == 3
    assert "apt install graphviz" in told
    assert not (tmp_path / "a.svg").exists()
    assert run(capsys, "-o", str(tmp_path / "a.mmd"))[0] == 0


def test_a_care_level_may_be_written_small(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(capsys, "-o", str(tmp_path / "a.mmd"), "--to", "rest")[0] == 0
    assert "what leads to REST" in (tmp_path / "a.mmd").read_text()


def test_a_picture_of_a_session_is_for_its_owner_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, kept: Path
) -> None:
    file = tmp_path / "a.mmd"
    file.write_text("already there, readable by all")
    for name in ("last", kept.stem):
        assert run(capsys, "-o", str(file), "--session", name)[0] == 0
        assert kept.stem in file.read_text()
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_document_shows_the_dialog_and_not_its_user(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "a.md"
    run(capsys, "-o", str(file))
    before = file.read_bytes()
    change("emergency_number", "999 888")
    run(capsys, "-o", str(file))
    assert file.read_bytes() == before
