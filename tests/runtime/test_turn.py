"""The reply begins in the first pause; who goes on cuts it, and all that is said counts."""

from dataclasses import dataclass, field

import pytest

from tests.runtime.doubles import Levels, tone
from voice_skill.audio.sound import BLOCK_SECONDS, SILENCE_DBFS, level_dbfs
from voice_skill.hearing.capture import DeviceLost
from voice_skill.hearing.listener import Floor, Utterance
from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.listening.answer_grammar import Grammar
from voice_skill.runtime.voice.turn import Turn
from voice_skill.understanding.covering import GrammarIndex

QUIET, COUGH, BUT, NO, REPLY = 0.001, 0.2, 0.25, 0.3, 0.1
WORDS = {BUT: "but", NO: "no", REPLY: "any"}
PHRASES = frozenset([("no",), ("no", "but")])
INDEX = GrammarIndex(PHRASES, PHRASES)
GRAMMAR = Grammar(["no", "no but"], INDEX, lambda text: False, lambda text: False)
KNOWN_BLOCKS = 20


def blocks(seconds: float) -> int:
    return round(seconds / BLOCK_SECONDS)


@dataclass
class Room:
    """A microphone that hears these levels, one a block, and the reply's own sound beside them.

    echo: how loud it comes back. began, taken_back: after how many blocks.
    """

    levels: list[float]
    echo: float = 0.0
    lost_after: int | None = None
    own_echo: OwnEcho = field(default_factory=OwnEcho)
    read_blocks: int = 0
    began: list[tuple[str, int]] = field(default_factory=list)
    taken_back: list[int] = field(default_factory=list)

    def know_echo(self) -> None:
        for _ in range(KNOWN_BLOCKS):
            back = tone(self.echo or QUIET)
            self.own_echo.hear(back, level_dbfs(tone(0.5)), back)
        for _ in range(KNOWN_BLOCKS):
            self.own_echo.hear(tone(QUIET), SILENCE_DBFS, tone(QUIET))

    def read(self) -> bytes:
        if self.read_blocks == self.lost_after:
            raise DeviceLost("gone")
        level = self.levels[self.read_blocks] if self.read_blocks < len(self.levels) else QUIET
        self.read_blocks += 1
        sounding = len(self.began) > len(self.taken_back)
        heard = tone(max(level, self.echo) if sounding else level)
        self.own_echo.hear(heard, level_dbfs(tone(0.5)) if sounding else SILENCE_DBFS, heard)
        return heard

    def begin(self, heard: Utterance) -> "Room":
        self.began.append((heard.hypothesis.text, self.read_blocks))
        return self

    def take_back(self) -> None:
        assert len(self.began) > len(self.taken_back), "nothing sounds"
        self.taken_back.append(self.read_blocks)


def turn(room: Room) -> Turn:
    ear = Levels(WORDS)
    return Turn(
        ear, room.read, GRAMMAR, room.own_echo, Floor(), lambda heard: True, room.begin,  # type: ignore[arg-type]
    )  # fmt: skip


def said(*parts: tuple[float, float]) -> list[float]:
    """Levels and for how many seconds, after a second of quiet."""
    return [QUIET] * 20 + [level for level, seconds in parts for _ in range(blocks(seconds))]


@pytest.mark.parametrize("echo", [0.0, REPLY])
def test_the_reply_to_a_no_begins_within_a_quarter_of_a_second(echo: float) -> None:
    """And what comes back of it is no part of the answer."""
    room = Room(said((NO, 0.3)), echo)
    room.know_echo()
    heard, reply = turn(room).hear()
    assert (heard.kind, heard.hypothesis.text, heard.alone) == ("heard", "no", True)
    assert reply is room
    assert not room.taken_back
    ((text, at),) = room.began
    assert text == "no"
    assert (at - len(room.levels)) * BLOCK_SECONDS <= 0.25
    assert heard.ended_seconds == pytest.approx(1.3)


@pytest.mark.parametrize("echo", [0.0, REPLY])
@pytest.mark.parametrize("pause", [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7])
def test_who_goes_on_cuts_the_reply_and_is_heard_whole(pause: float, echo: float) -> None:
    room = Room(said((NO, 0.3), (QUIET, pause), (BUT, 0.5)), echo)
    room.know_echo()
    heard, reply = turn(room).hear()
    assert heard.hypothesis.text == "no but"
    assert heard.ended_seconds == pytest.approx(1.8 + pause)
    assert reply is room
    assert room.began[-1][0] == "no but"
    goes_on = 20 + blocks(0.3) + blocks(pause)
    assert all(at - goes_on <= 2 for at in room.taken_back)
    assert len(room.taken_back) == (pause > 0.15)


def test_before_it_is_known_how_the_own_voice_comes_back_no_reply_begins() -> None:
    room = Room(said((NO, 0.3), (QUIET, 0.4), (BUT, 0.5)), REPLY)
    heard, reply = turn(room).hear()
    assert heard.hypothesis.text == "no but"
    assert reply is None
    assert not room.began


def test_a_cough_cuts_the_reply_which_then_waits() -> None:
    room = Room(said((NO, 0.3), (QUIET, 0.4), (COUGH, 0.2)))
    room.know_echo()
    heard, reply = turn(room).hear()
    assert heard.hypothesis.text == "no"
    assert reply is None
    assert len(room.began) == len(room.taken_back) == 1


def test_in_noise_in_which_a_softer_voice_would_be_lost_no_reply_begins() -> None:
    room = Room([0.05 if level == QUIET else level for level in said((NO, 0.3), (QUIET, 0.9))])
    room.know_echo()
    assert turn(room).hear()[0].hypothesis.text == "no"
    assert not room.began


def test_a_microphone_that_goes_takes_the_reply_with_it() -> None:
    room = Room(said((NO, 0.3)), lost_after=blocks(1.0 + 0.3 + 0.5))
    room.know_echo()
    with pytest.raises(DeviceLost):
        turn(room).hear()
    assert len(room.began) == len(room.taken_back) == 1
