"""A session on the ladder with real sound, and the offer after a check."""

import json
import subprocess
import threading
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.audio.conftest import run_script, short_dialog, skill, speech
from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.diary.entry import Entry
from voice_skill.ladder.progression import Climb, Session
from voice_skill.paths import dialog_folder
from voice_skill.storage import ladder_file as place
from voice_skill.storage.diary_file import Book
from voice_skill.storage.store import Store

pytestmark = [pytest.mark.audio(whole=True), pytest.mark.timeout(240)]
WORST = "How was your back at its worst in this session, zero to ten?"
OFFER = "Shall we do the way back to running now, with runs and walks in turns?"


def diary(store: Store, *entries: tuple[float, dict[str, object]]) -> None:
    book = Book.from_store(store)
    for days, more in entries:
        when = (datetime.now().astimezone() - timedelta(days=days)).isoformat(timespec="seconds")
        book = book.with_entry(Entry(when, **more))  # type: ignore[arg-type]
    book.save()


def test_a_session_is_counted_in_time_and_its_place_is_kept(tmp_path: Path) -> None:
    wavs, store = speech(tmp_path, "one", "all good"), Store(tmp_path / "voice-skill")
    diary(store, (0, {"care": "WARMUP", "routine": "gentle", "outcome": "walk", "pain": 1}))
    today = date.today()
    days = [today - timedelta(days=n) for n in (9, 3)]
    place.save(store, Climb(1, 2, 0, days[0], Session(days[1], "yes")))
    with VirtualSoundCard() as card:
        command = ["ladder", "--json", "--dialog", str(short_dialog(tmp_path))]
        rows = []
        with skill(tmp_path, card, *command, stdout=subprocess.PIPE) as process:
            assert process.stdout
            for line in process.stdout:
                rows.append(json.loads(line))
                said = {WORST: (8, "one"), "All good?": (4, "all good")}.get(rows[-1]["text"])
                if said:  # once the question has ended
                    threading.Timer(said[0], card.play_to_microphone, [wavs[said[1]]]).start()
            assert process.wait() == 0
    assert rows[-1]["kind"] == "end"
    assert rows[-1]["text"] == "run"
    assert [row["text"] for row in rows].count("Run.") == 2
    kept = place.load(store)
    assert (kept.step, kept.repeats, kept.last) == (1, 4, Session(today))
    assert Book.from_store(store).entries[-1].ladder == "step 1 of 6: 2 runs, run"


CHECKED = """
import sys, threading
from pathlib import Path
from voice_skill.content import Content
from voice_skill.visit.outcome import Result
from voice_skill.runtime.people.persona import Persona
from voice_skill.storage.record import Kept
from voice_skill.storage.store import Store
from voice_skill.runtime.voice.equipment import studio
from voice_skill.runtime.continuing import by_voice, saying
from voice_skill.runtime.way_back import ahead, go_on
from voice_skill.audio.virtual_card import VirtualSoundCard
folder, offer, yes, no = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
kept = Kept(Content.load(folder), Store.from_platform(), fresh=True)
persona = Persona.from_file(folder / "personas" / "well-runner.yaml")
persona.file.says["since_rest"] = "better"
while not kept.conversation.finished:
    kept.conversation.hear(persona.answer(kept.conversation.floor.field))
kept.close()
kept.add_warm_up(Result("standard", "run", ("walk_easy",), (), 1, ()))
with VirtualSoundCard() as card:
    card.activate()
    def told(row):
        print(row.kind, row.text, flush=True)
        if row.kind == "say" and row.text == offer:
            threading.Timer(8, card.play_to_microphone, [yes]).start()
        elif row.kind == "say" and row.text.startswith("First, is all of this true"):
            threading.Timer(12, card.play_to_microphone, [no]).start()
    with studio(kept.conversation, {}, lambda change: None, print) as spoken:
        go_on(ahead(kept), kept, by_voice(spoken, told), saying(spoken))
"""


def test_after_a_rest_it_is_offered_and_a_no_at_the_gate_ends_it(tmp_path: Path) -> None:
    wavs, store = speech(tmp_path, "yes", "no"), Store(tmp_path / "voice-skill")
    diary(store, (10, {"care": "REST", "pain": 4}))
    printed = run_script(CHECKED, dialog_folder(), OFFER, wavs["yes"], wavs["no"], home=tmp_path)
    assert "clinician decides when and how" in printed
    (report,) = (store.folder / "sessions").glob("*.json")
    found = json.loads(report.read_text())
    assert (found["care"], found["ladder"]["told"]) == ("WARMUP", "not begun (clinician)")
    assert Book.from_store(store).entries[-1].ladder == "not begun (clinician)"
    assert place.load(store) == Climb()
