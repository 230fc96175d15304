"""When a warm-up meets a warning sign, nothing is read or expanded any more."""

from pathlib import Path

import pytest

from voice_skill.coaching.effects import Reopening
from voice_skill.content import Content
from voice_skill.understanding.understander import Understander
from voice_skill.visit.recheck import Retriage, prepare


def test_what_the_safety_questions_need_is_expanded_before(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    understander = Understander.from_dialog(content.dialog)  # nothing was asked with it yet
    prepare(content.dialog, understander)
    ready = {*understander.lexicon._parsers}

    def refuse(*_: object) -> None:
        raise AssertionError("a file is opened, or a dialog read, at the moment of pain")

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "read_text", refuse)
    monkeypatch.setattr(Understander, "from_dialog", refuse)
    why = Reopening("it goes down my leg", reach="one", pain=3)
    talk, _ = Retriage.after(content.dialog, understander, None, why)
    asked = []
    while talk.floor is not None and talk.floor.field in ready:
        asked.append(talk.floor.field)
        talk.hear_unrated("yes" if talk.floor.field == "confirm" else "no")
    assert understander.lexicon._parsers.keys() == ready
    assert {"saddle", "bladder", "belly", "confirm"} <= {*asked}, "the safety questions"


def test_the_understander_of_the_warm_up_is_that_of_the_check(content: Content) -> None:
    assert content.library.ear.understander is content.understander
    assert content.ladder.library.ear.understander is content.understander
    assert content.conversation().understander is content.understander
