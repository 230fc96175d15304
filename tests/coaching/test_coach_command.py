"""`voice-skill coach`: what others build on."""

import json
from pathlib import Path

import pytest

from voice_skill.cli import main

KEYS = ["at_seconds", "kind", "drill", "text"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["coach", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize(("lines", "outcome"), [
    ("", "run"), ("120 down my leg\n125 both\n", "EMERGENCY"), ("# a remark\n60.5 stop\n", "rest"),
    ("10 <silence>\n11 <silence>\n", "rest"), ("100 ow\n104 nine\n", "URGENT"),
])  # fmt: skip
def test_each_line_is_one_event_and_the_last_names_the_outcome(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, lines: str, outcome: str
) -> None:
    (tmp_path / "events").write_text(lines)
    code, out, _ = run(
        capsys, "standard", "--virtual", "--json", "--events", str(tmp_path / "events")
    )
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert all(list(row) == KEYS for row in rows)
    assert {row["kind"] for row in rows} <= {"say", "count", "earcon", "heard", "end"}
    assert [row["kind"] for row in rows].count("end") == 1
    assert rows[-1]["kind"] == "end"
    assert rows[-1]["text"] == outcome


@pytest.mark.parametrize("text", ["soon stop\n", "12\n", "-3 stop\n", "nan stop\n", "1 a\nx\n"])
def test_a_bad_events_file_is_one_line_with_its_place(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str
) -> None:
    path = tmp_path / "events"
    path.write_text(text)
    code, out, err = run(capsys, "standard", "--virtual", "--events", str(path))
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert f"{path}:{len(text.splitlines())}" in err


@pytest.mark.parametrize("arguments", [
    ["yoga", "--virtual"], ["standard", "--virtual", "--events", "/missing"],
    ["standard", "--events", "/missing"], [],
])  # fmt: skip
def test_wrong_use_is_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
