"""A session opens with what the diary holds, and what is said then goes into the diary."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voice_skill.content import Content
from voice_skill.diary.entry import Entry
from voice_skill.runtime.people.persona import Persona, PersonaFile
from voice_skill.runtime.typed.check import persona_reply, run_typed
from voice_skill.storage import profile
from voice_skill.storage.diary_file import Book
from voice_skill.storage.record import Kept
from voice_skill.storage.store import Store

WELL: dict[str, str | tuple[str, ...]] = {
    "symptom_now": "no", "no_symptom_gate": "no", "age": "thirty", "readback": "yes",
}  # fmt: skip
WARMED = {"care": "WARMUP", "routine": "standard", "outcome": "run", "pain": 1}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def write(store: Store, days: float, **more: object) -> None:
    when = (datetime.now().astimezone() - timedelta(days=days)).isoformat(timespec="seconds")
    Book.from_store(store).with_entry(Entry(when, **more)).save()  # type: ignore[arg-type]


def held(content: Content, store: Store, **says: str | tuple[str, ...]) -> Kept:
    kept = Kept(content, store, fresh=True)
    persona = Persona(PersonaFile(says={**WELL, **says}))
    run_typed(kept.conversation, kept.effects, persona_reply(persona, None), None)
    kept.close()
    return kept


def asked(kept: Kept) -> list[str]:
    return [turn.field for turn in kept.conversation.turns]


@pytest.mark.parametrize(("said", "morning", "care", "variant"), [
    ("no", "no", "WARMUP", "gentle"),
    ("yes", "yes", "WARMUP", "standard"),
    (("not sure", "i don't know"), "no", "WARMUP", "gentle"),
    ("<silence>", None, "REST", None),
])  # fmt: skip
def test_the_morning_after_is_asked_first_and_noted(
    content: Content, store: Store, said: str, morning: str | None, care: str, variant: str | None
) -> None:
    write(store, 1, **WARMED)
    kept = held(content, store, morning_level=said)
    end = kept.conversation.state.finished
    assert asked(kept)[0] == "morning_level"
    assert end is not None
    assert (end.care, end.variant) == (care, variant)
    assert [e.morning for e in Book.from_store(store).entries] == [morning, None]


def test_what_was_answered_is_not_asked_again(content: Content, store: Store) -> None:
    write(store, 1, **WARMED)
    assert "morning_level" in asked(held(content, store, morning_level="yes"))
    assert "morning_level" not in asked(held(content, store))


def test_a_morning_told_by_command_counts_too(content: Content, store: Store) -> None:
    write(store, 1, **WARMED, morning="no")
    kept = held(content, store)
    assert "morning_level" not in asked(kept)
    assert kept.conversation.state.finished
    assert kept.conversation.state.finished.variant == "gentle"


def test_a_rest_of_a_week_opens_with_a_check_in(content: Content, store: Store) -> None:
    write(store, 8, care="REST", pain=4)
    kept = held(content, store, since_rest="the same")
    assert asked(kept)[0] == "since_rest"
    assert Book.from_store(store).entries[-1].since_rest == "same"
    assert kept.close().care == "REST"
    assert "since_rest" not in asked(held(content, store))


@pytest.mark.parametrize("text", [
    '{"format": 99}\n', '{"format": 2}\nnonsense\n{"care": "REST"}\n', "[]",
])  # fmt: skip
def test_a_diary_that_cannot_be_read_holds_nobody_up_and_is_left_alone(
    content: Content, store: Store, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = store.folder / "diary.jsonl"
    path.write_text(text)
    kept = held(content, store, morning_level="no")
    assert "I can't read the diary" in str(kept.effects[0])
    assert str(path) in capsys.readouterr().err
    assert kept.close().care == "WARMUP"
    assert path.read_text() == text


@pytest.mark.parametrize("text", ['{"format": 9, "values": {"age": 44}}', "{", "[]"])
def test_a_profile_that_cannot_be_read_holds_nobody_up_and_is_left_alone(
    content: Content, store: Store, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = store.folder / "profile.json"
    path.write_text(text)
    kept = held(content, store)
    assert "I can't read what I knew about you" in str(kept.effects[0])
    assert str(path) in capsys.readouterr().err
    assert "age" in asked(kept)
    assert path.read_text() == text


def test_forget_me_deletes_a_profile_that_cannot_be_read_too(
    content: Content, store: Store
) -> None:
    path = store.folder / "profile.json"
    path.write_text("{")
    Kept(content, store, fresh=True).conversation.hear("forget me")
    assert profile.load(content.dialog, store) == {}
    assert path.read_text() != "{"


def test_a_clock_set_back_asks_no_more_and_no_less(content: Content, store: Store) -> None:
    write(store, -400, **WARMED)
    kept = held(content, store)
    assert kept.close().care == "WARMUP"
    assert [e.care for e in Book.from_store(store).entries] == ["WARMUP", "WARMUP"]


def test_three_weeks_of_rest_without_improvement_lead_to_a_visit(
    content: Content, store: Store
) -> None:
    write(store, 21, care="REST", pain=4)
    assert held(content, store, since_rest="same").close().care == "ROUTINE"
