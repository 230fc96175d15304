"""Content is read once: no command opens a file of the dialog a second time."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from voice_skill.cli import main
from voice_skill.paths import dialog_folder

FOLDER = str(dialog_folder())
_watching: list[Counter[str]] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _watching and str(arguments[0]).startswith(FOLDER):
        _watching[0][str(Path(str(arguments[0])).relative_to(FOLDER))] += 1


sys.addaudithook(_watch)  # for good: Python knows no way to take one away


@pytest.fixture
def opened() -> Iterator[Counter[str]]:
    """How often each file of the dialog was opened since the test began."""
    _watching.append(Counter())
    yield _watching[0]
    _watching.clear()


@pytest.mark.parametrize(
    ("command", "needs"),
    [
        (["run", "--text", "--persona", "well-runner"], "drills.yaml"),
        (["coach", "standard", "--virtual"], "coaching.yaml"),
        (["ladder", "--virtual"], "ladder.yaml"),
        (["understand", "saddle", "no"], "phrases.yaml"),
    ],
)
def test_each_file_is_opened_once_at_most(
    opened: Counter[str], command: list[str], needs: str
) -> None:
    assert main(command) == 0
    assert opened[needs] == 1
    assert [name for name, times in opened.items() if times > 1] == []


def test_a_check_alone_reads_no_warm_up(opened: Counter[str]) -> None:
    assert main(["run", "--text", "--persona", "cauda-equina"]) == 0
    assert opened["rules.yaml"] == 1
    assert not {"drills.yaml", "coaching.yaml", "ladder.yaml", "safety.yaml"} & opened.keys()
