"""What a session leaves is taken up once, by one, and in time; what was grave in it is asked."""

import json
import os
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from voice_skill.content import Content
from voice_skill.dialog.effects import Say
from voice_skill.runtime.people.persona import Persona, PersonaFile
from voice_skill.storage import profile
from voice_skill.storage.diary_file import Book
from voice_skill.storage.journal import Journal, read
from voice_skill.storage.record import Kept
from voice_skill.storage.store import Store

WELL = {"symptom_now": "no", "no_symptom_gate": "no", "age": "thirty", "readback": "yes"}
SICK = {"symptom_now": "yes", "opening": "it hurts", "fever": "yes"}
"""Says yes to the fever question, which is urgent and does not end the check."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


def hold(kept: Kept, says: dict[str, str], until: str = "") -> None:
    """Answer until this question is asked, or the end."""
    persona = Persona(PersonaFile(says=says))
    for _ in range(80):
        floor = kept.conversation.floor
        if kept.conversation.finished or floor is None or floor.field == until:
            return
        kept.conversation.hear(persona.answer(floor.field))


def killed(content: Content, store: Store, says: dict[str, str], until: str = "") -> Kept:
    """A check whose process died: it wrote nothing more, and its lock is gone."""
    kept = Kept(content, store, fresh=True)
    hold(kept, says, until)
    kept.release()
    return kept


def after(content: Content, says: dict[str, str], name: str, tmp_path: Path) -> str:
    """The question that comes after this one."""
    kept = Kept(content, Store(tmp_path / "other"), fresh=True)
    hold(kept, says, name)
    kept.conversation.hear(Persona(PersonaFile(says=says)).answer(name))
    assert kept.conversation.floor
    return kept.conversation.floor.field


def age(path: Path, minutes: float) -> None:
    then = time.time() - 60 * minutes
    os.utime(path, (then, then))


def said(kept: Kept) -> str:
    return " ".join(line for e in kept.effects if isinstance(e, Say) for line in e.lines)


def test_a_session_that_is_going_on_is_never_taken_up(content: Content, store: Store) -> None:
    first = Kept(content, store, fresh=False)
    hold(first, SICK, "bladder")
    second = Kept(content, store, fresh=False)
    assert second.path != first.path
    assert "Another check is going on" in said(second)
    assert second.conversation.state.current == "symptom_now"
    assert not read(first.path).ended


def test_a_session_in_its_warm_up_is_going_on_too(content: Content, store: Store) -> None:
    first = Kept(content, store, fresh=False)
    hold(first, WELL)
    first.close()
    first.path.with_suffix(".warmup").write_text("{}")
    assert "Another check is going on" in said(Kept(content, store, fresh=False))


def test_two_that_end_together_lose_nothing(content: Content, store: Store) -> None:
    """Begun in the same second, the graver one ended first."""
    grave, mild = Kept(content, store, fresh=False), Kept(content, store, fresh=False)
    mild.started_at = grave.started_at
    hold(mild, WELL, "readback")
    hold(grave, {"symptom_now": "yes", "saddle": "yes"})
    assert grave.close().care == "EMERGENCY"
    hold(mild, WELL)
    assert mild.close().care == "WARMUP"
    assert [e.care for e in Book.from_store(store).entries] == ["EMERGENCY", "WARMUP"]
    cares = {json.loads(p.read_text())["care"] for p in store.sessions.glob("*.json")}
    assert cares == {"EMERGENCY", "WARMUP"}


def test_sessions_have_an_order_and_a_name_of_their_own(store: Store) -> None:
    ahead, back = (
        datetime(2030, 1, 1),
        datetime(1970, 1, 1),
    )
    old = store.sessions / "2026-11-01_08-00-00.jsonl"
    paths = [old]
    for now in (ahead, ahead, back):
        paths[-1].parent.mkdir(parents=True, exist_ok=True)
        paths[-1].touch()
        paths.append(store.new_session(now))
    paths[-1].touch()
    assert store.journals() == paths
    assert len({path.stem[-8:] for path in paths}) == 4


@pytest.mark.parametrize(("minutes", "goes_on"), [(29, True), (31, False), (26 * 24 * 60, False)])
def test_an_old_check_is_told_and_begun_anew(
    content: Content, store: Store, minutes: float, goes_on: bool
) -> None:
    first = killed(content, store, {"symptom_now": "yes"}, "fever")
    age(first.path, minutes)
    second = Kept(content, store, fresh=False)
    assert (second.path == first.path) == goes_on
    assert ("cut off too long ago" in said(second)) != goes_on
    assert bool(second.conversation.state.answers) == goes_on


@pytest.mark.parametrize(("outlives", "goes_on"), [(True, True), (False, False)])
def test_after_a_restart_a_clock_that_stood_still_proves_nothing(
    content: Content, store: Store, monkeypatch: pytest.MonkeyPatch, outlives: bool, goes_on: bool
) -> None:
    """A small computer without a clock goes on from where it was switched off, days later."""
    first = killed(content, store, {"symptom_now": "yes"}, "fever")
    monkeypatch.setattr("voice_skill.storage.journal.boot", lambda: "another")
    monkeypatch.setattr("voice_skill.storage.journal.outlives_power", lambda: outlives)
    assert (Kept(content, store, fresh=False).path == first.path) == goes_on


def test_how_long_a_check_may_go_on_is_content(content: Content, store: Store) -> None:
    first = killed(content, store, {"symptom_now": "yes"}, "fever")
    age(first.path, 5)
    brief = replace(content, dialog=replace(content.dialog, fresh_minutes=4))
    assert Kept(brief, store, fresh=False).path != first.path


@pytest.mark.parametrize("fresh", [False, True])
def test_what_was_grave_in_it_is_asked_first(
    content: Content, store: Store, tmp_path: Path, fresh: bool
) -> None:
    first = killed(content, store, SICK, after(content, SICK, "fever", tmp_path))
    assert first.conversation.state.answers["fever"].value == "yes"
    age(first.path, 60)
    second = Kept(content, store, fresh=fresh)
    assert "You told me something grave before" in said(second)
    assert second.conversation.state.current == "fever"
    second.release()  # cut off again before it was answered
    age(second.path, 60)
    third = Kept(content, store, fresh=fresh)
    assert third.conversation.state.current == "fever"
    hold(third, {**SICK, "symptom_now": "no"})
    assert third.close().care == "URGENT"
    assert Kept(content, store, fresh=True).conversation.state.current != "fever"


def test_what_was_grave_is_asked_too_when_it_shall_not_go_on(
    content: Content, store: Store, tmp_path: Path
) -> None:
    killed(content, store, SICK, after(content, SICK, "fever", tmp_path))
    second = Kept(content, store, fresh=False)
    assert "We were cut off" in said(second)
    second.conversation.hear("no")
    assert second.conversation.state.current == "fever"


def test_start_over_loses_nothing_that_must_be_asked(
    content: Content, store: Store, tmp_path: Path
) -> None:
    first = killed(content, store, SICK, after(content, SICK, "fever", tmp_path))
    age(first.path, 60)
    second = Kept(content, store, fresh=False)
    second.conversation.hear("start over")
    assert second.conversation.state.current == "fever"


@pytest.mark.parametrize("minutes", [0, 60])
def test_a_result_that_was_not_written_any_more_is_written_at_the_next_start(
    content: Content, store: Store, minutes: float
) -> None:
    first = killed(content, store, {**WELL, "age": "forty"})
    assert first.conversation.finished
    assert not list(store.sessions.glob("*.txt"))
    age(first.path, minutes)
    second = Kept(content, store, fresh=False)
    if not minutes:
        assert second.path == first.path
        assert second.close().care == "WARMUP"
    assert [e.care for e in Book.from_store(store).entries] == ["WARMUP"]
    assert profile.load(content.dialog, store)["age"] == 40
    assert first.path.with_suffix(".txt").exists()
    assert read(first.path).finished
    second.release()
    Kept(content, store, fresh=True)
    assert len(Book.from_store(store).entries) == 1


def test_a_journal_cut_anywhere_tells_whole_lines_alone_and_for_good(
    content: Content, store: Store, tmp_path: Path
) -> None:
    first = killed(content, store, SICK, after(content, SICK, "fever", tmp_path))
    whole = first.path.read_bytes()
    events = read(first.path).events
    for size in range(0, len(whole), 5):
        first.path.write_bytes(whole[:size])
        lines = whole[:size].count(b"\n")
        assert read(first.path).events == events[: max(0, lines - 1)]
        Journal.reopen(first.path).close()
        assert read(first.path).events == events[: max(0, lines - 1)]


def test_an_answer_cut_before_its_end_is_asked_again(content: Content, store: Store) -> None:
    first = killed(content, store, {"symptom_now": "yes"}, "fever")
    asked = first.conversation.state.history[-1]
    first.path.write_bytes(first.path.read_bytes()[:-1])
    second = Kept(content, store, fresh=False)
    assert second.path == first.path
    assert second.conversation.state.current == asked


@pytest.mark.parametrize("line", [
    "5", "[]", '["event"]', '{"event": "Jump"}', '{"event": "NoInput", "x": 1}', "nonsense",
    '{"event": "Answered", "interpretation": {"outcome": "match", "value": "no"}, "findings": 1.5}',
    '{"event": "Answered", "interpretation": {"outcome": "match", "value": "nn"}}',
    '{"event": "Answered", "interpretation": {"outcome": "universal", "value": "fly"}}',
    '{"event": "Answered", "interpretation": {"outcome": "danger", "value": "yes"}}',
    '{"event": "Answered", "interpretation": {"outcome": "match", "value": 1}, "confidence": 7}',
    '{"event": "NoMatch", "mentioned": "shoe"}', '{"event": 4}', "[" * 5000, '{"event": "Started"}',
    '{"event": "Device", "direction": "up", "present": true}', "\xff", "9" * 5000,
], ids=lambda line: line[:30])  # fmt: skip
def test_a_journal_that_makes_no_sense_is_told_left_and_holds_nobody_up(
    content: Content, store: Store, line: str
) -> None:
    first = killed(content, store, {"symptom_now": "yes"}, "fever")
    with first.path.open("ab") as file:
        file.write(line.encode("latin-1") + b"\n")
    before = first.path.read_bytes()
    second = Kept(content, store, fresh=False)
    assert "I can't read the last check" in said(second)
    assert second.conversation.state.current == "symptom_now"
    hold(second, WELL)
    assert second.close().care == "WARMUP"
    assert first.path.read_bytes() == before
    second.release()
    assert "I can't read" not in said(Kept(content, store, fresh=False))


def test_a_check_with_other_questions_is_told_and_begun_anew(
    content: Content, store: Store
) -> None:
    killed(content, store, {"symptom_now": "yes"}, "fever")
    changed = replace(content, dialog=replace(content.dialog, rules=content.dialog.rules[:-1]))
    assert "questions have changed" in said(Kept(changed, store, fresh=False))


def test_a_start_that_was_cut_at_once_hides_no_other(content: Content, store: Store) -> None:
    first = killed(content, store, {"symptom_now": "yes"}, "fever")
    store.new_session(datetime.now()).write_text('{"form')
    assert Kept(content, store, fresh=False).path == first.path


def test_what_belongs_to_a_session_is_for_its_owner_alone(content: Content, tmp_path: Path) -> None:
    store = Store(tmp_path / "a" / "b")
    store.folder.mkdir(parents=True)
    store.folder.chmod(0o755)
    kept = Kept(content, store, fresh=False)
    hold(kept, WELL)
    kept.close()
    for place in (store.folder, *store.folder.rglob("*")):
        assert place.stat().st_mode & 0o077 == 0, place
