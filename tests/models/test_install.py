"""Getting a model: from a real https server that misbehaves, and from this machine."""

import hashlib
import io
import multiprocessing
import os
import resource
import shutil
import stat
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from https_server import Server

from voice_skill.cli import main
from voice_skill.errors import ModelError, UsageError
from voice_skill.models.check import check_model, write_manifest
from voice_skill.models.download import Patience
from voice_skill.models.folder import find_model, starter
from voice_skill.models.install import install_local, install_source, lock
from voice_skill.models.shelf import Shelf
from voice_skill.models.sources import Source, find_source, read_sources, sources_file
from voice_skill.models.words import add_words

QUICK = Patience(
    connect_seconds=2,
    read_seconds=2,
    slow_seconds=0.5,
    slowest_bytes_a_second=100_000,
    tries=3,
    pause_seconds=0.01,
)


def packed(folder: Path, top: str = "vosk-model-test/") -> bytes:
    """A model as the official archives hold it: all files in one folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "build" not in path.parts:
                archive.write(path, top + path.relative_to(folder).as_posix())
    return out.getvalue()


def source(data: bytes, **changes: object) -> Source:
    found = {
        "name": "vosk-model-test",
        "language": "en",
        "licence": "Apache-2.0",
        "size_mb": len(data) / 1e6,
        "unpacked_mb": 60.0,
        "url": "https://nowhere.invalid/vosk-model-test.zip",
        "sha256": hashlib.sha256(data).hexdigest(),
        "about": "a test",
    }
    return Source.model_validate(found | changes)


@pytest.fixture(scope="module")
def archive() -> bytes:
    return packed(starter())


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    running = Server(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(running.certificate))
    yield running
    running.close()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "models")


def fetch(shelf: Shelf, server: Server, wanted: Source) -> Path:
    return install_source(shelf, wanted, server.address, lambda done, total: None, QUICK)


def asked_from(header: str) -> int:
    return int(header.removeprefix("bytes=").rstrip("-") or 0)


def nothing_left(shelf: Shelf) -> bool:
    return shelf.installed() == [] and not list(shelf.folder.glob(".new-*"))


def test_an_official_archive_is_fetched_checked_and_used(
    shelf: Shelf, server: Server, archive: bytes
) -> None:
    server.behaviour.data = archive
    told: list[tuple[int, int]] = []
    install_source(shelf, source(archive), server.address, lambda *n: told.append(n), QUICK)
    assert shelf.installed() == ["vosk-model-test"]
    assert told[-1] == (len(archive), len(archive))
    shelf.use("vosk-model-test")
    assert shelf.current() == "vosk-model-test"
    assert not list(shelf.folder.rglob("*.zip*"))


def test_a_cut_is_resumed_where_it_happened(shelf: Shelf, server: Server, archive: bytes) -> None:
    server.behaviour.data, server.behaviour.cut_after, server.behaviour.cuts = archive, 500_000, 2
    fetch(shelf, server, source(archive))
    first, second, third = map(asked_from, server.behaviour.asked)
    assert (first, second <= 500_000, third <= 1_000_000) == (0, True, True)
    assert third > second > 400_000
    assert shelf.installed() == ["vosk-model-test"]


def test_too_many_cuts_keep_what_came_for_the_next_run(
    shelf: Shelf, server: Server, archive: bytes
) -> None:
    server.behaviour.data, server.behaviour.cut_after, server.behaviour.cuts = archive, 100_000, 3
    with pytest.raises(ModelError, match="run it again"):
        fetch(shelf, server, source(archive))
    assert nothing_left(shelf)
    fetch(shelf, server, source(archive))
    assert 200_000 < asked_from(server.behaviour.asked[-1]) <= 300_000


def test_a_server_that_cannot_resume_starts_again(
    shelf: Shelf, server: Server, archive: bytes
) -> None:
    server.behaviour.data, server.behaviour.cut_after, server.behaviour.cuts = archive, 9_000, 1
    server.behaviour.ranges = False
    fetch(shelf, server, source(archive))
    assert shelf.installed() == ["vosk-model-test"]


def test_a_wrong_checksum_is_thrown_away(shelf: Shelf, server: Server, archive: bytes) -> None:
    server.behaviour.data = archive[:-1] + b"!"
    with pytest.raises(ModelError, match="checksum"):
        fetch(shelf, server, source(archive))
    assert nothing_left(shelf)
    assert not list(shelf.folder.rglob("*.part"))


def test_a_slow_trickle_ends_with_a_clear_word(
    shelf: Shelf, server: Server, archive: bytes
) -> None:
    server.behaviour.data, server.behaviour.trickle = archive, True
    with pytest.raises(ModelError, match=r"too slow|no answer|no connection"):
        fetch(shelf, server, source(archive))
    assert nothing_left(shelf)


def test_more_than_was_said_is_not_taken(shelf: Shelf, server: Server, archive: bytes) -> None:
    server.behaviour.data = archive
    with pytest.raises(ModelError, match="larger"):
        fetch(shelf, server, source(archive, size_mb=1.0))
    assert nothing_left(shelf)


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_refusal_says_what_the_server_said(
    shelf: Shelf, server: Server, archive: bytes, status: int
) -> None:
    server.behaviour.status = status
    with pytest.raises(ModelError, match=str(status)):
        fetch(shelf, server, source(archive))


def test_a_strange_certificate_is_not_trusted(
    shelf: Shelf, server: Server, archive: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    server.behaviour.data = archive
    with pytest.raises(ModelError, match="certificate"):
        fetch(shelf, server, source(archive))


def test_plain_http_is_refused(shelf: Shelf, archive: bytes) -> None:
    with pytest.raises(ModelError, match="only https"):
        install_source(shelf, source(archive), "http://127.0.0.1:9", lambda *n: None, QUICK)


def test_offline_says_so(shelf: Shelf, archive: bytes) -> None:
    with pytest.raises(ModelError, match="no connection"):
        install_source(shelf, source(archive), "https://127.0.0.1:9", lambda *n: None, QUICK)
    assert nothing_left(shelf)


def zipped(entries: dict[str, bytes], mode: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if mode:
                info.external_attr = mode << 16
            archive.writestr(info, data)
    return out.getvalue()


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "..\\evil", "C:/evil"])
def test_a_path_that_escapes_is_refused(
    shelf: Shelf, server: Server, tmp_path: Path, name: str
) -> None:
    data = zipped({name: b"x"})
    server.behaviour.data = data
    with pytest.raises(ModelError, match="leave its folder"):
        fetch(shelf, server, source(data, size_mb=1))
    assert nothing_left(shelf)
    assert not list(tmp_path.rglob("evil"))


def test_a_link_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "links.zip"
    path.write_bytes(zipped({"m/am/final.mdl": b"/etc/passwd"}, stat.S_IFLNK | 0o777))
    with pytest.raises(ModelError, match="leave its folder"):
        install_local(shelf, "m", path)


def test_a_bomb_is_stopped_by_what_comes_out(shelf: Shelf, server: Server) -> None:
    data = zipped({"m/am/final.mdl": bytes(30_000_000)})
    assert len(data) < 100_000
    server.behaviour.data = data
    with pytest.raises(ModelError, match="unpacks to more"):
        fetch(shelf, server, source(data, size_mb=1, unpacked_mb=20))
    assert nothing_left(shelf)


def test_rubbish_is_no_archive(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "rubbish.zip"
    path.write_bytes(b"rubbish" * 1000)
    with pytest.raises(ModelError, match="not a zip"):
        install_local(shelf, "m", path)


def test_a_folder_without_a_model_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match="no Vosk model"):
        install_local(shelf, "m", tmp_path / "empty")
    assert nothing_left(shelf)


def test_a_full_disk_is_foreseen(shelf: Shelf, server: Server, archive: bytes) -> None:
    with pytest.raises(ModelError, match="MB are needed"):
        fetch(shelf, server, source(archive, unpacked_mb=1e12))


def test_a_local_folder_is_copied_and_removed_again(shelf: Shelf) -> None:
    install_local(shelf, "mine", starter())
    shelf.use("mine")
    shelf.remove("mine")
    assert shelf.installed() == []
    assert shelf.current() is None


@pytest.mark.parametrize("name", ["", "..", "a/b", ".hidden", "starter", "current.txt"])
def test_a_name_cannot_leave_the_shelf(shelf: Shelf, name: str) -> None:
    with pytest.raises(UsageError, match="no name"):
        install_local(shelf, name, starter())


def test_what_is_not_installed_cannot_be_used_or_removed(shelf: Shelf) -> None:
    with pytest.raises(UsageError, match="not installed"):
        shelf.use("nothing")
    with pytest.raises(UsageError, match="not installed"):
        shelf.remove("nothing")


def _install_in_child(folder: str, results: "multiprocessing.Queue[str]") -> None:
    try:
        install_local(Shelf(Path(folder)), "same", starter())
        results.put("installed")
    except UsageError:
        results.put("was there")


def test_a_second_process_waits_instead_of_colliding(shelf: Shelf) -> None:
    context = multiprocessing.get_context("spawn")
    results: multiprocessing.Queue[str] = context.Queue()
    children = [
        context.Process(target=_install_in_child, args=(str(shelf.folder), results))
        for _ in range(3)
    ]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
    assert sorted(results.get(timeout=5) for _ in children) == ["installed"] + ["was there"] * 2
    assert shelf.installed() == ["same"]


def test_the_model_in_use_is_found(isolated_home: Path) -> None:
    shelf = Shelf.from_platform()
    assert find_model() == starter()
    install_local(shelf, "mine", starter())
    shelf.use("mine")
    assert find_model() == shelf.place("mine")


def test_every_source_is_whole() -> None:
    found = read_sources(sources_file())
    assert found
    for item in found.values():
        assert item.url.startswith("https://")
        assert len(item.sha256) == 64
    with pytest.raises(UsageError, match="there is no model"):
        find_source("nothing", sources_file())


def test_a_mirror_that_leads_away_from_https_is_not_followed(
    shelf: Shelf, server: Server, archive: bytes
) -> None:
    server.behaviour.moved_to = "http://127.0.0.1:9/vosk-model-test.zip"
    with pytest.raises(ModelError, match="not https"):
        fetch(shelf, server, source(archive))
    assert len(server.behaviour.asked) == 1


def test_a_damaged_model_is_replaced_by_installing_it_again(shelf: Shelf, tmp_path: Path) -> None:
    target = install_local(shelf, "mine", starter())
    (target / "am" / "final.mdl").unlink()
    install_local(shelf, "mine", starter())
    check_model(target)
    with pytest.raises(UsageError, match="is installed"):
        install_local(shelf, "mine", starter())


def test_a_fetched_model_that_was_damaged_is_fetched_again(
    shelf: Shelf, server: Server, archive: bytes
) -> None:
    server.behaviour.data = archive
    target = fetch(shelf, server, source(archive))
    (target / "graph" / "HCLr.fst").write_bytes(b"")
    fetch(shelf, server, source(archive))
    check_model(target)
    assert len(server.behaviour.asked) == 2


def test_what_is_left_of_a_model_can_be_removed(shelf: Shelf) -> None:
    target = install_local(shelf, "mine", starter())
    (target / "am" / "final.mdl").unlink()
    shelf.remove("mine")
    assert not target.exists()


def test_a_damaged_model_is_not_chosen(
    isolated_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = install_local(Shelf.from_platform(), "mine", starter())
    (target / "graph" / "Gr.fst").write_bytes(b"")
    assert main(["model", "use", "mine"]) == 3
    assert "checksum" in capsys.readouterr().err
    assert find_model() == starter()


def test_a_folder_that_holds_a_model_will_do(shelf: Shelf, tmp_path: Path) -> None:
    shutil.copytree(starter(), tmp_path / "unpacked" / "vosk-model-test")
    check_model(install_local(shelf, "mine", tmp_path / "unpacked"))


def test_a_folder_around_the_shelf_is_not_copied_into_itself(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no Vosk model"):
        install_local(shelf, "mine", tmp_path)
    shutil.copytree(starter(), tmp_path, dirs_exist_ok=True)
    with pytest.raises(UsageError, match="within it"):
        install_local(shelf, "mine", tmp_path)
    assert nothing_left(shelf)


def test_an_archive_without_a_top_folder_will_do(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "flat.zip"
    path.write_bytes(packed(starter(), top=""))
    check_model(install_local(shelf, "mine", path))


def test_a_damaged_archive_is_told_in_one_line(
    shelf: Shelf, tmp_path: Path, archive: bytes
) -> None:
    data = bytearray(zipped({"m/am/final.mdl": bytes(range(256)) * 500}))
    data[60:80] = b"x" * 20
    (tmp_path / "bad.zip").write_bytes(data)
    with pytest.raises(ModelError, match="not a zip archive that can be read"):
        install_local(shelf, "m", tmp_path / "bad.zip")


@pytest.mark.parametrize("damage", [b"\xff\xfe", None])
def test_a_choice_that_cannot_be_read_leaves_the_starter(
    isolated_home: Path, damage: bytes | None
) -> None:
    shelf = Shelf.from_platform()
    shelf.folder.mkdir(parents=True)
    choice = shelf.folder / "current.txt"
    choice.mkdir() if damage is None else choice.write_bytes(damage)
    assert find_model() == starter()


def test_a_shelf_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    shelf = Shelf(tmp_path / "file" / "models")
    with pytest.raises(ModelError, match="cannot be written"):
        install_local(shelf, "mine", starter())
    with pytest.raises(ModelError, match="cannot be written"):
        shelf.use(None)


def test_a_disk_that_fills_while_fetching_is_told_and_what_came_is_kept(
    shelf: Shelf, server: Server, archive: bytes
) -> None:
    server.behaviour.data = archive
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, before[1]))
    try:
        with pytest.raises(ModelError, match="cannot be written"):
            fetch(shelf, server, source(archive))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    fetch(shelf, server, source(archive))
    assert asked_from(server.behaviour.asked[-1]) > 200_000


def test_ctrl_c_while_fetching_keeps_what_came(
    shelf: Shelf, server: Server, archive: bytes
) -> None:
    server.behaviour.data = archive

    def interrupt(done: int, total: int) -> None:
        if done > 2_000_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        install_source(shelf, source(archive), server.address, interrupt, QUICK)
    assert nothing_left(shelf)
    fetch(shelf, server, source(archive))
    assert asked_from(server.behaviour.asked[-1]) > 1_900_000


def test_who_waits_for_another_process_is_told(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    with lock(shelf):
        waiting = threading.Thread(target=install_local, args=(shelf, "mine", starter()))
        waiting.start()
        time.sleep(0.3)
    waiting.join(60)
    assert "waiting for it" in capsys.readouterr().err
    assert shelf.installed() == ["mine"]


def test_a_disk_that_is_full_is_told_by_what_is_full(shelf: Shelf, tmp_path: Path) -> None:
    shelf.folder.mkdir(parents=True)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, before[1]))
    try:
        with pytest.raises(ModelError, match=r"cannot be written: .*File too large"):
            install_local(shelf, "mine", starter())
        with pytest.raises(ModelError, match=r"cannot be written: .*File too large"):
            add_words(starter(), {"zebraish": (("Z", "IY"),)}, shelf.place("more"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert nothing_left(shelf)


@pytest.mark.parametrize("place", ["HCLr.fst", "ivector"])
def test_a_model_whose_own_manifest_fits_is_tried_before_it_is_put_in_place(
    shelf: Shelf, tmp_path: Path, place: str
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(starter(), folder)
    if place == "ivector":
        (folder / "ivector").mkdir()
        (folder / "ivector" / "final.ie").write_bytes(b"junk" * 100)
    else:
        path = folder / "graph" / place
        path.write_bytes(path.read_bytes()[:-1000])
    write_manifest(folder)
    with pytest.raises(ModelError, match=r"HCLr\.fst|Vosk cannot load"):
        install_local(shelf, "mine", folder)
    assert nothing_left(shelf)


def test_what_was_installed_has_checksums_of_its_own(shelf: Shelf, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(starter(), folder, ignore=shutil.ignore_patterns("manifest.sha256"))
    target = install_local(shelf, "mine", folder)
    path = target / "graph" / "words.txt"
    path.write_bytes(path.read_bytes() + b"more 999999\n")
    with pytest.raises(ModelError, match="checksum"):
        check_model(target)


def test_what_a_killed_installation_left_is_swept(shelf: Shelf) -> None:
    left = shelf.folder / ".new-abc" / "model"
    left.mkdir(parents=True)
    (left / "half").write_bytes(b"x")
    with pytest.raises(UsageError, match="not installed"), lock(shelf):
        shelf.remove("mine")
    assert nothing_left(shelf)


@pytest.mark.parametrize("kind", ["pipe", "endless", "folder of pipes"])
def test_an_archive_that_never_ends_is_refused_at_once(
    shelf: Shelf, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "model.zip"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "endless":
        path.symlink_to("/dev/zero")
    else:
        shutil.copytree(starter(), path)
        os.mkfifo(path / "graph" / "pipe")
    began = time.process_time()
    with pytest.raises(ModelError, match="not a"):
        install_local(shelf, "mine", path)
    assert time.process_time() - began < 2  # of work: others may be at work here too
    assert nothing_left(shelf)


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\nb", "\udcff", "x" * 200, "starter"])
def test_a_name_that_is_none_is_refused(shelf: Shelf, name: str) -> None:
    with pytest.raises(UsageError, match="no name for a model"):
        install_local(shelf, name, starter())


@pytest.mark.parametrize("text", ["[]", "[" * 100_000, "\xff", '{"language": {"a": "b"}}'])
def test_a_card_that_cannot_be_read_hides_no_model(
    isolated_home: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    target = install_local(Shelf.from_platform(), "mine", starter())
    (target / "card.json").write_text(text, encoding="latin-1")
    assert main(["model", "list"]) == 0
    assert "mine" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["lexicon.txt", "unigram.txt", "bigram.txt", "costs.json"])
def test_a_base_whose_parts_are_damaged_is_told(shelf: Shelf, tmp_path: Path, name: str) -> None:
    base = tmp_path / "model"
    shutil.copytree(starter(), base)
    (base / "build" / name).write_text("[1\n²")
    with pytest.raises(ModelError, match=r"build"):
        add_words(base, {"glute": (("G", "L", "UW", "T"),)}, shelf.folder / "more")
