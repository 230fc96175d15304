"""The skill in ovoscope: the real intents, converse and get_response on a bus of its own."""

import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hassil.parse_expression import parse_sentence
from hassil.sample import sample_expression
from ovos_bus_client.message import Message
from ovoscope import MiniCroft, get_minicroft
from voice_skill_ovos import BackCheckSkill

from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.paths import dialog_folder
from voice_skill.storage.store import Store
from voice_skill.surfaces.turns.holding import House

SKILL = "voice-skill-ovos.voice-skill"
PIPELINE = [
    "ovos-stop-pipeline-plugin-high",
    "ovos-converse-pipeline-plugin",
    "ovos-padacioso-pipeline-plugin-high",
]
WAIT_SECONDS = 60.0


class Person:
    """Says something, and hears what the assistant says to it."""

    def __init__(self, croft: MiniCroft) -> None:
        self._bus = croft.bus
        self.spoken: list[str] = []
        self._listens = threading.Event()
        self._bus.on("speak", lambda message: self.spoken.append(message.data["utterance"]))
        self._bus.on(f"{SKILL}.get_response.waiting", lambda message: self._listens.set())

    def say(self, words: str) -> None:
        """Say it once the assistant listens, if a check is going on."""
        self._listens.clear()
        data = {"utterances": [words], "lang": "en-US"}
        message = Message("recognizer_loop:utterance", data)
        # this bus returns only when all that follows is done, which may be the whole check
        threading.Thread(target=self._bus.emit, args=(message,), daemon=True).start()

    def listens(self) -> bool:
        """Wait until an answer is waited for."""
        assert self._listens.wait(WAIT_SECONDS), self.spoken[-3:]
        time.sleep(0.2)
        return True

    def answer(self, words: str) -> None:
        assert self.listens()
        self.say(words)

    def hears(self, part: str) -> bool:
        until = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < until:
            if any(part in line for line in self.spoken):
                return True
            time.sleep(0.05)
        return False


@pytest.fixture(scope="session")
def dialog() -> Dialog:
    return Dialog.from_folder(dialog_folder())


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Person]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    croft = get_minicroft([SKILL], default_pipeline=PIPELINE)
    yield Person(croft)
    croft.stop()


def test_it_needs_no_network() -> None:
    needs = BackCheckSkill.runtime_requirements
    asked = (needs.internet_before_load, needs.network_before_load, needs.requires_internet,
             needs.requires_network)  # fmt: skip
    assert not any(asked)


def test_its_sentences_are_those_of_the_dialog() -> None:
    house = House(Content.load())
    file = Path(__file__).parents[1] / "voice_skill_ovos/locale/en-us/back_check.intent"
    for line in file.read_text().splitlines():
        for text in sample_expression(parse_sentence(line).expression):
            assert house.begins(" ".join(text.split())), text


def test_a_sign_in_the_middle_of_a_check_ends_in_an_emergency(
    person: Person, dialog: Dialog
) -> None:
    person.say("start my back check")
    assert person.hears(dialog.text(dialog.intro))
    person.answer("yes")
    assert person.hears("Is that what you said?")
    person.answer("yes")
    person.answer("I can't feel between my legs")
    while person.listens() and dialog.message("emergency_repeat") not in person.spoken:
        person.say("yes")
        assert len(person.spoken) < 30
    person.say("thanks")
    assert person.hears(dialog.message("goodbye"))
    time.sleep(1)
    diary = (Store.from_platform().folder / "diary.jsonl").read_text().splitlines()
    assert json.loads(diary[-1])["care"] == "EMERGENCY"


def test_silence_is_asked_about_and_is_no_no(person: Person, dialog: Dialog) -> None:
    person.say("start my back check")
    assert person.hears(dialog.message("noinput_1"))
    person.answer("stop")
    assert person.hears("Stopped.")


def test_a_danger_told_outside_a_check_begins_one(person: Person, dialog: Dialog) -> None:
    person.say("start my back check")
    person.answer("goodbye")  # the assistant's own "stop" would make the skill inactive
    assert person.hears(dialog.message("report_kept"))
    before = len(person.spoken)
    time.sleep(1)
    person.say("I can't feel between my legs")
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until and len(person.spoken) == before:
        time.sleep(0.05)
    assert dialog.text(dialog.intro) in person.spoken[before:]
    person.answer("stop")
    assert os.environ["XDG_DATA_HOME"]
