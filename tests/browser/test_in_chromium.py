"""Every page in a real browser, with axe: `scripts/test-pages` runs this, the suite skips it.

VOICE_SKILL_AXE: the file axe.min.js. VOICE_SKILL_BROWSER: the browser's program.
VOICE_SKILL_PICTURES: a folder for a picture of each page, to look at.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

if not os.environ.get("VOICE_SKILL_AXE"):
    pytest.skip("needs a browser and axe-core: scripts/test-pages", allow_module_level=True)

from playwright.sync_api import Browser, Page, sync_playwright

from tests.pages.sample_pages import PAGES

AXE = Path(os.environ["VOICE_SKILL_AXE"])
WIDTHS = (1280, 375, 320)
COLOURS = "{runOnly: ['color-contrast']}"
SCHEMES = ({"color_scheme": "light"}, {"color_scheme": "dark"},
           {"contrast": "more", "color_scheme": "dark"},
           {"forced_colors": "active"})  # fmt: skip
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
MAX_PICTURE_HEIGHT = 8000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=os.environ["VOICE_SKILL_BROWSER"], args=flags)
        yield found
        found.close()


@pytest.fixture(scope="module", params=list(PAGES))
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("pages") / f"{request.param}.html"
    made.write_text(PAGES[request.param](), encoding="utf-8")
    return made


def violations(page: Page, rules: str = "{}") -> list[str]:
    """What axe finds, a line each. rules: which of its rules, as its own options."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run(document, {rules})")
    assert found["passes"]
    return [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:200]}" for v in found["violations"]]


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda given: "-".join(map(str, given.values())))
def test_all_can_be_read_in_every_scheme(
    browser: Browser, file: Path, scheme: dict[str, str]
) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 900}, **scheme)
    page = context.new_page()
    page.goto(file.as_uri())
    assert violations(page, COLOURS) == []
    context.close()


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing(browser: Browser, file: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(file.as_uri())
    assert violations(page) == []
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(browser: Browser, file: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(file.as_uri())
    assert page.evaluate(OVERFLOW) == 0
    folder = os.environ.get("VOICE_SKILL_PICTURES")
    if folder:
        whole = page.evaluate("document.documentElement.scrollHeight") < MAX_PICTURE_HEIGHT
        page.screenshot(path=Path(folder) / f"{file.stem}-{width}.png", full_page=whole)
    page.close()


def test_axe_would_find_something(browser: Browser, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text("<p style='color:#ccc;background:#fff'>pale</p><img src='x'>")
    page = browser.new_page()
    page.goto(bad.as_uri())
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document)")["violations"]
    assert {"color-contrast", "image-alt"} <= {v["id"] for v in found}
    page.close()
