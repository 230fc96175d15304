"""The real synthesiser: restarted when it dies or hangs; prompts made once; damage made good."""

import os
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from voice_skill.errors import SpeechError
from voice_skill.speaking.cache import PromptCache, read_sound
from voice_skill.speaking.earcons import earcon
from voice_skill.speaking.scratch import scratch_folder
from voice_skill.speaking.synthesiser import Synthesiser, pieces
from voice_skill.speaking.voice import RATES_WPM, VOLUMES, Voice
from voice_skill.speaking.worker import MAX_CHARACTERS


@pytest.fixture
def synthesiser() -> "object":
    made = Synthesiser(Voice(), prompt_seconds=2.0)
    yield made
    made.close()


def seconds(path: Path) -> float:
    pcm, rate = read_sound(path)
    return len(pcm) / 2 / rate


def test_a_prompt_becomes_a_sound_file(synthesiser: Synthesiser, tmp_path: Path) -> None:
    synthesiser.synthesise("Do you have any back or leg symptoms today?", tmp_path / "a.wav")
    assert 1.5 < seconds(tmp_path / "a.wav") < 5
    assert [file.name for file in tmp_path.glob("a.*")] == ["a.wav"]


def test_a_killed_synthesiser_is_started_again(synthesiser: Synthesiser, tmp_path: Path) -> None:
    synthesiser.synthesise("one", tmp_path / "a.wav")
    assert synthesiser.pid
    os.kill(synthesiser.pid, signal.SIGKILL)
    synthesiser.synthesise("two", tmp_path / "b.wav")
    assert (tmp_path / "b.wav").exists()


def test_a_frozen_synthesiser_is_noticed_and_replaced(
    synthesiser: Synthesiser, tmp_path: Path
) -> None:
    synthesiser.synthesise("one", tmp_path / "a.wav")
    assert synthesiser.pid
    os.kill(synthesiser.pid, signal.SIGSTOP)
    began = time.monotonic()
    synthesiser.synthesise("two", tmp_path / "b.wav")
    assert 2.0 <= time.monotonic() - began < 10


def test_a_frozen_synthesiser_is_closed_at_once(tmp_path: Path) -> None:
    synthesiser = Synthesiser(Voice())
    synthesiser.synthesise("one", tmp_path / "a.wav")
    assert synthesiser.pid
    os.kill(synthesiser.pid, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        making = pool.submit(synthesiser.synthesise, "two", tmp_path / "b.wav")
        time.sleep(0.3)
        began = time.monotonic()
        synthesiser.close()
        with pytest.raises(SpeechError):
            making.result()
    assert time.monotonic() - began < 2
    assert synthesiser.pid is None


def test_a_folder_that_is_not_there_is_an_error_and_no_hang(
    synthesiser: Synthesiser, tmp_path: Path
) -> None:
    with pytest.raises(SpeechError):
        synthesiser.synthesise("one", tmp_path / "missing" / "a.wav")


def test_the_voice_changes_what_is_made(tmp_path: Path) -> None:
    for rate in (RATES_WPM[0], RATES_WPM[-1]):
        made = Synthesiser(Voice(rate_wpm=rate))
        made.synthesise("a sentence of some length to be spoken", tmp_path / f"{rate}.wav")
        made.close()
    slow, fast = (seconds(tmp_path / f"{rate}.wav") for rate in (RATES_WPM[0], RATES_WPM[-1]))
    assert slow > 1.4 * fast


def test_every_engine_takes_its_rate_however_busy_the_machine(tmp_path: Path) -> None:
    def length(number: int) -> float:
        made = Synthesiser(Voice(rate_wpm=RATES_WPM[0]))
        made.synthesise("a sentence of some length to be spoken", tmp_path / f"{number}.wav")
        made.close()
        return seconds(tmp_path / f"{number}.wav")

    with ThreadPoolExecutor(6) as pool:  # before it waited for espeak, 1 to 3 of 100 did not
        lengths = list(pool.map(length, range(48)))
    assert min(lengths) > 0.99 * max(lengths)


def test_prompts_are_made_once_and_damage_is_made_good(
    synthesiser: Synthesiser, tmp_path: Path
) -> None:
    cache = PromptCache(tmp_path, synthesiser)
    whole = cache.sound("Hello there.")
    assert cache.has("Hello there.")
    path = cache.path("Hello there.", Voice())
    path.write_bytes(b"damaged")
    again, _ = cache.sound("Hello there.")
    assert abs(len(again) - len(whole[0])) < 2000  # the synthesiser varies by some samples
    assert cache.sound("Hello there.")[0] == again


def test_what_holds_something_of_a_person_is_never_kept(
    synthesiser: Synthesiser, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "prompts"
    cache = PromptCache(folder, synthesiser, {"Hello there."})
    assert cache.sound("I heard 34.")[0]
    assert list(folder.iterdir()) == []
    assert cache.sound("Hello there.")[0]
    (kept,) = folder.iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0


def test_nothing_is_left_in_memory_once_it_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "memory").mkdir()
    monkeypatch.setattr("voice_skill.speaking.scratch.MEMORY", tmp_path / "memory")
    cache = PromptCache(tmp_path / "prompts", Synthesiser(Voice()))
    assert cache.sound("Hello there.")[0]
    cache.close()
    assert list((tmp_path / "memory").iterdir()) == []


def test_what_a_killed_process_left_in_memory_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voice_skill.speaking.scratch.MEMORY", tmp_path)
    ended = subprocess.Popen(["true"])
    ended.wait()
    for name in (f"voice-skill-{ended.pid}-a", f"voice-skill-{os.getpid()}-b", "other"):
        (tmp_path / name).mkdir()
    new = scratch_folder()
    assert {file.name for file in tmp_path.iterdir()} == {
        f"voice-skill-{os.getpid()}-b", "other", new.name
    }  # fmt: skip


@pytest.mark.parametrize("in_the_way", ["prompts", "prompts/full"])
def test_without_room_on_the_disk_it_speaks_all_the_same(
    synthesiser: Synthesiser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_the_way: str
) -> None:
    """Neither the folder nor a file in it can be made."""
    cache_folder = tmp_path / "prompts"
    if in_the_way == "prompts":
        cache_folder.touch()
    cache = PromptCache(cache_folder, synthesiser)
    if in_the_way != "prompts":
        monkeypatch.setattr("voice_skill.speaking.cache.tempfile.mkstemp", full)
    assert cache.sound("Hello there.")[0]


def full(**_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("text", ["", "   ", "\x00abc", "🏃", "word " * 1000, "x" * 5000])
def test_any_text_is_spoken_and_never_crashes(
    synthesiser: Synthesiser, tmp_path: Path, text: str
) -> None:
    assert all(0 < len(piece) <= MAX_CHARACTERS for piece in pieces(text))
    pcm, rate = PromptCache(tmp_path, synthesiser).sound(text)
    assert rate == 22050
    assert bool(pcm) == bool(pieces(text))


def test_the_voice_goes_in_steps_and_stops_at_the_ends() -> None:
    voice = Voice()
    for _ in range(20):
        voice = voice.adjusted("rate", -1).adjusted("volume", 1)
    assert (voice.rate_wpm, voice.volume) == (RATES_WPM[0], VOLUMES[-1])
    assert voice.adjusted("volume", 1) == voice
    assert Voice.from_settings({"rate_wpm": 110, "volume": 1.0}) == voice


def test_earcons_are_short_and_different() -> None:
    sounds = {earcon(n)[0] for n in ("listening", "heard", "not_heard", "error", "finished")}
    assert len(sounds) == 5
    assert all(0.05 < len(pcm) / 2 / 22050 < 0.4 for pcm in sounds)
