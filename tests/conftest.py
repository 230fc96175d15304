"""Shared by all tests: the shipped dialog, a home of one's own, and a virtual sound card."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.understanding.understander import Understander


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What runs beside what, in several processes; the longest begins first.

    Tests with sound take real time and little work. They run in two rows, each card a server of its
    own: whole conversations beside those tests in which moments count. All others keep to their
    module, whose tests share what is costly to make.
    """
    for item in items:
        sound = item.get_closest_marker("audio")
        row = "conversations" if sound and sound.kwargs.get("whole") else "moments"
        group = row if sound else item.nodeid.split("::")[0]
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: item.get_closest_marker("audio") is None)


@pytest.fixture(autouse=True)
def isolated_home(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """No test reads or writes what the user keeps; prompts are shared, since they never differ."""
    home = tmp_path / "home"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.delenv("VOICE_SKILL_MODEL", raising=False)
    return home


@pytest.fixture(scope="session")
def content() -> Content:
    """All of the shipped content, read once."""
    return Content.load()


@pytest.fixture(scope="session")
def dialog(content: Content) -> Dialog:
    """The shipped English dialog."""
    return content.dialog


@pytest.fixture(scope="session")
def understander(content: Content) -> Understander:
    """Understands the shipped dialog."""
    return content.understander


@pytest.fixture(scope="session")
def sound_card() -> Iterator[VirtualSoundCard]:
    """A virtual sound card for the whole run. Missing in CI it is a failure, not a skip."""
    if not shutil.which("pulseaudio") and not os.environ.get("CI"):
        pytest.skip("PulseAudio is not installed: sudo apt install pulseaudio pulseaudio-utils")
    with VirtualSoundCard() as card:
        card.activate()
        if "sounddevice" in sys.modules:  # an earlier test loaded it, before there was a card
            sounddevice = sys.modules["sounddevice"]
            sounddevice._terminate()
            sounddevice._initialize()
        yield card
