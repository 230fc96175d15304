"""The service by its real protocol, with the real recogniser and the real synthesiser."""

import asyncio
import itertools
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from wyoming.asr import Transcript
from wyoming.client import AsyncClient
from wyoming.event import Event

from tests.audio.conftest import heed_interrupts
from tests.surfaces.conftest import Client, answer, is_over, text_of
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Listen
from voice_skill.paths import dialog_folder
from voice_skill.runtime.people.persona import Persona
from voice_skill.runtime.typed.check import SILENCE
from voice_skill.storage.store import Store
from voice_skill.surfaces.turns.holding import House
from voice_skill.surfaces.wyoming.speech import RATE_HZ
from voice_skill.visit.warm_up import WarmUp

BEGIN = "Start my back check."
_names = itertools.count()


@pytest.fixture
def name() -> str:
    return f"conversation {next(_names)}"


def asked(client: Client, name: str) -> str:
    """The question that is open."""
    floor = client.service.talks.floor(name).target
    assert isinstance(floor, Listen)
    return floor.field


def test_a_whole_check_by_voice_ends_in_a_warm_up_that_hears_and_stops(
    client: Client, dialog: Dialog, name: str
) -> None:
    person = Persona.named("well-runner", dialog_folder())
    assert client.hear("start my back check") == "start my back check"
    reply, turns = client.handle(BEGIN, name), 0
    assert dialog.text(dialog.intro) in text_of(reply)
    while isinstance(client.service.talks.floor(name).target, Listen):
        reply, turns = client.say(person.answer(asked(client, name)), name), turns + 1
        assert turns < 20
    assert isinstance(client.service.talks.floor(name).target, WarmUp)
    assert "One. Two. Three." in text_of(reply)
    client.say("stop", name)
    reply = client.say("finish", name)
    reply = client.say("zero", name) if not is_over(reply) else reply
    assert is_over(reply)
    diary = (Store.from_platform().folder / "diary.jsonl").read_text().splitlines()
    assert json.loads(diary[-1])["care"] in ("WARMUP", "REST")
    assert json.loads(diary[-1])["routine"]


def test_a_red_flag_in_the_middle_is_an_emergency_that_can_be_repeated(
    client: Client, dialog: Dialog, name: str
) -> None:
    client.handle(BEGIN, name)
    client.say("yes", name)
    reply = client.say("i cannot feel between my legs", name)
    for _ in range(3):
        if dialog.message("emergency_repeat") in text_of(reply):
            break
        reply = client.say("yes", name)
    assert dialog.message("emergency_repeat") in text_of(reply)
    assert reply.data["context"]["continue_conversation"]
    again = client.say("repeat", name)
    assert text_of(again).split(". ")[0] in text_of(reply)
    assert is_over(client.handle(SILENCE, name))
    assert Store.from_platform().journals()


def test_silence_is_told_and_asked_about_and_never_a_no(
    client: Client, dialog: Dialog, name: str
) -> None:
    client.handle(BEGIN, name)
    first = asked(client, name)
    told = client.hear("", name)
    assert told == SILENCE
    reply = client.handle(told, name)
    assert dialog.message("noinput_1") in text_of(reply)
    assert asked(client, name) == first
    for _ in range(100):
        if is_over(reply := client.handle("", name)):
            break
    assert is_over(reply)
    diary = (Store.from_platform().folder / "diary.jsonl").read_text().splitlines()
    assert json.loads(diary[-1])["care"] not in ("WARMUP", "REST", "ROUTINE")


def test_a_lone_no_counts_at_once_when_our_own_ears_heard_it(client: Client, name: str) -> None:
    client.handle(BEGIN, name)
    first = asked(client, name)
    told = client.hear("no", name)
    assert told == "no"
    client.handle(told, name)
    assert asked(client, name) not in (first, "confirm")


def test_what_another_recogniser_heard_is_read_back(
    client: Client, dialog: Dialog, name: str
) -> None:
    client.handle(BEGIN, name)
    first = asked(client, name)
    reply = client.handle("No.", name)
    assert text_of(reply) == dialog.message("confirm_value", value=dialog.spoken(first, "no"))
    client.handle("Yes.", name)
    assert asked(client, name) != first


def test_conversations_at_once_do_not_mix(client: Client, name: str) -> None:
    """What is heard for nobody in particular is no certain answer while two may have said it."""
    other = f"{name} of another"
    client.handle(BEGIN, name)
    client.handle(BEGIN, other)
    first = asked(client, name)
    client.say("no", other)
    assert asked(client, name) == first
    assert asked(client, other) != first
    client.say("no", name, bound=False)
    assert asked(client, name) == client.service.talks.house.dialog.by_role("confirm")
    for each in (name, other):
        client.handle("stop", each)


def test_a_danger_told_before_any_check_begins_one(
    client: Client, dialog: Dialog, name: str
) -> None:
    reply = client.handle("I can't feel between my legs", name)
    assert reply.type == "handled"
    assert dialog.text(dialog.intro) in text_of(reply)
    assert asked(client, name) in ("saddle", dialog.by_role("confirm"))
    client.handle("stop", name)


def test_what_is_not_for_us_is_not_handled(client: Client, dialog: Dialog, name: str) -> None:
    reply = client.handle("turn on the light", name)
    assert reply.type == "not-handled"
    assert text_of(reply) == dialog.message("how_to_begin")


def test_the_same_words_in_an_open_check_ask_whether_to_go_on(
    client: Client, dialog: Dialog, name: str
) -> None:
    client.handle(BEGIN, name)
    resumed = dialog.message("resume_offer", where="").split(".")[0]
    assert resumed in text_of(client.handle(BEGIN, name))
    client.handle("stop", name)


def test_a_conversation_that_is_left_is_gone_on_with(
    client: Client, dialog: Dialog, name: str
) -> None:
    """That somebody left counts as no answer, and nothing that was said is lost."""
    client.handle(BEGIN, name)
    client.handle("Yes.", name)
    client.handle("Yes.", name)
    was = asked(client, name)
    (talk,) = client.service.talks._open()
    talk._idle_seconds = 0.05
    client.handle("what was that", name)
    talk._thread.join(30)
    journal = Store.from_platform().journals()[-1].read_text()
    assert "NoInput" not in journal
    assert client.handle("no", name).type == "not-handled"
    reply = client.handle(BEGIN, name)
    assert dialog.message("resume_offer", where="").split(".")[0] in text_of(reply)
    client.handle("Yes.", name)
    assert asked(client, name) == was
    client.handle("stop", name)


def test_another_check_by_the_same_microphone_takes_up_the_first(
    client: Client, dialog: Dialog, name: str
) -> None:
    client.handle(BEGIN, name, device_id="kitchen")
    client.say("yes", name)
    reply = client.handle(BEGIN, f"{name} again", device_id="kitchen")
    assert dialog.message("resume_offer", where="").split(".")[0] in text_of(reply)
    client.handle("stop", f"{name} again")


def test_there_are_at_most_so_many_conversations(
    client: Client, dialog: Dialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voice_skill.surfaces.wyoming.talks.MAX_TALKS", 0)
    reply = client.handle(BEGIN, "one too many")
    assert text_of(reply) == dialog.message("too_many")
    assert is_over(reply)


def test_replies_are_spoken_and_what_is_personal_is_not_kept(
    client: Client, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    monkeypatch.setattr(client.service.speech, "_folder", cache)
    monkeypatch.setattr(client.service.speech, "_caches", type(client.service.speech._caches)())
    reply = client.handle(BEGIN, name)
    assert len(client.sound(text_of(reply))) > 4 * RATE_HZ * 2
    kept = len(list(cache.glob("*.wav")))
    assert kept > 0
    assert len(client.sound("I heard 29. Is that what you said?")) > RATE_HZ
    assert len(list(cache.glob("*.wav"))) == kept
    client.handle("stop", name)


def test_it_ends_at_once_by_a_signal_and_keeps_what_was_said(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "voice_skill", "serve", "--uri", "tcp://127.0.0.1:0"]
    process = subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, text=True, preexec_fn=heed_interrupts
    )
    assert process.stderr
    told = process.stderr.readline()
    uri = re.search(r"tcp://\S+:\d+", told)
    assert uri, told

    async def begin() -> Event:
        async with AsyncClient.from_uri(uri[0]) as client:
            await client.write_event(Transcript(BEGIN).event())
            return await answer(client)

    assert asyncio.run(begin()).type == "handled"
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 128 + signal.SIGINT
    assert len(Store(tmp_path / "voice-skill").journals()) == 1


def test_nothing_of_a_guest_is_kept() -> None:
    house = House(Content.load(), guests=True)
    with house.store() as store, house.store() as other:
        assert store.folder != other.folder
        assert store.folder != Store.from_platform().folder
        (store.folder / "diary.jsonl").write_text("{}")
    assert not store.folder.exists()
    assert not other.folder.exists()
