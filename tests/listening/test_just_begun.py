"""Who begins to answer while the question ends is heard from their first word on."""

import pytest

from tests.runtime.doubles import tone
from voice_skill.audio.sound import SILENCE_DBFS, level_dbfs
from voice_skill.hearing.listener import Floor
from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.listening.own_voice_gate import JustBegun

QUIET, ECHO, PERSON, PLAYED = 0.001, 0.05, 0.4, 0.2


def begun(levels: list[float], sounding_blocks: int) -> list[float]:
    """The levels of what is taken for an answer, of a question that sounds for so many blocks."""
    own = OwnEcho()
    for _ in range(20):
        own.hear(tone(ECHO), level_dbfs(tone(PLAYED)), tone(ECHO))
    heard = JustBegun(own, Floor())
    for number, level in enumerate(levels):
        played = level_dbfs(tone(PLAYED)) if number < sounding_blocks else SILENCE_DBFS
        own.hear(tone(level), played, tone(level))
        assert heard.hear(tone(level)) == tone(level)
    return levels[-len(heard.sound) :] if heard.sound else []


def test_of_somebody_who_begins_as_it_ends_nothing_is_lost() -> None:
    assert begun([ECHO] * 30 + [PERSON] * 5, 32) == [ECHO] + [PERSON] * 5


@pytest.mark.parametrize("after", [QUIET, ECHO])
def test_its_own_end_is_nobody(after: float) -> None:
    assert begun([ECHO] * 30 + [after] * 3, 30) == []


def test_who_spoke_into_it_for_long_answers_nothing() -> None:
    assert begun([ECHO] * 10 + [PERSON] * 20, 28) == []


def test_a_short_word_that_is_over_by_then_is_not_lost() -> None:
    assert (
        begun([ECHO] * 30 + [PERSON] * 3 + [QUIET] * 3, 32) == [ECHO] + [PERSON] * 3 + [QUIET] * 3
    )


def test_a_click_is_nobody() -> None:
    assert begun([ECHO] * 30 + [PERSON] + [QUIET] * 3, 32) == []
