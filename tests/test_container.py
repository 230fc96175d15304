"""The container gets all that the package is built from."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONTAINER = (ROOT / "integrations" / "container" / "Containerfile").read_text(encoding="utf-8")
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_all_that_the_package_is_built_from_is_copied() -> None:
    copied = {
        source
        for line in re.findall(r"^COPY (.+)$", CONTAINER, re.MULTILINE)
        for source in line.split()[:-1]
    }
    built = PROJECT.split("[tool.hatch.build.targets.wheel.force-include]")[1].split("[tool.ruff]")[
        0
    ]
    wanted = set(re.findall(r'^"([^"]+)" =', built, re.MULTILINE))
    assert "dialogs" in wanted
    assert wanted | {"pyproject.toml", "README.md", "LICENSE", "voice_skill"} == copied


def test_it_listens_for_other_containers_and_runs_as_nobody_special() -> None:
    assert re.search(r"^USER skill$", CONTAINER, re.MULTILINE)
    assert '"serve", "--uri", "tcp://0.0.0.0:10700"' in CONTAINER
    assert "-p 127.0.0.1:10700:10700" in CONTAINER
