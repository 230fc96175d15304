"""Weights of a second ear: installed only when asked for, used beside the model, removed again."""

from pathlib import Path

import pytest

from voice_skill.cli import main
from voice_skill.errors import ModelError
from voice_skill.models import install, second_ear
from voice_skill.models.folder import find_model, starter
from voice_skill.models.second_ear import FILES, MISSING, find_second_ear
from voice_skill.models.sources import find_source, sources_file

NAME = "whisper-tiny.en"


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A folder as a package brings it: the weights lie deeper."""
    inner = tmp_path / "package" / "brings" / "model"
    inner.mkdir(parents=True)
    for name in FILES:
        (inner / name).write_bytes(b"weights")
    return tmp_path / "package"


def proved(folder: Path) -> None:
    """Stands in for loading them, which needs the extra; refuses what is not whole."""
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)


def test_it_can_be_had_by_name() -> None:
    assert find_source(NAME, sources_file()).ear == "second"


def test_a_second_ear_is_installed_beside_the_model_and_removed(
    monkeypatch: pytest.MonkeyPatch, weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install, "prove_second_ear", proved)
    assert find_second_ear() is None
    assert main(["model", "install", NAME, "--from", str(weights)]) == 0
    found = find_second_ear()
    assert found is not None
    assert found.name == NAME
    assert find_model() == starter(), "the first ear stays"
    assert main(["model", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sum("in use " in line for line in lines) == 2
    assert main(["model", "remove", NAME]) == 0
    assert find_second_ear() is None


def test_without_the_extra_nothing_is_installed(
    monkeypatch: pytest.MonkeyPatch, weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(second_ear, "find_spec", lambda name: None)
    assert main(["model", "install", NAME, "--from", str(weights)]) == 3
    assert MISSING in capsys.readouterr().err
    assert find_second_ear() is None


def test_damaged_weights_are_refused(monkeypatch: pytest.MonkeyPatch, weights: Path) -> None:
    monkeypatch.setattr(second_ear, "find_spec", lambda name: object())
    with pytest.raises(ModelError, match="cannot load it"):
        second_ear.prove_second_ear(weights / "brings" / "model")
