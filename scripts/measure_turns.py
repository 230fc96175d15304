"""Who goes on after a "no", and whether that is lost or talked over, for docs/measurements.md.

python scripts/measure_turns.py continuations [COUNT [FIRST]]
    "no ... but a bit" with pauses of 0.1 to 0.7 s, half of them with the loudspeaker in the
    microphone at -12 dB: what was heard, and how long the reply went on into it (5 s each; FIRST:
    the number of the first, for several at once)
python scripts/measure_turns.py checks [PERSONA...]
    whole checks over a loudspeaker that comes back at -12 dB: how long they take, and how soon
    replies come
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from voice_skill.audio.sound import RATE_HZ
from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Listen, Say
from voice_skill.dialog.events import Started
from voice_skill.dialog.fields import YesNoField
from voice_skill.lab.patient import speak
from voice_skill.paths import dialog_folder
from voice_skill.runtime.demo import Person
from voice_skill.runtime.people.persona import Persona, personas
from voice_skill.runtime.voice.check import Spoken
from voice_skill.runtime.voice.equipment import studio
from voice_skill.runtime.voice.quiet_libraries import quiet_libraries
from voice_skill.visit.conversation import Conversation

VOICES = ("espeak-ng en-us", "espeak-ng en-gb+f2", "espeak-ng en-us+f3", "espeak-ng en-us+m3")
GOES_ON = ("but a bit", "but a little", "but sometimes", "but maybe")
PAUSES_SECONDS = np.round(np.arange(0.1, 0.75, 0.1), 1)
ECHO_DB, ECHO_MS = -12, 80
THINK_SECONDS, FAINT, AUDIBLE = 0.3, 0.02, 500
FRAME = RATE_HZ // 50
UNTIL_SECONDS = 2.0
"""So long after somebody goes on the reply may be talking over them."""


@dataclass(frozen=True)
class Trial:
    """A no that goes on. goes_on_seconds: from its first sample."""

    field: str
    pause_seconds: float
    sound: np.ndarray
    goes_on_seconds: float


@dataclass(frozen=True)
class Outcome:
    """What became of it. stands: whether the no counts; it may be read back first. began: whether a
    reply had begun. over_seconds: how long it went on."""

    trial: Trial
    heard: str
    understood: object
    stands: bool
    began: bool
    over_seconds: float


def trimmed(text: str, voice: str) -> np.ndarray:
    sound = speak(text, voice, 1.0)
    loud = np.flatnonzero(np.abs(sound) > FAINT)
    return sound[loud[0] : loud[-1] + 1]


def trials(dialog: Dialog, first: int, count: int) -> Iterator[Trial]:
    fields = [name for name, f in dialog.fields.items()
              if isinstance(f, YesNoField) and f.role == "question"]  # fmt: skip
    for number in range(first, first + count):
        voice, pause = VOICES[number % 4], float(PAUSES_SECONDS[number % len(PAUSES_SECONDS)])
        no, more = trimmed("no", voice), trimmed(GOES_ON[number // 4 % 4], voice)
        sound = np.concatenate([no, np.zeros(int(pause * RATE_HZ)), more])
        yield Trial(fields[number % len(fields)], pause, sound, len(no) / RATE_HZ + pause)


@contextmanager
def recording(card: VirtualSoundCard, folder: Path) -> Iterator[tuple[Path, Path]]:
    """Both sides, from the same moment on."""
    raws = folder / "skill.raw", folder / "person.raw"
    running = [
        card.record(s, raw, RATE_HZ) for s, raw in zip(("vspk", "vmic_in"), raws, strict=True)
    ]
    try:
        yield raws
    finally:
        for process in running:
            process.terminate()
            process.wait()


def hold(spoken: Spoken, card: VirtualSoundCard, folder: Path, trial: Trial) -> Outcome:
    """One question, open for one answer."""
    dialog = spoken.dialog
    spoken.conversation = conversation = Conversation(dialog, spoken.conversation.understander)
    conversation.take(Started(asks=(trial.field,)))
    wav = folder / "said.wav"
    soundfile.write(wav, trial.sound, RATE_HZ)

    def speak_soon(floor: Listen) -> None:
        threading.Timer(THINK_SECONDS, card.play_to_microphone, [wav]).start()

    spoken.on_floor = speak_soon
    before = len(captions)
    with recording(card, folder) as raws:
        spoken.listen(conversation.floor or Listen(trial.field))
        time.sleep(0.3)
        spoken.speaker.stop()
        time.sleep(0.2)
        skill, person = (np.fromfile(raw, "<i2").astype(float) for raw in raws)
    turn = conversation.turns[-1]
    began = any(not line.startswith(">") for line in captions[before:-1])
    given = conversation.state.answers.get(trial.field)
    stands = given is not None and given.value == "no"
    into = over(skill, person, trial)
    return Outcome(trial, turn.said, turn.understood, stands, began, into)


def over(skill: np.ndarray, person: np.ndarray, trial: Trial) -> float:
    """How long the skill went on speaking after somebody had gone on."""
    size = len(person) + len(trial.sound)
    spectrum = np.fft.rfft(person, size) * np.fft.rfft(trial.sound, size).conj()
    begins = int(np.argmax(np.fft.irfft(spectrum, size)[: len(person)]))
    goes_on = begins + int(trial.goes_on_seconds * RATE_HZ)
    ends = min(goes_on + int(UNTIL_SECONDS * RATE_HZ), begins + len(trial.sound))
    frames = np.abs(skill[goes_on:ends])[: (ends - goes_on) // FRAME * FRAME].reshape(-1, FRAME)
    return float((frames.max(axis=1, initial=0) > AUDIBLE).sum() * FRAME / RATE_HZ)


captions: list[str] = []


def continuations(count: int = 200, first: int = 0) -> None:
    dialog = Dialog.from_folder(dialog_folder())
    outcomes: list[Outcome] = []
    with VirtualSoundCard() as card, tempfile.TemporaryDirectory() as place, quiet_libraries():
        card.activate()
        conversation = Conversation.from_dialog(dialog)
        with studio(conversation, {}, lambda change: None, captions.append) as spoken:
            for number, trial in enumerate(trials(dialog, first, count)):
                if number == count // 2:
                    card.echo_on(ECHO_DB, ECHO_MS)
                own = dialog.text(dialog.intro) if number % (count // 2) == 0 else "Thank you."
                spoken.tell(Say((own,)))  # by which it knows how it comes back
                outcomes.append(hold(spoken, card, Path(place), trial))
                print(number, show(outcomes[-1]), flush=True)
    lost = sum(o.stands for o in outcomes)
    asked = sum(o.understood == "no" and not o.stands for o in outcomes)
    into = np.array([o.over_seconds for o in outcomes])
    print(f"{len(outcomes)} that go on: {sum(o.began for o in outcomes)} after the reply began, "
          f"{lost} lost, {asked} read back as a no; talked over {np.median(into):.2f} s (median), "
          f"{np.quantile(into, 0.95):.2f} s (p95), {into.max():.2f} s (most)")  # fmt: skip


def check(persona: str, place: str) -> None:
    """One whole check, in a process of its own: the sound library remembers its server."""
    folder, dialog = dialog_folder(), Dialog.from_folder(dialog_folder())
    conversation, said = Conversation.from_dialog(dialog), list[str]()
    with VirtualSoundCard() as card, quiet_libraries():
        card.activate()
        card.echo_on(ECHO_DB, ECHO_MS)
        person = Person(Persona.named(persona, folder), card, Path(place))
        settings: dict[str, object] = {}
        with studio(
            conversation, settings, settings.update, said.append, None, person.take_floor
        ) as spoken:
            began = time.monotonic()
            spoken.run(conversation.begin())
            took = time.monotonic() - began
        person.synthesiser.close()
    finished = conversation.state.finished
    print(json.dumps({
        "persona": persona, "seconds": round(took, 1),
        "care": finished and finished.care, "rules": finished and finished.rules,
        "turns": [[t.field, t.said, str(t.understood), t.outcome] for t in conversation.turns],
        "reply_seconds": [round(t.reply_began - t.word_ended, 3) for t in spoken.turn_times],
    }))  # fmt: skip


def checks(names: list[str]) -> None:
    rows = []
    for name in names:
        command = [sys.executable, __file__, "check", name]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
        rows.append(json.loads(done.stdout))
        print(f"{name}: {show_check(rows[-1])}", flush=True)
    times = [seconds for row in rows for seconds in row["reply_seconds"]]
    print(f"{len(times)} replies: {spread(times)}")


def show_check(row: dict[str, Any]) -> str:
    turns = f"{len(row['turns'])} turns, replies {spread(row['reply_seconds'])}"
    last = "" if row["care"] else f" (at last {row['turns'][-1]})"
    return f"{row['seconds']} s to {row['care']}{last}, {turns}"


def spread(seconds: list[float]) -> str:
    return f"{np.median(seconds):.2f} s (median), {np.quantile(seconds, 0.95):.2f} s (p95)"


def show(outcome: Outcome) -> str:
    trial = outcome.trial
    heard = f"{trial.field} {trial.pause_seconds:.1f} s: '{outcome.heard}' -> {outcome.understood}"
    return f"{heard}, began {outcome.began}, over {outcome.over_seconds:.2f} s"


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["continuations", *count]:
            continuations(*(int(number) for number in count))
        case ["checks", *names]:
            checks(names or personas(dialog_folder()))
        case ["check", name]:
            with tempfile.TemporaryDirectory() as scratch:
                check(name, scratch)
        case _:
            sys.exit(__doc__)
