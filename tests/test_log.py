"""The log: enough for a bug report, and no word of what anybody said unless it is asked for."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from voice_skill import cli, log
from voice_skill.cli import main
from voice_skill.errors import VoiceSkillError

SAID = "xylophone"


def failing(*_: object) -> int:
    try:
        raise KeyError(SAID)
    except KeyError:
        raise ValueError(f"no {SAID}") from None


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """`schema` fails in a way of which nobody thought."""
    monkeypatch.setattr(cli.words, "_schema", failing)


def test_an_unexpected_failure_is_one_line_that_says_what_to_attach(
    broken: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schema", "rules"]) == 3
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert "an unexpected failure (ValueError at test_log.py:" in err
    assert f"attach this: {log.log_file()}" in err
    assert "doctor --json" in err
    assert SAID not in err


def test_the_log_holds_where_it_came_from_and_no_word(broken: None) -> None:
    main(["schema", "rules"])
    text = log.log_file().read_text()
    assert "in failing" in text
    assert "Python 3" in text
    assert "exit code 3" in text
    assert SAID not in text.replace("KeyError(SAID)", "").replace("{SAID}", "")


def test_words_are_logged_only_where_they_are_asked_for(broken: None) -> None:
    main(["understand", "saddle", SAID])
    main(["decide", f"/nowhere/{SAID}"])
    main(["settings", "set", SAID, SAID])
    assert SAID not in log.log_file().read_text()
    main(["understand", "saddle", SAID, "--log-words"])
    main(["--log-words", "schema", "rules"])
    text = log.log_file().read_text()
    assert f"'{SAID}' for 'saddle'" in text
    assert f"no {SAID}" in text


def test_it_is_for_its_owner_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.umask(0)
    try:
        main(["schema", "rules"])
    finally:
        os.umask(before)
    assert log.log_file().stat().st_mode & 0o777 == 0o600
    assert log.log_file().parent.stat().st_mode & 0o777 == 0o700


def test_it_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MAX_BYTES", 2000)
    log.begin(False, False)
    for number in range(200):
        log.LOG.info("a line of about sixty signs, number %d", number)
    log.end()
    files = sorted(log.log_file().parent.iterdir())
    assert len(files) == 1 + log.KEPT_FILES
    assert all(path.stat().st_size <= 2000 for path in files)
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_it_can_be_deleted() -> None:
    main(["schema", "rules"])
    log.delete()
    assert list(log.log_file().parent.iterdir()) == []


@pytest.mark.parametrize("way", ["-v", "--verbose"])
@pytest.mark.parametrize("first", [True, False])
def test_it_is_shown_at_once_where_that_is_asked_for(
    capsys: pytest.CaptureFixture[str], way: str, first: bool
) -> None:
    assert main([way, "schema", "rules"] if first else ["schema", "rules", way]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)
    assert "schema(" in err
    assert main(["schema", "rules"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("kind", ["a file in the way", "a folder in the way", "a full disk"])
def test_a_log_that_cannot_be_written_stops_nobody(
    capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    path = log.log_file()
    if kind == "a file in the way":
        path.parent.parent.mkdir(parents=True)
        path.parent.write_text("")
    else:
        path.parent.mkdir(parents=True)
        path.mkdir() if kind == "a folder in the way" else path.symlink_to("/dev/full")
    code = main(["schema", "rules"])
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    assert json.loads(out)


def test_nothing_is_shown_before_it_is_open() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from voice_skill.log import LOG, WORDS; LOG.error('a')"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    assert not logging.getLogger("voice_skill.words").isEnabledFor(logging.CRITICAL)


def test_doctor_tells_all_as_one_object(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from voice_skill.cli import doctor

    def missing() -> str:
        raise VoiceSkillError("plug one in")

    for name in ("_microphone", "_loudspeaker", "_echo"):
        monkeypatch.setattr(doctor, name, missing)
    monkeypatch.setattr(doctor, "_synthesiser", failing)
    code = main(["doctor", "--json"])
    found = json.loads(capsys.readouterr().out)
    checks = {check["name"]: check for check in found["checks"]}
    assert (code, found["healthy"]) == (3, False)
    assert checks["microphone"] == {"name": "microphone", "healthy": False, "text": "plug one in"}
    assert checks["dialog"]["healthy"]
    assert "Python" in checks["program"]["text"]
    assert "ValueError at test_log.py" in checks["synthesiser"]["text"]
    assert str(log.log_file()) in checks["log"]["text"]


def test_doctor_goes_on_where_the_dialog_cannot_be_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from voice_skill.cli import doctor

    for name in ("_model", "_microphone", "_loudspeaker", "_echo", "_synthesiser"):
        monkeypatch.setattr(doctor, name, lambda *_: "well")
    assert main(["doctor", "--dialog", str(tmp_path)]) == 3
    out = capsys.readouterr().out
    assert "FAIL  dialog: " in out
    assert "ok    echo: well" in out
