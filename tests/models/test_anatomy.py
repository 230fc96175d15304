"""Reading a model before Vosk does: damage is found and named in one line."""

import os
import re
import shutil
import struct
import sys
import time
from pathlib import Path

import pytest

from voice_skill.errors import ModelError
from voice_skill.models.anatomy import read_anatomy, read_words
from voice_skill.models.check import check_model, write_manifest
from voice_skill.models.folder import starter
from voice_skill.models.trying import load_vosk


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


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "٣", "1.5"])
@pytest.mark.parametrize("name", ["graph/words.txt", "graph/disambig_tid.int", "conf/mfcc.conf"])
def test_what_only_looks_like_a_number_is_told(model: Path, name: str, number: str) -> None:
    path = model / name
    if name == "conf/mfcc.conf":
        path.write_text(path.read_text().replace("--num-ceps=40", f"--num-ceps={number}"))
    else:
        path.write_text(path.read_text() + f"word {number}\n")
    with pytest.raises(ModelError) as raised:
        check_model(model)
    assert len(str(raised.value).splitlines()) == 1


@pytest.mark.parametrize("value", [-1, -(2**63), 2**62, 2**63 - 1])
@pytest.mark.parametrize("place", ["start", "states", "arcs"])
@pytest.mark.parametrize("name", ["HCLr.fst", "Gr.fst"])
def test_a_huge_or_negative_number_in_a_graph_is_told_at_once(
    model: Path, name: str, place: str, value: int
) -> None:
    path = model / "graph" / name
    data = path.read_bytes()
    at = data.rindex(b"standard", 0, 200) + len(b"standard") + 16
    at += 8 * ("start", "states", "arcs").index(place)
    path.write_bytes(data[:at] + struct.pack("<q", value) + data[at + 8 :])
    began = time.process_time()
    with pytest.raises(ModelError, match=name):
        read_anatomy(model)
    assert time.process_time() - began < 2  # of work: others may be at work here too


@pytest.mark.parametrize("number", [0, 3, 13])
def test_a_mark_that_is_a_transition_is_told_before_vosk_walks_in_a_circle(
    model: Path, number: int
) -> None:
    path = model / "graph" / "disambig_tid.int"
    path.write_text(f"{path.read_text()}{number}\n")
    with pytest.raises(ModelError, match="names transitions of the network"):
        read_anatomy(model)


def test_a_component_count_that_is_no_number_is_told(model: Path) -> None:
    path = model / "am" / "final.mdl"
    path.write_bytes(path.read_bytes().replace(b"<NumComponents> \4", b"<NumComponents>x\4"))
    with pytest.raises(ModelError, match="components where it says nothing"):
        read_anatomy(model)


def with_manifest(folder: Path) -> Path:
    """As a stranger sends it: its own checksums fit, whatever is in it."""
    write_manifest(folder)
    return folder


def test_the_manifest_of_a_stranger_proves_nothing(model: Path) -> None:
    path = model / "graph" / "HCLr.fst"
    path.write_bytes(path.read_bytes()[:-1000])
    with pytest.raises(ModelError, match=r"HCLr\.fst"):
        check_model(with_manifest(model))


@pytest.mark.parametrize(
    "names",
    [
        ("ivector/final.ie",),
        ("rescore/G.fst", "rescore/G.carpa"),
        ("rnnlm/final.raw", "rnnlm/feat_embedding.final.mat", "rnnlm/word_feats.txt"),
    ],
)
def test_junk_in_the_other_folders_that_vosk_reads_is_found(
    model: Path, names: tuple[str, ...]
) -> None:
    for name in names:
        (model / name).parent.mkdir(exist_ok=True)
        (model / name).write_bytes(b"junk" * 1000)
    with pytest.raises(ModelError, match="Vosk cannot load this model"):
        check_model(with_manifest(model))


@pytest.mark.parametrize("name", ["ivector/final.ie", "rescore/G.fst", "rnnlm/final.raw"])
def test_a_file_that_came_later_is_not_in_the_manifest(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(starter(), folder)
    (folder / name).parent.mkdir()
    (folder / name).write_bytes(b"junk")
    with pytest.raises(ModelError, match="is not in its manifest"):
        check_model(folder)


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("name", ["graph/words.txt", "graph/Gr.fst", "conf/more.conf"])
def test_a_pipe_or_a_device_in_a_model_is_refused_at_once(
    tmp_path: Path, name: str, listed: bool
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(starter(), folder)
    if not listed:
        (folder / "manifest.sha256").unlink()
    for make in (os.mkfifo, lambda path: path.symlink_to("/dev/zero")):
        (folder / name).unlink(missing_ok=True)
        make(folder / name)
        began = time.process_time()
        with pytest.raises(ModelError, match=re.escape(Path(name).name)):
            check_model(folder)
        assert time.process_time() - began < 2  # of work: others may be at work here too


@pytest.mark.parametrize("name", ["/etc/passwd", "../x", "a\0b"])
def test_a_manifest_that_names_other_files_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(starter(), folder)
    with (folder / "manifest.sha256").open("a") as stream:
        stream.write(f"{'0' * 64}  {name}\n")
    with pytest.raises(ModelError, match="names what is no file of the model"):
        check_model(folder)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ImportError("no"), "pip install vosk"),
        (OSError("libatomic.so.1: cannot open shared object file"), "apt install libatomic1"),
        (OSError("libvosk.so: wrong ELF class"), "vosk cannot be loaded"),
    ],
)
def test_a_recogniser_that_cannot_be_loaded_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    class Refusing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "vosk":
                raise error

    monkeypatch.delitem(sys.modules, "vosk", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Refusing(), *sys.meta_path])
    with pytest.raises(ModelError, match=told):
        load_vosk()
