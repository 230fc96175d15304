"""Reading a model before Vosk does: damage is found and named in one line."""

import shutil
import struct
from pathlib import Path

import pytest

from voice_skill.errors import ModelError
from voice_skill.models.anatomy import read_anatomy, read_words
from voice_skill.models.check import check_model
from voice_skill.models.folder import starter


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy without a manifest, as official models come."""
    folder = tmp_path / "model"
    shutil.copytree(starter(), folder, ignore=shutil.ignore_patterns("manifest.sha256"))
    return folder


def test_the_shipped_model_is_whole() -> None:
    parts = read_anatomy(starter())
    assert parts.inputs == 40
    assert parts.words > 19_000
    assert parts.arcs > parts.states > 10_000
    check_model(starter())


@pytest.mark.parametrize(
    "name",
    ["am/final.mdl", "graph/HCLr.fst", "graph/Gr.fst", "graph/disambig_tid.int", "conf/mfcc.conf"],
)
def test_a_missing_or_empty_file_is_named(model: Path, name: str) -> None:
    (model / name).write_bytes(b"")
    with pytest.raises(ModelError, match=Path(name).name):
        check_model(model)
    (model / name).unlink()
    with pytest.raises(ModelError, match=Path(name).name):
        check_model(model)


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9, 0.9999])
@pytest.mark.parametrize("name", ["am/final.mdl", "graph/HCLr.fst"])
def test_a_file_cut_short_is_named(model: Path, name: str, share: float) -> None:
    data = (model / name).read_bytes()
    (model / name).write_bytes(data[: int(len(data) * share)])
    with pytest.raises(ModelError):
        check_model(model)


def test_a_network_for_other_features_is_refused(model: Path) -> None:
    path = model / "conf" / "mfcc.conf"
    path.write_text(path.read_text().replace("--num-ceps=40", "--num-ceps=13"))
    with pytest.raises(ModelError, match="40 numbers a frame"):
        check_model(model)


def test_a_line_that_is_no_word_is_named(model: Path) -> None:
    path = model / "graph" / "words.txt"
    path.write_text(path.read_text() + "one two three\n")
    with pytest.raises(ModelError, match=r"words\.txt:\d+: not a word"):
        read_words(model)


def test_rubbish_in_place_of_a_graph_is_told(model: Path) -> None:
    (model / "graph" / "HCLr.fst").write_bytes(b"rubbish" * 10_000)
    with pytest.raises(ModelError, match="no OpenFst graph"):
        check_model(model)


def test_one_changed_byte_is_found_where_there_is_a_manifest(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(starter(), folder)
    path = folder / "am" / "final.mdl"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(ModelError, match="checksum"):
        check_model(folder)


def test_words_of_the_graph_without_a_name_are_told(model: Path) -> None:
    path = model / "graph" / "words.txt"
    kept = [line for line in path.read_text().splitlines() if not line.startswith("[unk]")]
    path.write_text("\n".join(kept) + "\n")
    with pytest.raises(ModelError, match="1 words of the graph have no name"):
        check_model(model)


def test_a_graph_of_another_network_is_told(model: Path) -> None:
    path = model / "am" / "final.mdl"
    data = path.read_bytes()
    at = data.index(b"<LogProbs> FV ") + len(b"<LogProbs> FV ") + 1
    (transitions,) = struct.unpack_from("<i", data, at)
    path.write_bytes(data[:at] + struct.pack("<i", transitions // 2) + data[at + 4 :])
    with pytest.raises(ModelError, match="made for another network"):
        check_model(model)


def test_an_arc_that_leads_nowhere_is_told(model: Path) -> None:
    path = model / "graph" / "Gr.fst"
    data = path.read_bytes()
    path.write_bytes(data[:-4] + struct.pack("<i", 12345678))
    with pytest.raises(ModelError, match="leads to no state"):
        check_model(model)


@pytest.mark.parametrize("lines", ["", "first"])
def test_a_manifest_that_leaves_files_out_proves_nothing(tmp_path: Path, lines: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(starter(), folder)
    manifest = folder / "manifest.sha256"
    manifest.write_text(manifest.read_text().splitlines()[0] if lines else "")
    with pytest.raises(ModelError, match=r"is not in its manifest"):
        check_model(folder)


def test_a_folder_in_the_place_of_a_file_is_told(model: Path) -> None:
    (model / "graph" / "Gr.fst").unlink()
    (model / "graph" / "Gr.fst").mkdir()
    with pytest.raises(ModelError, match=r"Gr\.fst: cannot be read: Is a directory"):
        check_model(model)
