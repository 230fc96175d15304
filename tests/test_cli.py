"""The commands others build on: their output, their exit codes, one clear line for bad input."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from voice_skill.cli import main
from voice_skill.storage.journal import read
from voice_skill.storage.store import Store


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def test_decide(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "f.json").write_text('{"pain": 6, "onset": "lift_bend", "days": 2}')
    code, out, _ = run(capsys, "decide", str(tmp_path / "f.json"))
    found = json.loads(out)
    assert code == 0
    assert (found["care"], found["variant"], found["rules"]) == ("REST", None, ["D01", "D03"])
    assert found["spoken"]


@pytest.mark.parametrize("text", ["no json", "[]", '{"saddel": "yes"}', '{"pain": 99}'])
def test_decide_refuses_what_makes_no_sense(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str
) -> None:
    (tmp_path / "f.json").write_text(text)
    code, out, err = run(capsys, "decide", str(tmp_path / "f.json"))
    assert (code, out, len(err.splitlines())) == (2, "", 1)


def test_a_script_is_held_and_reported(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("yes\n<silence>\n<noise>\na bit\n")
    code, out, err = run(capsys, "run", "--text", "--script", str(tmp_path / "s.txt"), "--json")
    found = json.loads(out)
    assert (code, found["care"]) == (0, "EMERGENCY")
    assert [turn["outcome"] for turn in found["turns"]] == ["match", "noinput", "nomatch", "match"]
    assert found["fields"]["saddle"] == "yes"
    assert "genitals" in err
    assert not Store.from_platform().journals()


def test_a_script_that_runs_out_never_reassures(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "s.txt").write_text("yes\nno\n")
    _, out, _ = run(capsys, "run", "--text", "--script", str(tmp_path / "s.txt"), "--json")
    assert json.loads(out)["care"] is None


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["understand", "nofield", "no"], 2),
        (["run", "--script", "x"], 2),
        (["run", "--text", "--script", "/missing"], 2),
        (["run", "--text", "--persona", "/missing.yaml"], 2),
        (["decide", "/missing"], 2),
        (["sessions", "show", "none"], 2),
        (["settings", "set", "colour", "red"], 2),
        (["settings", "set", "emergency_number", "abc"], 2),
        (["settings", "set", "rate_wpm", "fast"], 2),
        (["settings", "set", "volume", "0"], 2),
        (["demo", "--persona", "nobody"], 2),
        (["hear", "x.wav"], 2),
        (["hear", "--phrases", "yes", "--model", "/missing", "x.wav"], 3),
        (["understand", "saddle", "no", "--dialog", "/missing"], 3),
        (["nonsense"], 2),
    ],
)
def test_bad_use_is_one_line_and_an_exit_code(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    found, out, err = run(capsys, *arguments)
    assert (found, out, len(err.splitlines())) == (code, "", 1)


def test_settings_and_sessions(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(capsys, "settings", "set", "emergency_number", "112")[0] == 0
    lines = iter(["yes", "yes"])
    monkeypatch.setattr("builtins.input", lambda *_: next(lines))
    _, out, _ = run(capsys, "run", "--text")
    assert "call 112" in out
    store = Store.from_platform()
    (path,) = store.journals()
    assert read(path).finished
    assert {p.stat().st_mode & 0o777 for p in store.sessions.iterdir()} == {0o600}
    assert "EMERGENCY" in run(capsys, "sessions", "list")[1]
    assert "E01" in run(capsys, "sessions", "show", "last")[1]
    assert run(capsys, "sessions", "delete", "all")[0] == 0
    assert not list(store.sessions.iterdir())


def test_an_output_that_takes_no_more_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "voice_skill", "coach", "standard", "--virtual"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 3
    assert done.stderr == "voice-skill: the output: No space left on device\n"
