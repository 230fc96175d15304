"""The sound of a beat is handed over before it: what counts is what was heard, whatever came then.

In a room of simulated time with the real recogniser: every moment is known to the sample.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.audio.conftest import short_dialog
from voice_skill.audio.sound import RATE_HZ
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.lab.coach.room import Room, RoomBeat, RoomMicrophone, RoomMouth
from voice_skill.lab.patient import speak
from voice_skill.models.folder import find_model
from voice_skill.runtime.voice.beats import Clock
from voice_skill.runtime.voice.check import Spoken
from voice_skill.runtime.voice.warm_up import Coached
from voice_skill.speaking.cache import PromptCache
from voice_skill.speaking.playback import Player
from voice_skill.speaking.speaker import Speaker
from voice_skill.speaking.synthesiser import Synthesiser
from voice_skill.speaking.voice import Voice
from voice_skill.visit.conversation import Conversation
from voice_skill.visit.warm_up import WarmUp

REP_SECONDS = 1.1
DECIDED_SECONDS = 0.14
"""From the end of a word to the decision, in the median."""


class Over(Exception):
    """All is counted."""


@dataclass
class Held:
    """A short warm-up. handed: beats given to the loudspeaker. sounded: those not cut before."""

    warm_up: WarmUp
    room: Room
    handed: list[RoomBeat] = field(default_factory=list)
    sounded: list[RoomBeat] = field(default_factory=list)

    @property
    def counted(self) -> list[tuple[float, int]]:
        rows = [row for row in self.warm_up.rows if row.kind == "count"]
        return [(row.at_seconds, int(row.text)) for row in rows]


def hold(folder: Path, before: dict[int, float]) -> Held:
    """Someone pauses so that it is decided so many seconds before the beat after the nth."""
    dialog = Dialog.from_folder(short_dialog(folder))
    library = Content(folder / "en", dialog).library
    warm_up = WarmUp(dialog, library.coach(dialog, "standard"), library)
    quiet = np.random.default_rng(2).normal(size=120 * RATE_HZ) * 5e-4
    held = Held(warm_up, Room(60, None, quiet, None))
    prompts = PromptCache(folder / "said", Synthesiser(Voice()))
    speaker = Speaker(Player(None), folder / "said", Voice(), "", lambda text: None)
    pause, resume = (
        np.trim_zeros(speak(word, "espeak-ng en-us", 1.0).round(2)) for word in ("pause", "resume")
    )

    class Mouth(RoomMouth):
        def beat(self, word: str | None, at: float) -> RoomBeat | None:
            given = super().beat(word, at)
            if given:
                held.handed.append(given)
                held.sounded.append(given)
                early = before.get(len(held.handed))
                if early is not None:
                    decided = given.begins / RATE_HZ + REP_SECONDS - early
                    held.room.speak(pause, decided - DECIDED_SECONDS - len(pause) / RATE_HZ)
            return given

        def stop(self) -> None:
            held.sounded = [b for b in held.sounded if b.begins < held.room.at]
            super().stop()

    def asked(ended_at: float) -> None:
        if warm_up.state.paused:
            held.room.speak(resume, ended_at + 0.8)

    def each() -> None:
        if warm_up.state.question or held.room.now() > 55:
            raise Over

    mouth = Mouth(held.room, prompts, asked)
    spoken = Spoken(
        Conversation.from_dialog(dialog), RoomMicrophone(held.room, mouth, each, []), speaker,
        Recogniser(find_model(None)), lambda line: None, lambda effect: True,
    )  # fmt: skip
    try:
        with pytest.raises(Over):
            Coached(spoken, warm_up, clock=Clock(held.room.now), mouth=mouth).run()
    finally:
        speaker.close()
        prompts.synthesiser.close()
    return held


def test_counts_sound_at_their_moment_whatever_the_ear_does(tmp_path: Path) -> None:
    held = hold(tmp_path, {})
    assert [number for _, number in held.counted] == [*range(1, 9)]
    gaps = np.diff([beat.begins / RATE_HZ for beat in held.sounded])
    assert gaps == pytest.approx([b - a for (a, _), (b, _) in pairwise(held.counted)], abs=1e-3)
    assert gaps == pytest.approx([REP_SECONDS] * 7, abs=1e-3)


def test_a_pause_just_before_a_beat_leaves_it_uncounted(tmp_path: Path) -> None:
    held = hold(tmp_path, {2: 0.06, 4: 0.0, 6: -0.04, 8: -0.1})
    assert [row.text for row in held.warm_up.rows if row.kind == "heard"].count("pause") >= 2
    assert len(held.handed) > len(held.sounded)  # some were handed over and cut
    assert len(held.sounded) == len(held.counted)
    assert [number for _, number in held.counted] == [*range(1, 9)]
