"""The second ears: the first one's own model with whole sentences, and Whisper where it is."""

import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from voice_skill.audio.sound import read_pcm
from voice_skill.errors import ModelError
from voice_skill.hearing.choosing import second_ear
from voice_skill.hearing.open_vosk import OpenVosk
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.hearing.second_ear import Question
from voice_skill.hearing.whisper import Whisper
from voice_skill.lab.hear import Ear
from voice_skill.models.folder import starter
from voice_skill.models.shelf import Shelf
from voice_skill.paths import dialog_folder

SALT = Question("saddle", "Is it numb?", lambda: ["no nothing like that", "the salt please"])
SECOND = np.zeros(16000, "<i2").tobytes()


def said(text: str, path: Path) -> bytes:
    subprocess.run(["flite", "-voice", "slt", "-t", text, "-o", path], check=True)
    return bytes(8000) + read_pcm(path) + bytes(32000)


@pytest.fixture(scope="module")
def ear() -> Ear:
    return Ear.from_folders(dialog_folder(), starter())


def test_the_own_model_hears_sentences_that_the_first_look_did_not_listen_for(
    ear: Ear, tmp_path: Path
) -> None:
    open_ear = OpenVosk(ear.recogniser)
    sound = said("no nothing like that", tmp_path / "a.wav")
    ear.recogniser.listen_for(["yes", "no"])
    text, confidence = open_ear.hear(sound, SALT)
    assert text == "no nothing like that"
    assert 0.5 < confidence <= 1.0
    assert open_ear.hear(sound, SALT)[0] == text
    assert open_ear.hear(bytes(32000), SALT) == ("", 0.0)


def test_a_red_flag_in_another_answer_is_noticed_by_ear(ear: Ear, tmp_path: Path) -> None:
    sound = said("no, but I had chest pain last night", tmp_path / "a.wav")
    assert ear.understood("bowel", sound).label.startswith("danger")


def test_a_sentence_of_ones_own_is_read_back(ear: Ear, tmp_path: Path) -> None:
    heard = ear.understood("weight_loss", said("no, I've gained a bit", tmp_path / "a.wav"))
    assert (heard.label, heard.certain) == ("no", False)


class Own:
    """The ear beside Whisper: hears one thing, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def hear(self, pcm: bytes, question: Question) -> tuple[str, float]:
        assert pcm
        assert question is SALT
        self.asked += 1
        return "own", 0.6


class Library(ModuleType):
    """Stands in for faster_whisper: writes what it is told to, and refuses what that refuses."""

    def __init__(self, text: str, sure: float = -0.1, silent: float = 0.0) -> None:
        super().__init__("faster_whisper")
        self.segments = [SimpleNamespace(text=text, avg_logprob=sure, no_speech_prob=silent)]
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.prompts: list[str] = []
        library = self

        class WhisperModel:
            def __init__(self, folder: str, *, device: str, compute_type: str, cpu_threads: int,
                         local_files_only: bool) -> None:  # fmt: skip
                if not (Path(folder) / "model.bin").is_file() or not local_files_only:
                    raise RuntimeError(f"Unable to open file 'model.bin' in model '{folder}'")
                assert (device, compute_type) == ("cpu", "int8")
                assert cpu_threads > 0

            def transcribe(self, samples: np.ndarray, **options: Any) -> tuple[Any, None]:
                assert samples.dtype == np.float32
                assert samples.ndim == 1
                assert abs(samples).max() <= 1
                assert options["language"] == "en"
                library.prompts.append(options["initial_prompt"])
                assert library.may_go_on.wait(20)
                return iter(library.segments), None

        self.WhisperModel = WhisperModel


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    folder = tmp_path / "weights"
    folder.mkdir()
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (folder / name).write_bytes(b"weights")
    return folder


def test_whisper_is_told_the_question(monkeypatch: pytest.MonkeyPatch, weights: Path) -> None:
    library = Library(" No, nothing like that.")
    monkeypatch.setitem(sys.modules, "faster_whisper", library)
    text, confidence = Whisper(weights, Own()).hear(SECOND, SALT)
    assert text == "No, nothing like that."
    assert confidence == pytest.approx(0.905, abs=0.001)
    assert library.prompts == ["Is it numb?"]


@pytest.mark.parametrize(("sure", "silent"), [(-1.5, 0.0), (-0.1, 0.9)])
def test_what_whisper_makes_up_is_dropped(
    monkeypatch: pytest.MonkeyPatch, weights: Path, sure: float, silent: float
) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", Library("Thank you.", sure, silent))
    assert Whisper(weights, Own()).hear(SECOND, SALT) == ("", 0.0)


def test_in_place_of_a_late_whisper_the_own_model_counts(
    monkeypatch: pytest.MonkeyPatch, weights: Path
) -> None:
    library = Library("No.")
    monkeypatch.setitem(sys.modules, "faster_whisper", library)
    own = Own()
    ear = Whisper(weights, own, max_seconds=0.05)
    library.may_go_on.clear()
    assert ear.hear(SECOND, SALT) == ("own", 0.6)
    assert ear.hear(SECOND, SALT) == ("own", 0.6)
    assert own.asked == 2
    assert len(library.prompts) == 1, "it is still at work on the first one"
    library.may_go_on.set()


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, weights: Path
) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    with pytest.raises(ModelError, match="second-ear"):
        Whisper(weights, Own())


def test_one_that_was_installed_is_used_and_a_broken_one_ends_nothing(
    monkeypatch: pytest.MonkeyPatch, weights: Path
) -> None:
    recogniser = Recogniser(starter())
    assert isinstance(second_ear(recogniser), OpenVosk)
    shelf = Shelf.from_platform()
    shelf.folder.mkdir(parents=True)
    place = weights.rename(shelf.place("whisper-tiny.en"))
    monkeypatch.setitem(sys.modules, "faster_whisper", Library("No."))
    assert isinstance(second_ear(recogniser), Whisper)
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    assert isinstance(second_ear(recogniser), OpenVosk)
    assert (place / "model.bin").is_file()
