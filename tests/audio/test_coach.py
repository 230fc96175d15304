"""A short warm-up with real sound: counted aloud, interrupted by voice, and finished."""

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from voice_skill.session.places import dialog_folder
from voice_skill.soundcard import VirtualSoundCard

pytestmark = [pytest.mark.audio, pytest.mark.timeout(240)]
SHORT = """
steps:
  - {drill: calf_raise, reps: 8, seconds: 20}
"""


def short_dialog(folder: Path) -> Path:
    """The shipped dialog with a standard routine of one drill, soon begun."""
    copy = folder / "en"
    shutil.copytree(dialog_folder(), copy, dirs_exist_ok=True)
    file = copy / "routines" / "standard.yaml"
    text = file.read_text().replace("total_seconds: 450", "total_seconds: 20")
    long = text[text.index("opening:") : text.index("opening_early:")]
    text = text.replace(long, 'opening: "Stand near a wall."\n')
    begin, end = text.index("steps:"), text.index("check_in:")
    file.write_text(text[:begin] + SHORT.lstrip() + text[end:])
    return copy


def speech(folder: Path, *words: str) -> dict[str, Path]:
    found = {word: folder / f"{word.replace(' ', '-')}.wav" for word in words}
    for word, wav in found.items():
        subprocess.run(["espeak-ng", "-v", "en-us", "-s", "140", "-w", wav, word], check=True)
    return found


def rows_of(
    tmp_path: Path, card: VirtualSoundCard, say: dict[tuple[str, str], Any], *options: str
) -> list[dict[str, Any]]:
    """Run it; `say` maps (kind, text) of a row to what happens then, once: False kills it."""
    environment = {**os.environ, **card.environment, "XDG_DATA_HOME": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, "-m", "voice_skill", "coach", "standard", "--json",
         "--dialog", str(short_dialog(tmp_path)), *options],
        env=environment, text=True, stdout=subprocess.PIPE)  # fmt: skip
    assert process.stdout
    killer = threading.Timer(200, process.kill)
    killer.start()
    rows: list[dict[str, Any]] = []
    for line in process.stdout:
        row = json.loads(line)
        rows.append(row)
        then = say.pop((row["kind"], row["text"]), None)
        if then and then() is False:
            process.kill()
    process.wait()
    killer.cancel()
    return rows


def test_it_is_paused_resumed_and_answered_by_voice(tmp_path: Path) -> None:
    wavs = speech(tmp_path, "pause", "resume", "two")
    with VirtualSoundCard() as card:
        rows = rows_of(tmp_path, card, {
            ("count", "3"): lambda: card.play_to_microphone(wavs["pause"]),
            ("say", "Paused. Say resume when you like."):
                lambda: threading.Timer(6, card.play_to_microphone, [wavs["resume"]]).start(),
            ("say", "Zero to ten now?"):
                lambda: threading.Timer(3, card.play_to_microphone, [wavs["two"]]).start(),
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
            ("say", "Zero to ten now?"):
                lambda: threading.Timer(3, card.play_to_microphone, [wavs["two"]]).start(),
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
            ("say", "All good?"):
                lambda: threading.Timer(3, card.play_to_microphone, [wavs["all good"]]).start(),
            ("say", "Zero to ten now?"):
                lambda: threading.Timer(3, card.play_to_microphone, [wavs["two"]]).start(),
        })  # fmt: skip
    counts = [[int(r["text"]) for r in rows if r["kind"] == "count" and r["drill"] == "calf_raise"]
              for rows in (first, second)]  # fmt: skip
    assert counts == [[1, 2, 3, 4, 5], [6, 7, 8]]
    assert [row["text"] for row in second[:2]] == ["We were cut off.", "All good?"]
    assert second[-1]["text"] == "run"
    assert not list((tmp_path / "voice-skill" / "sessions").iterdir())


SESSION = """
import sys, threading
from pathlib import Path
from voice_skill.dialog.dialog import Dialog
from voice_skill.session.persona import Persona
from voice_skill.session.going_on import warm_up_spoken
from voice_skill.session.keeping import Kept
from voice_skill.session.store import Store
from voice_skill.session.studio import studio
from voice_skill.soundcard import VirtualSoundCard
folder, two = Path(sys.argv[1]), Path(sys.argv[2])
dialog = Dialog.from_folder(folder)
kept = Kept(dialog, Store.from_platform(), fresh=True)
persona = Persona.from_file(folder / "personas" / "well-runner.yaml")
while not kept.conversation.finished:
    kept.conversation.hear(persona.answer(kept.conversation.floor.field))
kept.close()
with VirtualSoundCard() as card:
    card.activate()
    def caption(line):
        if line == "Zero to ten now?":
            threading.Timer(3, card.play_to_microphone, [two]).start()
    with studio(kept.conversation, {}, lambda change: None, caption) as spoken:
        warm_up_spoken(spoken, folder, kept)
"""


def test_a_session_goes_on_into_the_warm_up_and_keeps_what_came_of_it(tmp_path: Path) -> None:
    wavs = speech(tmp_path, "two")
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", SESSION, str(short_dialog(tmp_path)), str(wavs["two"])],
        env=environment, capture_output=True, text=True, timeout=200, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    kept = tmp_path / "voice-skill"
    (report,) = (kept / "sessions").glob("*.json")
    found = json.loads(report.read_text())
    assert (found["care"], found["warm_up"]["outcome"]) == ("WARMUP", "walk")  # up from nought
    entry = json.loads((kept / "diary.jsonl").read_text().splitlines()[1])
    assert (entry["routine"], entry["outcome"], entry["pain"]) == ("standard", "walk", 2)
