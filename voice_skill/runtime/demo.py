"""`voice-skill demo`: a virtual person talks with the skill through a virtual sound card.

Real synthesiser, real recogniser, real sound: only the air is missing. Both voices are kept as a
stereo WAV (left the skill, right the person) with the report.
"""

import json
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.content import Content
from voice_skill.dialog.effects import Listen
from voice_skill.runtime.people.persona import Persona
from voice_skill.runtime.typed.check import NOISE, SILENCE
from voice_skill.speaking.synthesiser import Synthesiser
from voice_skill.speaking.voice import Voice
from voice_skill.visit.report import Report

RATE_HZ = 16000
THINK_SECONDS = 0.25


@dataclass
class Person:
    """Speaks the answers of a persona into the microphone, a little after the floor is theirs."""

    persona: Persona
    card: VirtualSoundCard
    folder: Path
    synthesiser: Synthesiser = field(init=False)
    spoken: int = 0

    def __post_init__(self) -> None:
        self.synthesiser = Synthesiser(Voice(self.persona.file.voice, 150, 1.0))

    def take_floor(self, floor: Listen) -> None:
        """Answer in a thread of one's own, so that the skill listens meanwhile."""
        said = self.persona.answer(floor.field)
        if said not in (SILENCE, ""):
            threading.Thread(target=self._speak, args=(said,), daemon=True).start()

    def _speak(self, said: str) -> None:
        self.spoken += 1
        path = self.folder / f"answer-{self.spoken}.wav"
        if said == NOISE:
            noise = np.random.default_rng(self.spoken).normal(0, 0.05, RATE_HZ)
            soundfile.write(path, noise, RATE_HZ)
        else:
            self.synthesiser.synthesise(said, path)
        time.sleep(THINK_SECONDS)
        self.card.play_to_microphone(path).wait()


def run_demo(
    content: Content,
    persona: str,
    model: Path | None,
    output: Path | None,
    as_json: bool,
) -> int:
    """Hold a whole conversation and save it. Returns the exit code."""
    person = Persona.named(persona, content.folder)
    place = output or Path("demo") / Path(persona).stem
    place.mkdir(parents=True, exist_ok=True)
    with VirtualSoundCard() as card:
        card.activate()
        report, took = converse(content, person, card, model, place)
    (place / "report.txt").write_text(report.to_text(content.dialog), encoding="utf-8")
    data = {**report.to_json(), "reply_seconds": took, "wav": str(place / "conversation.wav")}
    (place / "report.json").write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    if as_json:
        print(json.dumps(data))
    print(f"saved in {place}: conversation.wav, report.txt, report.json", file=sys.stderr)
    return 0


def converse(
    content: Content, persona: Persona, card: VirtualSoundCard, model: Path | None, place: Path
) -> tuple[Report, list[float]]:
    """Hold it, and save both voices in `place`. The report, and the seconds to each reply."""
    from voice_skill.runtime.voice.equipment import studio, to_screen
    from voice_skill.runtime.voice.quiet_libraries import quiet_libraries

    now = datetime.now().astimezone()
    conversation = content.conversation(now.weekday())
    with tempfile.TemporaryDirectory(dir=card.folder) as scratch:  # goes with it, if killed
        raws = [Path(scratch) / "skill.raw", Path(scratch) / "person.raw"]
        recorders = [
            card.record(source, raw, RATE_HZ)
            for source, raw in zip(("vspk", "vmic_in"), raws, strict=True)
        ]
        person = Person(persona, card, Path(scratch))
        settings: dict[str, Any] = {}
        try:
            with (
                quiet_libraries(),
                studio(
                    conversation, settings, settings.update, to_screen, model, person.take_floor
                ) as spoken,
            ):
                spoken.run(conversation.begin())
        finally:
            person.synthesiser.close()
            for recorder in recorders:
                recorder.terminate()
                recorder.wait()
        _save_stereo(raws, place / "conversation.wav")
    report = Report.from_session(
        content.dialog, conversation.state, conversation.turns, now.isoformat(timespec="seconds")
    )
    took = [round(t.reply_began - t.word_ended, 3) for t in spoken.turn_times]
    return report, took


def _save_stereo(raws: list[Path], wav: Path) -> None:
    tracks = [np.fromfile(raw, "<i2") for raw in raws]
    size = min(len(track) for track in tracks)
    soundfile.write(wav, np.stack([track[:size] for track in tracks], axis=1), RATE_HZ)
