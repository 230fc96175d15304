"""A real browser, where `scripts/test-pages` has put one, and what axe finds in a page."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""By how much a page scrolls sideways."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if not os.environ.get("VOICE_SKILL_AXE"):
        pytest.skip("needs a browser and axe-core: scripts/test-pages")
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=os.environ["VOICE_SKILL_BROWSER"], args=flags)
        yield found
        found.close()


@pytest.fixture(scope="session")
def violations(browser: Any) -> Callable[..., list[str]]:
    """What axe finds in a page, a line each. rules: which of its rules, as its own options."""
    axe = Path(os.environ["VOICE_SKILL_AXE"]).read_text(encoding="utf-8")

    def found(page: Any, rules: str = "{}") -> list[str]:
        page.evaluate(axe)
        run = page.evaluate(f"axe.run(document, {rules})")
        assert run["passes"]
        return [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:200]}" for v in run["violations"]]

    return found


@pytest.fixture(scope="session")
def picture(browser: Any) -> Callable[[Any, str], None]:
    """Keeps a picture of a page to look at, where VOICE_SKILL_PICTURES names a folder."""
    folder = os.environ.get("VOICE_SKILL_PICTURES")

    def take(page: Any, name: str) -> None:
        if folder:
            whole = page.evaluate("document.documentElement.scrollHeight") < 8000
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=whole)

    return take
