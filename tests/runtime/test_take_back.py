"""A spoken "no ... but a bit": the next question begins, is cut, and nothing of the no is kept."""

from dataclasses import dataclass, field

import pytest

from tests.runtime.doubles import Levels, tone
from voice_skill.audio.sound import SILENCE_DBFS, level_dbfs
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.events import Answered, Event, Started
from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.models.folder import starter
from voice_skill.models.vocabulary import vocabulary
from voice_skill.runtime.voice.check import Spoken
from voice_skill.speaking.cue import Cue
from voice_skill.visit.conversation import Conversation

QUIET, BUT, NO = 0.001, 0.25, 0.3


@dataclass
class Outputs:
    lost: bool = False


@dataclass
class Speaker:
    """Says everything in no time. stopped: how often it was cut."""

    said: list[str] = field(default_factory=list)
    stopped: int = 0
    outputs: Outputs = field(default_factory=Outputs)

    def say(self, lines: tuple[str, ...], cue: Cue) -> bool:
        self.said += lines
        cue.began_at = 0.0
        return not cue.cut

    def earcon(self, name: str, cue: Cue | None = None) -> bool:
        return True

    def stop(self) -> None:
        self.stopped += 1


@dataclass
class Microphone:
    """kept: how many events were kept by the time of each block."""

    levels: list[float]
    events: list[Event]
    own_echo: OwnEcho = field(default_factory=OwnEcho)
    kept: list[int] = field(default_factory=list)
    behind_seconds: float = 0.0
    overflows: int = 0

    def __post_init__(self) -> None:
        for _ in range(20):
            self.own_echo.hear(tone(QUIET), level_dbfs(tone(0.5)), tone(QUIET))

    def read(self) -> bytes:
        number = len(self.kept)
        self.kept.append(len(self.events))
        heard = tone(self.levels[number] if number < len(self.levels) else QUIET)
        self.own_echo.hear(heard, SILENCE_DBFS, heard)
        return heard


@pytest.mark.parametrize(
    ("levels", "said", "cuts"),
    [
        ([NO] * 8, "no", 0),
        ([NO] * 8 + [QUIET] * 8 + [BUT] * 10, "no but a bit", 1),
    ],
)
def test_only_the_whole_answer_is_kept(
    dialog: Dialog, levels: list[float], said: str, cuts: int
) -> None:
    events: list[Event] = []
    conversation = Conversation.from_dialog(dialog, events.append)
    conversation.take(Started(asks=("saddle",)))
    microphone, speaker, lines = Microphone([QUIET] * 20 + levels, events), Speaker(), list[str]()
    ear = Levels({NO: "no", BUT: "but a bit"}, vocabulary(starter()))
    spoken = Spoken(
        conversation, microphone, speaker, ear, lines.append, lambda change: True,  # type: ignore[arg-type]
    )  # fmt: skip
    assert conversation.floor is not None
    spoken.listen(conversation.floor)
    assert set(microphone.kept) == {1}
    assert [event.said for event in events if isinstance(event, Answered)] == [said]
    assert speaker.stopped == cuts
    assert len(conversation.turns) == 1
    assert f"> {said}" in lines
