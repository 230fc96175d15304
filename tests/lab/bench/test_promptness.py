"""How soon a word is known."""

import numpy as np
import pytest

from voice_skill.lab.bench.promptness import end_of_energy_seconds, promptness, settled_seconds


def sound(quiet_seconds: float, loud_seconds: float, after_seconds: float) -> bytes:
    parts = [(quiet_seconds, 2), (loud_seconds, 8000), (after_seconds, 2)]
    waves = [np.full(int(seconds * 16000), level, "<i2") for seconds, level in parts]
    return np.concatenate(waves).tobytes()


def test_energy_ends_where_the_loud_part_does() -> None:
    assert end_of_energy_seconds(sound(0.2, 0.3, 0.4)) == pytest.approx(0.5, abs=0.011)


def test_a_partial_counts_from_when_it_stays_right() -> None:
    assert settled_seconds(["", "yes", "no", "yes", "yes"], "yes") == pytest.approx(0.2)


def test_a_partial_that_ends_wrong_never_settles() -> None:
    assert settled_seconds(["yes", "yes no"], "yes") is None


def test_delays_are_from_the_end_of_the_word() -> None:
    pcm = sound(0.2, 0.3, 0.4)
    found = promptness([(pcm, "yes"), (pcm, "no")], lambda _: [""] * 11 + ["yes"] * 3)
    assert found.heard == 1
    assert found.median_ms == pytest.approx(100, abs=15)


def test_nothing_heard_is_told_by_the_count() -> None:
    assert promptness([(sound(0.1, 0.1, 0.1), "yes")], lambda _: [""]).heard == 0
