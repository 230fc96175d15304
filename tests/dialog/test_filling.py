"""Braces in texts: a plain name stands for a value; no text reaches into the program."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.filling import fill, mistake_in
from voice_skill.errors import DialogError
from voice_skill.paths import dialog_folder


def test_a_plain_name_stands_for_its_value() -> None:
    assert fill("Call {number}, {number}.", {"number": 112}) == "Call 112, 112."


def test_what_is_filled_in_is_not_filled_again() -> None:
    assert fill("{a}", {"a": "{b}", "b": "no"}) == "{b}"


@given(st.text(alphabet="{}a_.![]:>09%", max_size=40))
def test_no_text_ends_in_an_error_or_in_more_than_it_says(text: str) -> None:
    assert len(fill(text, {"a": "b"})) <= len(text)
    assert mistake_in(text, {"a"}) is not None or not set("{}") & set(fill(text, {"a": "b"}))


TRICKS = [
    "{", "}", "{}", "{0}", "{{emergency_number}}", "{emergency_number:>999999999}",
    "{emergency_number.__class__}", "{emergency_number[0]}", "{emergency_number!r}", "{nobody}",
]  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize(
    ("file", "before"),
    [
        ("dialog.yaml", 'intro: "'),
        ("messages.yaml", '  goodbye: "'),
        ("dispositions.yaml", 'safety_net: "'),
        ("stage-1-emergency.yaml", '    ask: "'),
        ("stage-1-emergency.yaml", '    why: "'),
    ],
)
def test_braces_that_nobody_can_fill_are_refused_with_their_place(
    tmp_path: Path, file: str, before: str, trick: str
) -> None:
    folder = changed(tmp_path, file, before, before + trick)
    with pytest.raises(DialogError, match=rf"{file}:\d+:\d+: .*(braces hold|nothing stands for)"):
        Dialog.from_folder(folder)


@pytest.mark.parametrize("trick", TRICKS)
def test_the_texts_of_the_coach_and_the_ladder_too(tmp_path: Path, trick: str) -> None:
    folder = changed(tmp_path, "coaching.yaml", '  left_out: "', f'  left_out: "{trick}')
    dialog = Dialog.from_folder(folder)
    with pytest.raises(DialogError, match=r"coaching\.yaml:\d+:\d+: "):
        assert Content(folder, dialog).library
    folder = changed(tmp_path / "2", "ladder.yaml", 'today: "', f'today: "{trick}')
    with pytest.raises(DialogError, match=r"ladder\.yaml:\d+:\d+: "):
        assert Content(folder, dialog).ladder


def changed(place: Path, file: str, old: str, new: str) -> Path:
    folder = place / "en"
    shutil.copytree(dialog_folder(), folder)
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    return folder
