"""Sentences in a row: nothing waits for one that is not wanted any more."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from voice_skill.speaking.cue import Cue
from voice_skill.speaking.playback import Player
from voice_skill.speaking.speaker import Speaker
from voice_skill.speaking.synthesiser import Synthesiser
from voice_skill.speaking.voice import Voice


def test_nothing_waits_for_a_synthesiser_that_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synthesiser = Synthesiser(Voice())
    synthesiser.synthesise("one", tmp_path / "one.wav")
    assert synthesiser.pid
    os.kill(synthesiser.pid, signal.SIGSTOP)
    monkeypatch.setattr("voice_skill.speaking.speaker.Synthesiser", lambda voice: synthesiser)
    speaker, cue = Speaker(Player(), tmp_path, Voice(), "", lambda text: None), Cue()
    with ThreadPoolExecutor(1) as mouth:
        saying = mouth.submit(speaker.say, ["A sentence that is never made."], cue)
        time.sleep(0.3)
        began = time.monotonic()
        speaker.stop()
        assert saying.result() is False
        speaker.close()
    assert cue.cut
    assert time.monotonic() - began < 2
