"""A kept session shows its questions and understood values, and never the words said."""

from dataclasses import replace
from pathlib import Path

import pytest
from sessions_and_words import changed, hold

from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import UsageError
from voice_skill.review.graph import picture
from voice_skill.review.marking import with_walk
from voice_skill.review.mermaid import to_mermaid
from voice_skill.review.walk import Turn, kept_walk
from voice_skill.storage.journal import Journal


def test_the_way_of_a_session_is_found_again(dialog: Dialog, kept: Path) -> None:
    walk = kept_walk(dialog, kept)
    assert walk.turns[0] == Turn("symptom_now", "yes")
    assert walk.turns[1].field == "saddle"
    assert walk.care == "EMERGENCY"
    assert "E01" in walk.rules


def test_what_was_said_is_not_drawn(dialog: Dialog, kept: Path) -> None:
    found = with_walk(picture(dialog), dialog, kept_walk(dialog, kept))
    assert "bits" in kept.read_text()
    assert "my bits" not in to_mermaid(found)


def test_a_free_account_is_not_drawn(dialog: Dialog) -> None:
    answers = ["yes", *["no"] * 8, "thirty", *["no"] * 7, "my secret garden"]
    walk = kept_walk(dialog, hold(*answers))
    assert not any("secret" in turn.value for turn in walk.turns)


def test_the_way_is_marked_in_words_and_in_weight(dialog: Dialog, kept: Path) -> None:
    found = with_walk(picture(dialog), dialog, kept_walk(dialog, kept))
    marks = {b.name: b.walked for g in found.groups for b in g.boxes if b.walked}
    assert list(marks) == ["symptom_now", "saddle"]
    assert marks["symptom_now"] == "turn 1: yes"
    assert [end.care for end in found.ends if end.walked] == ["EMERGENCY"]
    assert [e.labels for e in found.edges if e.walked and e.kind == "red_flag"] == [("E01",)]


def test_a_session_that_was_cut_off_has_no_end(dialog: Dialog) -> None:
    walk = kept_walk(dialog, hold("yes"))
    assert walk.care is None
    assert walk.turns[-1] == Turn("saddle", "not answered")
    found = with_walk(picture(dialog), dialog, walk)
    assert not any(end.walked for end in found.ends)
    assert "This session has no result: it was stopped or cut off." in found.legend


def test_what_the_warm_up_came_to_is_told(dialog: Dialog, kept: Path) -> None:
    with Journal.reopen(kept) as journal:
        journal.note({"finished": "URGENT", "warm_up": "URGENT"})
    found = with_walk(picture(dialog), dialog, kept_walk(dialog, kept))
    assert found.legend[-1] == "The warm-up that followed came to URGENT."


def test_a_session_is_not_drawn_on_another_dialog(dialog: Dialog, kept: Path) -> None:
    field = changed(dialog.fields["saddle"], ask="Something else?")
    other = replace(dialog, fields={**dialog.fields, "saddle": field})
    with pytest.raises(UsageError, match="another dialog or another version"):
        kept_walk(other, kept)
