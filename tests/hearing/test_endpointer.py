"""Ends of answers: a whole answer ends soon, half of one is waited for, silence is bounded."""

from hypothesis import given
from hypothesis import strategies as st

from voice_skill.hearing.endpointer import Completeness, Decision, Endpointer, Patience


def decided(text: str, completeness: Completeness, spoken_blocks: int = 6) -> float:
    """Seconds after the last word at which the end is decided."""
    endpointer = Endpointer()
    at = 0.0
    for block in range(1, 400):
        at = block * 0.05
        talking = block <= spoken_blocks
        words = text if block >= spoken_blocks - 1 else ""
        if endpointer.hear(words, completeness if words else "none", talking, at) == "end":
            return at - spoken_blocks * 0.05
    raise AssertionError("never decided")


def test_a_complete_answer_ends_within_a_human_gap() -> None:
    assert decided("yes", "complete") <= 0.3


def test_an_answer_that_may_go_on_is_given_time() -> None:
    assert 0.4 <= decided("no", "extendable") <= 0.7


def test_half_an_answer_is_waited_for() -> None:
    assert decided("my left", "partial") >= 0.9


def test_silence_is_noinput_after_seven_seconds() -> None:
    endpointer = Endpointer()
    results = [endpointer.hear("", "none", False, block * 0.05) for block in range(1, 200)]
    assert results.index("noinput") == 139


blocks = st.lists(
    st.tuples(
        st.sampled_from(["", "no", "yes", "not sure", "[unk]"]),
        st.sampled_from(["complete", "extendable", "partial", "none"]),
        st.booleans(),
    ),
    min_size=1,
)


@given(blocks)
def test_every_wait_is_bounded(heard: list[tuple[str, Completeness, bool]]) -> None:
    patience = Patience()
    endpointer = Endpointer(patience)
    decision: Decision = "wait"
    block = 0
    while decision == "wait":
        block += 1
        decision = endpointer.hear(*heard[block % len(heard)], at=block * 0.05)
        assert block * 0.05 <= 60
