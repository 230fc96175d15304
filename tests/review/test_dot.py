"""Graphviz really draws the dialog, whatever words stand in it."""

import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sessions_and_words import HOSTILE

from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import DrawingError
from voice_skill.review.dot import render, safe, to_dot
from voice_skill.review.graph import picture
from voice_skill.review.marking import with_walk
from voice_skill.review.walk import kept_walk

needs_dot = pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")


def words(svg: bytes) -> str:
    root = ElementTree.fromstring(svg)
    return " ".join(t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}text"))


@needs_dot
def test_a_picture_holds_every_question_rule_and_end(dialog: Dialog) -> None:
    seen = words(render(to_dot(picture(dialog)), "svg")).replace("+", " ").split()
    for name in (*dialog.fields, *dialog.dispositions, *(rule.id for rule, _ in dialog.rules)):
        assert name in seen, name


@needs_dot
def test_a_picture_for_the_eye_is_made(dialog: Dialog) -> None:
    assert render(to_dot(picture(dialog, "URGENT")), "png").startswith(b"\x89PNG")


@needs_dot
def test_hostile_words_are_drawn_as_they_stand(hostile: Dialog) -> None:
    seen = words(render(to_dot(picture(hostile)), "svg"))
    assert "<b>&amp;x</b>" in seen
    assert "`%%{init}`" in seen


@needs_dot
def test_a_session_is_drawn(dialog: Dialog, kept: Path) -> None:
    found = with_walk(picture(dialog), dialog, kept_walk(dialog, kept))
    seen = words(render(to_dot(found), "svg"))
    assert "turn 1: yes" in seen
    assert "this session" in seen


def test_kinds_of_ways_differ_without_colour(dialog: Dialog) -> None:
    text = to_dot(picture(dialog))
    assert 'color="black:invis:black"' in text
    assert "style=dashed" in text
    assert set(text.split("color=")[1:]) == {
        part for part in text.split("color=")[1:] if part.startswith('"black')
    }


def test_nothing_of_a_text_is_markup() -> None:
    assert set('<>"\n\0').isdisjoint(safe(HOSTILE))


def test_the_text_never_changes_by_itself(dialog: Dialog) -> None:
    assert to_dot(picture(dialog)) == to_dot(picture(dialog))


def test_without_graphviz_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DrawingError, match=r"not installed; install it .* -o FILE\.mmd"):
        render("digraph {}", "svg")


@needs_dot
def test_a_picture_that_graphviz_cannot_make_is_told_in_one_line() -> None:
    with pytest.raises(DrawingError, match=r"failed: .*syntax error"):
        render("no picture", "svg")
