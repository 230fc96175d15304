"""What is typed on the page while the coach speaks or counts: taken once, at once, as a whole
sentence. In a room of simulated time with the real recogniser."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from tests.audio.conftest import short_dialog
from voice_skill.audio.sound import RATE_HZ
from voice_skill.content import Content
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.lab.coach.room import Room, RoomMicrophone, RoomMouth
from voice_skill.models.folder import find_model
from voice_skill.runtime.voice.beats import Clock
from voice_skill.speaking.cache import PromptCache
from voice_skill.speaking.playback import Player
from voice_skill.speaking.speaker import Speaker
from voice_skill.speaking.synthesiser import Synthesiser
from voice_skill.speaking.voice import Voice
from voice_skill.surfaces.captions.desk import Desk
from voice_skill.surfaces.captions.spoken import CaptionedCheck, CaptionedWarmUp
from voice_skill.surfaces.captions.wording import read_wording
from voice_skill.visit.warm_up import WarmUp

SECONDS = 45.0


class Over(Exception):
    """It has gone on long enough."""


@dataclass
class Session:
    """A short warm-up beside a page. typed: what somebody types, each once its moment is there."""

    warm_up: WarmUp
    desk: Desk
    room: Room
    typed: list[tuple[Callable[["Session"], bool], str]]
    shown: list[str] = field(default_factory=list)

    @property
    def heard(self) -> list[str]:
        return [row.text for row in self.warm_up.rows if row.kind == "heard"]

    @property
    def counts(self) -> list[int]:
        return [int(row.text) for row in self.warm_up.rows if row.kind == "count"]

    def each(self) -> None:
        """At every block of sound."""
        if self.typed and self.typed[0][0](self):
            found = self.desk.board.after(-1, 0)
            assert found is not None
            self.shown.append(found[1]["question"])
            assert self.desk.board.answer(found[1]["turn"], self.typed.pop(0)[1]) == "taken"
        if self.warm_up.state.question or self.room.now() > SECONDS:
            raise Over


def hold(folder: Path, *typed: tuple[Callable[[Session], bool], str]) -> Session:
    content = Content.from_folder(short_dialog(folder))
    warm_up = WarmUp(
        content.dialog, content.library.coach(content.dialog, "standard"), content.library
    )
    quiet = np.random.default_rng(2).normal(size=60 * RATE_HZ) * 5e-4
    desk = Desk.from_folder(content.folder, read_wording(content.folder))
    session = Session(warm_up, desk, Room(60, None, quiet, None), list(typed))
    prompts = PromptCache(folder / "said", Synthesiser(Voice()))
    speaker = Speaker(Player(None), folder / "said", Voice(), "", lambda text: None)
    mouth = RoomMouth(session.room, prompts, lambda at: None)
    spoken = CaptionedCheck.at(desk)(
        content.conversation(), RoomMicrophone(session.room, mouth, session.each, []), speaker,
        Recogniser(find_model(None)), lambda line: None, lambda effect: True,
    )  # fmt: skip
    try:
        with pytest.raises(Over):
            CaptionedWarmUp(spoken, warm_up, clock=Clock(session.room.now), mouth=mouth).run()
    finally:
        speaker.close()
        prompts.synthesiser.close()
    return session


def test_a_typed_pause_holds_the_count_and_no_number_is_lost(tmp_path: Path) -> None:
    paused_at: list[float] = []

    def after_three(session: Session) -> bool:
        return len(session.counts) == 3

    def later(session: Session) -> bool:
        if session.warm_up.state.paused:
            paused_at.append(session.room.now())
        return bool(paused_at) and session.room.now() > paused_at[0] + 5

    session = hold(tmp_path, (after_three, "pause"), (later, "i'm ready"))
    assert session.heard == ["pause", "i'm ready"]
    assert session.counts == [*range(1, 9)]
    at = {int(row.text): row.at_seconds for row in session.warm_up.rows if row.kind == "count"}
    assert at[4] - at[3] > 5


def test_a_typed_sentence_into_the_coach_s_own_is_understood_whole(tmp_path: Path) -> None:
    session = hold(
        tmp_path,
        (lambda now: now.room.now() > 0.5, "my back has gone into a spasm and it really hurts"),
    )
    assert len(session.heard) == 1
    assert session.counts == []
    assert session.warm_up.state.question is not None
    assert session.warm_up.free_speech is False  # what comes by ear is out of a grammar, as before
