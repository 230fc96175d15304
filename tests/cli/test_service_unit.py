"""A start at boot: the unit stands where systemd looks, and systemd can read it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from voice_skill.cli import main
from voice_skill.cli.service import WHAT, unit, unit_file

SYSTEMCTL = """#!/bin/sh
echo "$@" >> "$ORDERS"
case "$2" in is-enabled) echo enabled;; is-active) echo inactive; exit 3;; esac
"""


@pytest.fixture
def orders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A systemctl that writes down what it is told, and answers."""
    place = tmp_path / "bin"
    place.mkdir()
    (place / "systemctl").write_text(SYSTEMCTL)
    (place / "systemctl").chmod(0o755)
    monkeypatch.setenv("PATH", f"{place}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("ORDERS", str(tmp_path / "orders"))
    return tmp_path / "orders"


def test_it_is_written_enabled_told_and_removed(
    orders: Path, capsys: pytest.CaptureFixture[str], isolated_home: Path
) -> None:
    assert main(["service", "install", "serve"]) == 0
    assert isolated_home in unit_file().parents
    assert unit_file().read_text() == unit("serve")
    assert "enable-linger" in capsys.readouterr().err
    assert main(["service", "status"]) == 0
    out = capsys.readouterr().out
    assert '"voice_skill" "serve"' in out
    assert "is-enabled: enabled" in out
    assert main(["service", "remove"]) == 0
    assert not unit_file().exists()
    assert orders.read_text().splitlines() == [
        "--user daemon-reload", "--user enable voice-skill.service",
        "--user is-enabled voice-skill.service", "--user is-active voice-skill.service",
        "--user disable --now voice-skill.service", "--user daemon-reload",
    ]  # fmt: skip


def test_without_systemd_it_says_what_to_do_by_hand(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert main(["service", "install"]) == 0
    assert "by hand: systemctl --user enable voice-skill.service" in capsys.readouterr().err
    assert '"run"' in unit_file().read_text()


def test_nothing_is_removed_where_nothing_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["service", "remove"]) == 0
    assert "nothing begins at boot" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/proc/nowhere")
    assert main(["service", "install"]) == 3
    assert "cannot be written" in capsys.readouterr().err


def test_a_path_with_signs_that_mean_something_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/a b/100%/$x/python")
    assert 'ExecStart="/a b/100%%/$$x/python" "-m"' in unit("run")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not here")
@pytest.mark.parametrize("what", WHAT)
def test_systemd_can_read_it(tmp_path: Path, what: str) -> None:
    path = tmp_path / "voice-skill.service"
    path.write_text(unit(what))
    done = subprocess.run(["systemd-analyze", "verify", "--user", "--man=no", str(path)],
                          capture_output=True, text=True, check=False,
                          env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)})  # fmt: skip
    about_it = [line for line in done.stderr.splitlines() if "voice-skill" in line]
    assert about_it == []
