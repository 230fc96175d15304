"""Strict reading: nothing is guessed, every error says where and what to write."""

import os
import shutil
import time
from pathlib import Path

import pytest

from voice_skill.dialog import reader
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.reader import read_document
from voice_skill.dialog.schema import FILES, schema
from voice_skill.errors import DialogError
from voice_skill.paths import dialog_folder


def test_yes_no_and_times_stay_text(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("{yes: red_flag, no: next, on: a, off: b, time: 1:30, reps: 08, n: 7, t: true}")
    assert read_document(file).data == {
        "yes": "red_flag", "no": "next", "on": "a", "off": "b", "time": "1:30", "reps": "08",
        "n": 7, "t": True,
    }  # fmt: skip


def test_a_key_that_stands_twice_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("a: 1\nb: 2\na: 3\n")
    with pytest.raises(DialogError, match=r"a\.yaml:3:1: 'a' stands twice \(first in line 1\)"):
        read_document(file)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("rules.yaml", "pos(saddle)", "pos(sadle)", r"yaml:\d+:\d+: there is no field 'sadle'"),
        ("rules.yaml", "pain >= 8", "pain >= 'a'", "'pain' is a number"),
        ("rules.yaml", "legs == 'both' and both_new != 'no'", "legs == 'three'", "never 'three'"),
        ("rules.yaml", "pos(belly)", "__import__('os')", "the only function is pos"),
        ("rules.yaml", "pos(belly)", "pos(belly) +", "not an expression"),
        ("rules.yaml", "id: E02", "id: E01", "stands twice"),
        ("rules.yaml", "care: EMERGENCY", "care: EMERGANCY", r"rules\.yaml:\d+:\d+: 'care'"),
        ("stage-1-emergency.yaml", "    ask: \"Any", "    asks: \"Any", "'asks' is not a key"),
        ("stage-3-pattern.yaml", "unsure: buttock", "unsure: bum", "not one of the values"),
        ("messages.yaml", "  noinput_1:", "  noinput_9:", "'noinput_1' is missing"),
        ("phrases.yaml", "- field: saddle", "- field: sadle", "no field 'sadle'"),
        ("phrases.yaml", "  stop:", "  stopp:", "'stop' is missing"),
        ("dispositions.yaml", "rules: [R03, R07,", "rules: [R03, R77,", "no rule 'R77'"),
        ("dialog.yaml", "  - stage-2-risk\n", "  - stage-9\n", "cannot be read"),
        ("stage-2-risk.yaml", "stage:", "stage: [", "not YAML"),
        ("stage-2-risk.yaml", "stage:", "stage: " + "[" * 3000, r"risk\.yaml:\d+:.*nested too"),
        ("rules.yaml", "pos(belly)", "not " * 900 + "pos(belly)", r"rules\.yaml:\d+.*too deeply"),
        ("rules.yaml", "pos(belly)", "(" * 3000 + "pos(belly)", "not an expression|too deeply"),
        ("rules.yaml", "pain >= 8", "pain >= " + "9" * 3000, r"rules\.yaml:\d+:\d+: .*too large"),
        ("answers/stage-3-pattern.yaml", "words:\n", "words:\n        a: [b]\n", "a whole number"),
        ("stage-3-pattern.yaml", "maximum: 10\n", "maximum: 99999999999\n", "cannot be told apart"),
        ("dialog.yaml", "  - stage-2-risk\n", '  - "stage\\0"\n', r"dialog\.yaml:\d+:.*the sign"),
        ("dialog.yaml", "  - stage-2-risk\n", "  - ../en/stage-2-risk\n", r"yaml:\d+:.*a stage is"),
    ],
)  # fmt: skip
def test_a_bad_dialog_never_starts(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    folder = tmp_path / "en"
    shutil.copytree(dialog_folder(), folder)
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    with pytest.raises(DialogError, match=message):
        Dialog.from_folder(folder)


def test_a_file_that_is_no_mapping_is_told_so(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    shutil.copytree(dialog_folder(), folder)
    (folder / "rules.yaml").write_text("- a\n")
    with pytest.raises(DialogError, match=r"rules\.yaml:1:1: 'the file' must be keys with values"):
        Dialog.from_folder(folder)


def test_aliases_that_stand_for_too_much_are_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MAX_NODES", 1000)
    ten = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"]
    ten += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    file = tmp_path / "a.yaml"
    file.write_text("\n".join(ten))
    with pytest.raises(DialogError, match="aliases stand for too much"):
        read_document(file)


@pytest.mark.parametrize("kind", sorted(FILES))
def test_a_schema_is_made_for_every_file(kind: str) -> None:
    assert schema(kind)["type"] == "object"


TOO_MUCH = {
    "a comment of fifty megabytes": ("#" * 50_000_000, r":1:1: larger than"),
    "aliases of aliases": (
        "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
        + "\n".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)),
        r":\d+:\d+: the aliases stand for too much",
    ),
    "a list without end": ("a: [" + "x," * 240_000 + "]", r":1:\d+: .*too much for one file"),
    "a number of 3,000 digits": ("a: " + "9" * 3000, ":1:4: a number of at most"),
    "a number of 5,000 digits": ("a: " + "9" * 5000, ":1:4: a text of over"),
    "a decimal of 400 digits": ("a: " + "9" * 400 + ".0", ":1:4: a number of at most"),
    "a NUL": ('a:\n  b: "x\\0"', ":2:6: the sign"),
    "a NUL in a key": ('a:\n  "b\\0": x', ":2:3: the sign"),
    "a raw NUL": ("a:\n  b: x\0", ":2:7: not YAML"),
    "half a sign": ('a: "\\ud800"', ":1:4: the sign"),
    "an escape of no sign": ('a: "\\UFFFFFFFF"', ":1:.*: not YAML"),
    "deep within": ("- " * 400, ":1:.*nested too deeply"),
    "a text without end": ("a: " + "x " * 100_000, ":1:4: a text of over"),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_is_too_much_or_odd_is_refused_at_its_place_within_two_seconds(
    tmp_path: Path, name: str
) -> None:
    text, message = TOO_MUCH[name]
    file = tmp_path / "a.yaml"
    file.write_text(text)
    began = time.process_time()
    with pytest.raises(DialogError, match=r"a\.yaml" + message) as raised:
        read_document(file)
    assert time.process_time() - began < 2  # of work: others may be at work here too
    assert len(str(raised.value)) < 400


def test_a_file_that_is_no_text_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes("a: é\nb: ".encode() + b"\xff")
    with pytest.raises(DialogError, match=r"a\.yaml:2:4: cannot be read: not a text in UTF-8"):
        read_document(file)


def test_the_mark_of_utf_8_is_no_part_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: b")
    assert read_document(file).data == {"a": "b"}


def test_a_pipe_is_no_dialog_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    with pytest.raises(DialogError, match="not a file"):
        read_document(tmp_path / "a.yaml")
