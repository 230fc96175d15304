"""The command line as people expect it: help, one name for one thing, "did you mean"."""

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.cli import main, parser
from voice_skill.cli.help import GROUPS, SHELLS, parsers
from voice_skill.errors import UsageError
from voice_skill.storage.settings import load, usable
from voice_skill.storage.store import Store

ROOT = Path(__file__).resolve().parents[2]
Told = tuple[int, str, str]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Told:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def named(command: Any) -> str:
    return str(command.prog).removeprefix("voice-skill").strip()


COMMANDS = [p for p in parsers(parser()) if named(p)]


@pytest.mark.parametrize("bare", [[], ["sessions"], ["settings"], ["profile"], ["model"]])
def test_called_bare_it_shows_its_help(capsys: pytest.CaptureFixture[str], bare: list[str]) -> None:
    code, out, err = run(capsys, *bare)
    assert (code, err) == (0, "")
    with pytest.raises(SystemExit):
        main([*bare, "--help"])
    assert capsys.readouterr().out == out
    assert "examples:" in out


def test_every_command_stands_in_one_group_of_the_help(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listed = [name for names in GROUPS.values() for name in names]
    assert sorted(listed) == sorted({named(command).split()[0] for command in COMMANDS})
    _, out, _ = run(capsys)
    for title, names in GROUPS.items():
        section = out.split(f"{title}:\n")[1].split("\n\n")[0]
        assert re.findall(r"^  (\w+)", section, re.MULTILINE) == list(names)


def examples() -> Iterator[str]:
    for command in parsers(parser()):
        yield from getattr(command, "examples", ())


@pytest.mark.parametrize("line", [line for line in examples() if line.startswith("voice-skill ")])
def test_an_example_is_a_command_that_there_is(line: str) -> None:
    words = shlex.split(line.partition(" > ")[0])
    assert parser().parse_args(words[1:]).command


def test_every_command_that_asks_something_of_you_has_an_example() -> None:
    lacking = [named(c) for c in COMMANDS if " " not in named(c) and not c.examples]  # type: ignore[attr-defined]
    assert lacking == ["schema", "devices", "doctor"]


def test_every_option_and_name_says_what_it_is() -> None:
    for command in COMMANDS:
        for action in command._actions:
            assert action.help or action.metavar == "ACTION", (command.prog, action.dest)


@pytest.mark.parametrize(
    ("option", "value"),
    [("--json", None), ("--microphone", "NAME"), ("--loudspeaker", "NAME"), ("--dialog", "DIR"),
     ("--model", "DIR")],
)  # fmt: skip
def test_an_option_is_the_same_thing_everywhere(option: str, value: str | None) -> None:
    found = [a for command in COMMANDS for a in command._actions if option in a.option_strings]
    flags = {(None if a.nargs in (0, "?") else a.metavar) for a in found}
    assert flags == {value}


def test_the_page_of_commands_has_every_command() -> None:
    table = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8").split("## Exit codes")[0]
    told = " ".join(re.findall(r"^\| (.+?) \| ", table, re.MULTILINE))
    for command in COMMANDS:
        group, _, action = named(command).partition(" ")
        assert re.search(rf"`{group}\b[^`]*\b{action}", told), f"docs/commands.md: {group} {action}"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["sesions", "list"], "sessions"),
        (["sessions", "shwo"], "show"),
        (["run", "--txt"], "--text"),
        (["coach", "standart", "--virtual"], "standard"),
        (["understand", "sadle", "no"], "saddle"),
        (["settings", "set", "emergncy_number", "112"], "emergency_number"),
        (["profile", "set", "agee", "45"], "age"),
        (["run", "--text", "--persona", "strein"], "strain"),
        (["completion", "bsh"], "bash"),
        (["model", "use", "startr"], "starter"),
    ],
)
def test_a_wrong_name_is_answered_with_the_one_that_was_meant(
    capsys: pytest.CaptureFixture[str], words: list[str], meant: str
) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert f"did you mean '{meant}'?" in err


def test_what_is_like_nothing_is_answered_without_a_guess(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "did you mean" not in run(capsys, "xyzzy")[2]


@pytest.mark.parametrize(
    ("old", "dest", "value", "told"),
    [
        (["run", "--input", "usb"], "microphone", "usb", "--input is now called --microphone"),
        (["coach", "gentle", "--output", "usb"], "loudspeaker", "usb",
         "--output is now called --loudspeaker"),
        (["check", "mine"], "folder", Path("mine"), "DIR is now called --dialog DIR"),
        (["check", "--sarif", "a"], "sarif", Path("a"), "--sarif is now called -o FILE.sarif"),
        (["diary", "--html", "a"], "html", Path("a"), "--html is now called -o FILE.html"),
        (["simulate", "--html", "a"], "html", Path("a"), "--html is now called -o FILE.html"),
        (["bench", "hearing", "--speech", "m", "--json", "a"], "json", Path("a"),
         "--json is now called -o FILE.json"),
    ],
)  # fmt: skip
def test_an_old_spelling_works_and_names_the_new_one(
    capsys: pytest.CaptureFixture[str], old: list[str], dest: str, value: object, told: str
) -> None:
    assert getattr(parser().parse_args(old), dest) == value
    assert capsys.readouterr().err == f"voice-skill: {told}\n"


def test_the_new_spelling_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert parser().parse_args(["run", "--microphone", "usb"]).microphone == "usb"
    assert parser().parse_args(["bench", "hearing", "--speech", "m", "--json"]).json is True
    assert capsys.readouterr().err == ""


def test_a_setting_of_an_earlier_version_is_kept_under_its_new_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    store = Store.from_platform()
    store.save("settings", {"input": "usb", "output": "box"})
    assert load(store) == usable(store) == {"microphone": "usb", "loudspeaker": "box"}
    code, _, err = run(capsys, "settings", "set", "input", "other")
    assert (code, "input is now called microphone" in err) == (0, True)
    assert store.load("settings") == {"microphone": "other", "loudspeaker": "box"}


def test_an_ending_tells_what_is_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page, table = tmp_path / "d.html", tmp_path / "d.csv"
    assert run(capsys, "diary", "-o", str(page), "-o", str(table))[0] == 0
    assert page.read_text().lower().startswith("<!doctype html>")
    assert "," in table.read_text().splitlines()[0]
    code, _, err = run(capsys, "diary", "-o", str(tmp_path / "d.pdf"))
    assert (code, "ends in .html or .csv" in err) == (2, True)


def test_settings_show_tells_where_things_are(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "settings", "show")
    folder = Store.from_platform().folder
    for place in (folder / "settings.json", folder / "sessions", ROOT / "models" / "starter"):
        assert str(place) in out


@pytest.mark.parametrize("shell", SHELLS)
def test_a_completion_knows_the_commands_and_no_old_spelling(
    capsys: pytest.CaptureFixture[str], shell: str
) -> None:
    code, out, err = run(capsys, "completion", shell)
    assert (code, err) == (0, "")
    for word in ("understand", "microphone", "delete"):
        assert word in out
    assert "sarif" not in re.sub(r"\(?\.sarif\)?", "", out)


def test_bash_completes_commands_and_options(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    script = tmp_path / "completion"
    script.write_text(run(capsys, "completion", "bash")[1])
    bash = shutil.which("bash")
    assert bash
    asked = f"""source {script}
COMP_WORDS=(voice-skill sess); COMP_CWORD=1; _shtab_voice_skill; echo "${{COMPREPLY[@]}}"
COMP_WORDS=(voice-skill run --mic); COMP_CWORD=2; _shtab_voice_skill; echo "${{COMPREPLY[@]}}"
"""
    told = subprocess.run([bash, "--norc", "-c", asked], capture_output=True, text=True,
                          env={"PATH": os.environ["PATH"]}, check=True)  # fmt: skip
    assert told.stdout.split() == ["sessions", "--microphone"]


def test_voices_are_those_of_the_dialogs_language(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "voices", "--json")
    found = json.loads(out)
    assert code == 0
    assert "gmw/en-us" in [voice["name"] for voice in found]
    assert all(voice["language"].startswith("en") for voice in found)
    assert "did you mean 'gmw/en-us'" in run(capsys, "voices", "--try", "gmw/en-uss")[2]


@pytest.mark.audio
def test_a_voice_is_heard(capsys: pytest.CaptureFixture[str], sound_card: VirtualSoundCard) -> None:
    code, out, _ = run(capsys, "voices", "--try", "en-us")
    assert (code, len(out.splitlines())) == (0, 1)


def test_two_files_of_one_kind_are_refused() -> None:
    from voice_skill.cli.outputs import outputs_of

    with pytest.raises(UsageError, match="one"):
        outputs_of([Path("a.html"), Path("b.html")], {".html": None})
