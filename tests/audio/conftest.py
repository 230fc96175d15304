"""Short routines with real sound, and what is said into them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.paths import dialog_folder
from voice_skill.private import write_private

SHORT = """
steps:
  - {drill: calf_raise, reps: 8, seconds: 20}
"""


def short_dialog(folder: Path) -> Path:
    """The shipped dialog, made short.

    The standard routine is one drill, soon begun; the first step of the ladder takes seconds.
    """
    copy = folder / "en"
    shutil.copytree(dialog_folder(), copy, dirs_exist_ok=True)
    file = copy / "routines" / "standard.yaml"
    text = file.read_text().replace("total_seconds: 450", "total_seconds: 20")
    long = text[text.index("opening:") : text.index("opening_early:")]
    text = text.replace(long, 'opening: "Stand near a wall."\n')
    begin, end = text.index("steps:"), text.index("check_in:")
    file.write_text(text[:begin] + SHORT.lstrip() + text[end:])
    file = copy / "ladder.yaml"
    text = file.read_text().replace("run_seconds: 15, walk_seconds: 120, repeats: [6, 10]",
                                    "run_seconds: 6, walk_seconds: 5, repeats: [2, 4]")  # fmt: skip
    file.write_text(text.replace("warm_walk_seconds: 120", "warm_walk_seconds: 5"))
    return copy


def speech(folder: Path, *words: str) -> dict[str, Path]:
    """What somebody says, as sound files by their words."""
    found = {word: folder / f"{word.replace(' ', '-')}.wav" for word in words}
    for word, wav in found.items():
        subprocess.run(["espeak-ng", "-v", "en-us", "-s", "140", "-w", wav, word], check=True)
    return found


def run_script(
    script: str, *arguments: str | Path, home: Path | None = None, seconds: float = 200
) -> str:
    """What a script prints, in a process of its own: the sound library remembers its server.

    home: where it keeps its data.
    """
    environment = {**os.environ, **({"XDG_DATA_HOME": str(home)} if home else {})}
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)], env=environment,
        capture_output=True, text=True, timeout=seconds, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def heed_interrupts() -> None:
    """For a child that is sent SIGINT: where the tests run in the background it would ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def skill(
    folder: Path, card: VirtualSoundCard, *arguments: str, seconds: float = 200, **streams: int
) -> Iterator["subprocess.Popen[str]"]:
    """The skill in a process of its own, which hears and speaks by this card and keeps its data in
    the folder. It ends with the block, or after so many seconds."""
    environment = {**os.environ, **card.environment, "XDG_DATA_HOME": str(folder),
                   "PYTHONFAULTHANDLER": "1"}  # fmt: skip
    if folder.is_dir() or not folder.exists():
        write_private(folder / "voice-skill" / "setup.json", '{"done": true}')  # no first start
    process = subprocess.Popen([sys.executable, "-m", "voice_skill", *arguments],
                               env=environment, text=True, preexec_fn=heed_interrupts,
                               **streams)  # fmt: skip
    killer = threading.Timer(seconds, process.kill)
    killer.start()
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        killer.cancel()


@contextmanager
def captions(folder: Path, card: VirtualSoundCard, *arguments: str) -> Iterator[Iterator[str]]:
    """The lines that a spoken check shows while it is held, one after the other."""
    with skill(folder, card, "run", *arguments, seconds=90, stderr=subprocess.PIPE) as process:
        assert process.stderr
        yield (line.strip() for line in process.stderr)


ALL_GOOD = ("All good?", "I didn't hear a clear answer. All good, or does something hurt?")
HOW_BAD = ("Zero to ten now?", "How is your back now: a number from zero to ten?")
"""Questions of the short routine, and how they are asked again."""


def answers(
    card: VirtualSoundCard, wav: Path, asked: tuple[str, ...]
) -> dict[tuple[str, str], Callable[[], None]]:
    """For `rows_of`: what a person answers to a question, however often it is asked. On a busy
    machine a first answer may fall into the question itself, where it does not count."""

    def soon() -> None:
        threading.Timer(3, card.play_to_microphone, [wav]).start()

    return {("say", line): soon for line in asked}


def rows_of(
    tmp_path: Path, card: VirtualSoundCard, say: dict[tuple[str, str], Any], *options: str
) -> list[dict[str, Any]]:
    """Run it; `say` maps (kind, text) of a row to what happens then, once: False kills it."""
    command = ["coach", "standard", "--json", "--dialog", str(short_dialog(tmp_path)), *options]
    rows: list[dict[str, Any]] = []
    with skill(tmp_path, card, *command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        for line in process.stdout:
            row = json.loads(line)
            rows.append(row)
            then = say.pop((row["kind"], row["text"]), None)
            if then and then() is False:
                process.kill()
        process.wait()
    return rows
