"""`voice-skill service`: a systemd user unit, so that a check or the service begins at boot."""

import shutil
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import platformdirs

from voice_skill.cli.command import Actions, Options
from voice_skill.errors import StorageError, UsageError

NAME = "voice-skill.service"
WHAT = ("run", "serve")
RETRY_SECONDS, MAX_RETRIES = 10, 6
"""A microphone may come later than the session at boot."""
WAIT_SECONDS = 20.0
UNIT = """\
# Written by: voice-skill service install {what}. It is deleted by: voice-skill service remove
[Unit]
Description=voice_skill: {about}
After=sound.target pipewire.service pulseaudio.service
StartLimitIntervalSec={limit_seconds}
StartLimitBurst={retries}

[Service]
ExecStart={command}
Restart=on-failure
RestartSec={retry_seconds}

[Install]
WantedBy=default.target
"""
ABOUT = {"run": "a spoken back check", "serve": "a service for voice assistants"}


def register(commands: Any) -> None:
    """Add this command to the command line."""
    service = Actions(
        commands, "service", "begin at boot, by a systemd user unit",
        ("voice-skill service install run", "voice-skill service install serve",
         "voice-skill service status", "voice-skill service remove"),
    )  # fmt: skip
    install = service.add("install", _install, "begin a check, or the service, at boot")
    _add_what(install)
    service.add("remove", _remove, "begin nothing at boot any more")
    service.add("status", _status, "what begins at boot, and whether it runs")


def _add_what(install: ArgumentParser) -> None:
    install.add_argument("what", choices=WHAT, nargs="?", default="run",
                         help="run: a check (the default); serve: the service")  # fmt: skip


def unit_file() -> Path:
    """Where systemd looks for it."""
    return Path(platformdirs.user_config_dir("systemd")) / "user" / NAME


def unit(what: str) -> str:
    """The unit as text."""
    command = " ".join(_quoted(part) for part in (sys.executable, "-m", "voice_skill", what))
    return UNIT.format(
        what=what,
        about=ABOUT[what],
        command=command,
        retries=MAX_RETRIES,
        retry_seconds=RETRY_SECONDS,
        limit_seconds=2 * MAX_RETRIES * RETRY_SECONDS,
    )


def _quoted(part: str) -> str:
    """As systemd reads it: percent signs and dollars doubled, in quotes."""
    plain = part.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{plain}"'


def _install(options: Options) -> int:
    if not sys.platform.startswith("linux"):
        raise UsageError("a start at boot is made for systemd alone; see docs/limits.md")
    path = unit_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(unit(options.what), encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{path}: cannot be written: {error.strerror}") from None
    print(f"written: {path}", file=sys.stderr)
    _told_systemd(("daemon-reload",), ("enable", NAME))
    print("to begin it without anybody logged in, once: loginctl enable-linger\n"
          f"to begin it now: systemctl --user start {NAME}", file=sys.stderr)  # fmt: skip
    return 0


def _remove(options: Options) -> int:
    path = unit_file()
    if not path.is_file():
        print("nothing begins at boot", file=sys.stderr)
        return 0
    _told_systemd(("disable", "--now", NAME))
    try:
        path.unlink()
    except OSError as error:
        raise StorageError(f"{path}: cannot be deleted: {error.strerror}") from None
    _told_systemd(("daemon-reload",))
    print(f"deleted: {path}", file=sys.stderr)
    return 0


def _status(options: Options) -> int:
    path = unit_file()
    if not path.is_file():
        print("nothing begins at boot; see: voice-skill service install")
        return 0
    print(path)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("ExecStart="):
            print(f"begins: {line.removeprefix('ExecStart=')}")
    for question in ("is-enabled", "is-active"):
        print(f"{question}: {_asked(question) or 'systemd does not say'}")
    return 0


def _told_systemd(*orders: tuple[str, ...]) -> None:
    """Give orders to systemd; where it does not take one, say what to do by hand."""
    for order in orders:
        done = _systemctl(*order)
        if done is None or done.returncode != 0:
            print(f"do this by hand: systemctl --user {' '.join(order)}", file=sys.stderr)


def _asked(question: str) -> str:
    done = _systemctl(question, NAME)
    return done.stdout.strip() if done else ""


def _systemctl(*order: str) -> "subprocess.CompletedProcess[str] | None":
    """None where there is no systemd, or it does not answer."""
    program = shutil.which("systemctl")
    if program is None:
        return None
    try:
        return subprocess.run(
            [program, "--user", *order],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=WAIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
