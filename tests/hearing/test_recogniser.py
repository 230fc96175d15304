"""The real recogniser on real synthesised speech, and models that are not whole."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voice_skill.audio.sound import read_pcm
from voice_skill.cli import main
from voice_skill.errors import AudioError, ModelError
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.models.check import check_model
from voice_skill.models.folder import find_model, starter

MODEL_FILES = ("am/final.mdl", "conf/mfcc.conf", "graph/HCLr.fst", "graph/Gr.fst",
               "graph/words.txt", "graph/disambig_tid.int")  # fmt: skip


def say(text: str, path: Path, voice: str = "en-us") -> Path:
    subprocess.run(["espeak-ng", "-v", voice, "-s", "150", "-w", path, text], check=True)
    return path


def hear(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert main(["hear", *arguments]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("saddle", "no", "no"),
        ("saddle", "yes", "yes"),
        ("saddle", "um, yes", "yes"),
        ("saddle", "well, yes", "yes"),
        ("legs", "both legs", "both"),
        ("legs", "just my back", "none"),
        ("pain", "two", 2),
        ("pain", "four", 4),
        ("pain", "seven", 7),
        ("pain", "eight", 8),
        ("age", "thirty four", 34),
        ("days", "three weeks", 21),
        ("onset", "after a run", "after_run"),
        ("trend", "worse", "worse"),
    ],
)
@pytest.mark.parametrize("voice", ["en-us", "en-us+f3"])
def test_spoken_answers_are_understood(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, field: str, text: str, value: object,
    voice: str,
) -> None:  # fmt: skip
    (row,) = hear(capsys, "--field", field, str(say(text, tmp_path / "a.wav", voice)))
    assert (row["outcome"], row["value"]) == ("match", value)


def test_any_rate_and_any_number_of_channels(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    samples, rate = soundfile.read(say("stop", tmp_path / "a.wav"))
    stereo = tmp_path / "stereo.wav"
    soundfile.write(stereo, np.stack([samples, samples], axis=1), rate)
    subprocess.run(
        [sys.executable, "-c", "import sys, soxr, soundfile as s; x, r = s.read(sys.argv[1]);"
         "s.write(sys.argv[2], soxr.resample(x, r, 44100), 44100)", tmp_path / "a.wav",
         tmp_path / "b.wav"], check=True)  # fmt: skip
    rows = hear(capsys, "--phrases", "yes,no,stop", str(stereo), str(tmp_path / "b.wav"))
    assert [row["value"] for row in rows] == ["stop", "stop"]


def test_silence_and_noise_are_no_answer(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    soundfile.write(tmp_path / "silence.wav", np.zeros(16000), 16000)
    noise = np.random.default_rng(1).normal(0, 0.1, 32000)
    soundfile.write(tmp_path / "noise.wav", noise, 16000)
    rows = hear(
        capsys, "--field", "saddle", str(tmp_path / "silence.wav"), str(tmp_path / "noise.wav")
    )
    assert all(row["outcome"] in ("noinput", "nomatch") for row in rows)


def test_strangers_talk_is_no_answer(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    wav = say("could I get a large coffee with oat milk and two sugars please", tmp_path / "a.wav")
    (row,) = hear(capsys, "--field", "saddle", str(wav))
    assert row["outcome"] == "nomatch"


def test_a_file_that_is_no_sound_is_one_clear_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "a.wav").write_text("no sound")
    assert main(["hear", "--phrases", "yes", str(tmp_path / "a.wav")]) == 3
    assert len(capsys.readouterr().err.splitlines()) == 1
    with pytest.raises(AudioError):
        read_pcm(tmp_path / "missing.wav")


def test_a_grammar_without_a_known_word_is_refused() -> None:
    recogniser = Recogniser(starter())
    with pytest.raises(ModelError):
        recogniser.listen_for(["qwertyuiop"])
    with pytest.raises(ModelError):
        recogniser.listen_for([])


@pytest.mark.parametrize("name", MODEL_FILES)
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "flipped"])
def test_a_damaged_model_is_told_before_vosk_reads_it(
    tmp_path: Path, name: str, damage: str
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(starter(), folder)
    file = folder / name
    data = bytearray(file.read_bytes())
    if damage == "missing":
        file.unlink()
    elif damage == "flipped":
        data[len(data) // 2] ^= 0xFF
        file.write_bytes(data)
    else:
        file.write_bytes(data[: 0 if damage == "empty" else len(data) // 2])
    with pytest.raises(ModelError, match="not whole"):
        check_model(folder)


def test_a_model_without_a_manifest_is_read_before_vosk_reads_it(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(starter(), folder)
    (folder / "manifest.sha256").unlink()
    check_model(folder)
    graph = folder / "graph" / "HCLr.fst"
    graph.write_bytes(graph.read_bytes()[:5000])
    with pytest.raises(ModelError, match="cut short"):
        check_model(folder)


def test_a_named_folder_that_is_no_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no Vosk model here"):
        find_model(tmp_path)
    assert find_model() == starter()
