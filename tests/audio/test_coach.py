"""A short warm-up with real sound: counted aloud, interrupted by voice, and finished."""

import json
import signal
import subprocess
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.audio.conftest import (
    ALL_GOOD,
    HOW_BAD,
    answers,
    rows_of,
    run_script,
    short_dialog,
    skill,
    speech,
)
from voice_skill.audio.virtual_card import VirtualSoundCard

pytestmark = [pytest.mark.audio, pytest.mark.timeout(240)]


def test_it_is_paused_resumed_and_answered_by_voice(tmp_path: Path) -> None:
    wavs = speech(tmp_path, "pause", "resume", "two")
    with VirtualSoundCard() as card:
        rows = rows_of(tmp_path, card, {
            ("count", "3"): lambda: card.play_to_microphone(wavs["pause"]),
            ("say", "Paused. Say resume when you like."):
                lambda: threading.Timer(6, card.play_to_microphone, [wavs["resume"]]).start(),
            **answers(card, wavs["two"], HOW_BAD),
        })  # fmt: skip
    heard = [row["text"] for row in rows if row["kind"] == "heard"]
    assert heard[:2] == ["pause", "resume"]
    assert heard[2:] in (["two"], ["to"], ["too"])  # one sound
    counts = [int(r["text"]) for r in rows if r["kind"] == "count" and r["drill"] == "calf_raise"]
    assert counts == [*range(1, 9)]
    assert rows[-1]["text"] == "run"


def test_a_lost_microphone_stops_the_count_until_it_is_back(tmp_path: Path) -> None:
    wavs = speech(tmp_path, "two")
    with VirtualSoundCard() as card:
        rows = rows_of(tmp_path, card, {
            ("count", "2"): lambda: card.suspend_microphone(True),
            ("earcon", "error"):
                lambda: threading.Timer(8, card.suspend_microphone, [False]).start(),
            **answers(card, wavs["two"], HOW_BAD),
        })  # fmt: skip
    texts = [row["text"] for row in rows]
    lost = next(i for i, t in enumerate(texts) if "I can't hear you" in t)
    back = texts.index("I can hear again.")
    assert not [row for row in rows[lost:back] if row["kind"] == "count"]
    counts = [int(r["text"]) for r in rows if r["kind"] == "count" and r["drill"] == "calf_raise"]
    assert counts == [*range(1, 9)]
    assert rows[-1]["text"] == "run"


def test_killed_in_mid_drill_it_goes_on_where_it_was_once_asked(tmp_path: Path) -> None:
    wavs = speech(tmp_path, "all good", "two")
    with VirtualSoundCard() as card:
        first = rows_of(tmp_path, card, {("count", "5"): lambda: False})
        second = rows_of(tmp_path, card, {
            **answers(card, wavs["all good"], ALL_GOOD),
            **answers(card, wavs["two"], HOW_BAD),
        })  # fmt: skip
    counts = [[int(r["text"]) for r in rows if r["kind"] == "count" and r["drill"] == "calf_raise"]
              for rows in (first, second)]  # fmt: skip
    assert counts == [[1, 2, 3, 4, 5], [6, 7, 8]]
    assert [row["text"] for row in second[:2]] == ["We were cut off.", "All good?"]
    assert second[-1]["text"] == "run"
    assert not list((tmp_path / "voice-skill" / "sessions").iterdir())


def test_interrupted_by_hand_it_is_silent_at_once_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the middle of the opening, which takes eight seconds to say. It is noon: early in the
    day the opening is two rows."""
    monkeypatch.setenv("TZ", f"NOON{datetime.now(UTC).hour - 12}")
    with VirtualSoundCard() as card, skill(
        tmp_path, card, "coach", "standard", "--json",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout
        first = process.stdout.readline()
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        try:
            rest, told = process.communicate(timeout=5)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGABRT)
            pytest.fail(f"it hangs: {process.communicate()[1]}")
    assert process.returncode == 130
    assert [json.loads(line)["kind"] for line in (first, *rest.splitlines())] == ["say"], rest
    assert told.strip().startswith("voice-skill: stopped; ")
    assert (tmp_path / "voice-skill" / "sessions" / "coach.warmup").exists()


SESSION = """
import sys, threading
from pathlib import Path
from voice_skill.content import Content
from voice_skill.runtime.people.persona import Persona
from voice_skill.runtime.continuing import warm_up_spoken
from voice_skill.storage.record import Kept
from voice_skill.storage.store import Store
from voice_skill.runtime.voice.equipment import studio
from voice_skill.audio.virtual_card import VirtualSoundCard
folder, two, asked = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
kept = Kept(Content.load(folder), Store.from_platform(), fresh=True)
persona = Persona.from_file(folder / "personas" / "well-runner.yaml")
while not kept.conversation.finished:
    kept.conversation.hear(persona.answer(kept.conversation.floor.field))
kept.close()
with VirtualSoundCard() as card:
    card.activate()
    def caption(line):
        if line in asked:
            threading.Timer(3, card.play_to_microphone, [two]).start()
    with studio(kept.conversation, {}, lambda change: None, caption) as spoken:
        warm_up_spoken(spoken, kept)
"""


def test_a_session_goes_on_into_the_warm_up_and_keeps_what_came_of_it(tmp_path: Path) -> None:
    wavs = speech(tmp_path, "two")
    run_script(SESSION, short_dialog(tmp_path), wavs["two"], *HOW_BAD, home=tmp_path)
    kept = tmp_path / "voice-skill"
    (report,) = (kept / "sessions").glob("*.json")
    found = json.loads(report.read_text())
    assert (found["care"], found["warm_up"]["outcome"]) == ("WARMUP", "walk")  # up from nought
    entry = json.loads((kept / "diary.jsonl").read_text().splitlines()[1])
    assert (entry["routine"], entry["outcome"], entry["pain"]) == ("standard", "walk", 2)
