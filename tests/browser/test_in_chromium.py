"""Every page in a real browser, with axe: `scripts/test-pages` runs this, the suite skips it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import OVERFLOW
from tests.pages.sample_pages import PAGES

WIDTHS = (1280, 375, 320)
COLOURS = "{runOnly: ['color-contrast']}"
SCHEMES = ({"color_scheme": "light"}, {"color_scheme": "dark"},
           {"contrast": "more", "color_scheme": "dark"},
           {"forced_colors": "active"})  # fmt: skip
Violations = Callable[..., list[str]]


@pytest.fixture(scope="module", params=list(PAGES))
def file(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, browser: Any
) -> Path:
    made: Path = tmp_path_factory.mktemp("pages") / f"{request.param}.html"
    made.write_text(PAGES[request.param](), encoding="utf-8")
    return made


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda given: "-".join(map(str, given.values())))
def test_all_can_be_read_in_every_scheme(
    browser: Any, violations: Violations, file: Path, scheme: dict[str, str]
) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 900}, **scheme)
    page = context.new_page()
    page.goto(file.as_uri())
    assert violations(page, COLOURS) == []
    context.close()


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing(browser: Any, violations: Violations, file: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(file.as_uri())
    assert violations(page) == []
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(
    browser: Any, picture: Callable[[Any, str], None], file: Path, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(file.as_uri())
    assert page.evaluate(OVERFLOW) == 0
    picture(page, f"{file.stem}-{width}")
    page.close()


def test_axe_would_find_something(browser: Any, violations: Violations, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text("<p style='color:#ccc;background:#fff'>pale</p><img src='x'>")
    page = browser.new_page()
    page.goto(bad.as_uri())
    found = " ".join(violations(page))
    assert "color-contrast" in found
    assert "image-alt" in found
    page.close()
