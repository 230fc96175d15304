"""Devices that go away in the middle: told where it can be, and nothing goes on meanwhile."""

import threading
from pathlib import Path

import numpy as np
import pytest

from tests.audio.conftest import HOW_BAD, answers, captions, rows_of, run_script, speech
from voice_skill.audio.virtual_card import VirtualSoundCard

pytestmark = [pytest.mark.audio, pytest.mark.timeout(240)]

OUTPUTS = """
import sys, threading, time
from pathlib import Path
import numpy as np
from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.speaking.outputs import Outputs
from voice_skill.speaking.playback import Player
tone = (np.sin(np.arange(44100) / 8) * 8000).astype("<i2").tobytes()
with VirtualSoundCard() as card:
    card.activate()
    card.plug_other_loudspeaker()
    raw = Path(sys.argv[1]) / "other.raw"
    recorder = card.record("other", raw, 16000)
    time.sleep(0.5)
    outputs = Outputs(Player("vspk"), lambda text: None)
    threading.Timer(0.7, card.suspend_loudspeaker, [True]).start()
    played = outputs.play(tone, 22050)
    print(played.whole, outputs.lost, outputs.look_for())
    card.suspend_loudspeaker(False)
    print(outputs.look_for(), outputs.lost)
    recorder.terminate()
    recorder.wait()
    print((np.abs(np.fromfile(raw, "<i2")) > 500).any())
"""

MICROPHONE = """
import time
from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.errors import AudioError
from voice_skill.hearing.capture import DeviceLost, Microphone
with VirtualSoundCard() as card:
    card.activate()
    microphone = Microphone()
    microphone.open()
    card.unplug_microphone()
    until = time.monotonic() + 15
    try:
        while time.monotonic() < until:
            microphone.read()
        print("not noticed")
    except DeviceLost:
        print("lost")
    try:
        microphone.open()
        print("heard itself")
    except AudioError:
        print("none")
    card.plug_microphone()
    microphone.open()
    print(len(microphone.read()))
    microphone.close()
"""


RENUMBERED = """
import time
from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.errors import AudioError
from voice_skill.hearing.capture import Microphone
from voice_skill.audio.devices import find_device
from voice_skill.speaking.outputs import Outputs
from voice_skill.speaking.playback import Player
sound = (bytes(22050), 22050)
with VirtualSoundCard() as card:
    card.list_devices({"other": "vspk", "usb_mic_1": "vmic", "usb_speaker_1": "vspk"})
    card.activate()
    microphone, outputs = Microphone("usb_mic"), Outputs(Player("usb_speaker"), lambda text: None)
    first = microphone.open().index, find_device("usb_speaker", "output").index
    print(outputs.play(*sound).whole)
    card.list_devices({"other": "vspk"})
    print(outputs.play(*sound) is not None, outputs.lost, outputs.look_for(), outputs.outdated)
    microphone.close()
    try:
        microphone.reopen()
    except AudioError:
        print("none")
    card.list_devices({"other": "vspk", "usb_speaker_2": "vspk", "usb_mic_2": "vmic"})
    print(outputs.look_for(), outputs.outdated)
    outputs.renew()
    print(outputs.look_for(), outputs.outdated)
    second = microphone.reopen().index, find_device("usb_speaker", "output").index
    print(first != second, len(microphone.read()))
    outputs.renew()
    print(outputs.outdated, len(microphone.read()))
    microphone.close()
"""


def test_what_a_stalled_loudspeaker_does_not_say_another_one_does(tmp_path: Path) -> None:
    assert run_script(OUTPUTS, tmp_path).split() == [
        "True",
        "True",
        "False",
        "True",
        "False",
        "True",
    ]


def test_what_comes_back_under_another_number_is_found() -> None:
    """The list of devices is made again for it, but never under an open ear."""
    assert run_script(RENUMBERED).split() == [
        "True",
        "True", "True", "False", "False",
        "none",
        "False", "True",
        "True", "False",
        "True", "1600",
        "True", "1600",
    ]  # fmt: skip


def test_the_loudspeakers_own_sound_is_no_microphone() -> None:
    """The sound server silently hands it over when the microphone is unplugged."""
    assert run_script(MICROPHONE).split() == ["lost", "none", "1600"]


def test_a_loudspeaker_lost_in_a_check_is_told_elsewhere_and_looked_for(tmp_path: Path) -> None:
    """The question during which it went is asked again; until then nothing is an answer to it."""
    said: list[str] = []
    with VirtualSoundCard() as card:
        card.plug_other_loudspeaker()
        recorder = card.record("other", tmp_path / "other.raw", 16000)
        with captions(tmp_path, card, "--loudspeaker", "vspk") as lines:
            for line in lines:
                said.append(line)
                if "not a diagnosis" in line:
                    card.suspend_loudspeaker(True)
                elif "The loudspeaker has gone." in line:
                    threading.Timer(6, card.suspend_loudspeaker, [False]).start()
                elif "Here I am again." in line:
                    break
            question = next(lines)
        recorder.terminate()
        recorder.wait()
    assert "back or leg symptoms" in question
    assert not [line for line in said if line.startswith(">")]
    assert (np.abs(np.fromfile(tmp_path / "other.raw", "<i2")) > 500).any()


def test_a_lost_loudspeaker_and_a_dead_sound_server_stop_the_count(tmp_path: Path) -> None:
    wavs = speech(tmp_path, "two")
    with VirtualSoundCard() as card:
        card.plug_other_loudspeaker()
        recorder = card.record("other", tmp_path / "other.raw", 16000)

        def loudspeaker_goes() -> None:
            card.list_devices({"vmic": "vmic", "other": "other"})
            card.suspend_loudspeaker(True)

        def loudspeaker_comes() -> None:
            card.list_devices({"other": "other", "vspk_2": "vspk", "vmic": "vmic"})
            card.suspend_loudspeaker(False)

        def server_dies() -> None:
            recorder.terminate()
            recorder.wait()
            card.kill()
            threading.Timer(4, card.up).start()

        rows = rows_of(tmp_path, card, {
            ("count", "2"): loudspeaker_goes,
            ("say", "Your loudspeaker has gone, so the count waits until it returns."):
                lambda: threading.Timer(12, loudspeaker_comes).start(),
            ("count", "6"): server_dies,
            **answers(card, wavs["two"], HOW_BAD),
        }, "--loudspeaker", "vspk")  # fmt: skip
    texts = [row["text"] for row in rows]
    for lost, back in (("Your loudspeaker has gone", "Here I am again."),
                       ("I can't hear you any more", "I can hear again.")):  # fmt: skip
        gone = next(i for i, text in enumerate(texts) if text.startswith(lost))
        again = texts.index(back)
        assert not [row for row in rows[gone:again] if row["kind"] == "count"]
    counts = [int(r["text"]) for r in rows if r["kind"] == "count" and r["drill"] == "calf_raise"]
    assert counts == [*range(1, 9)]
    assert (np.abs(np.fromfile(tmp_path / "other.raw", "<i2")) > 500).any()
    assert rows[-1]["text"] == "run"
