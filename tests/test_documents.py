"""The documents lead somewhere, say what the code says, and stay short where they are a door."""

import re
from pathlib import Path

import pytest

from scripts.write_docs import language, manual, picture

ROOT = Path(__file__).resolve().parent.parent
MAX_README_LINES = 150
_FOLDERS = (ROOT / "docs", ROOT / "models")
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(page for f in _FOLDERS for page in f.rglob("*.md"))]
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)


def _anchors(page: Path) -> set[str]:
    """The anchors of a page, as code hosts make them."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    names = [re.sub(r"[^\w\- ]", "", found.lower()) for found in _HEADING.findall(text)]
    return {name.replace(" ", "-") for name in names}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    text = _CODE.sub("", page.read_text(encoding="utf-8"))
    for link in _LINK.findall(text):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), f"{page.name}: {link} leads nowhere"
        if anchor and target.suffix == ".md":
            assert anchor in _anchors(target), f"{page.name}: {link} has no such heading"


def test_the_readme_is_short_and_names_its_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_README_LINES
    for name in ("scripts/run", "scripts/test"):
        assert re.search(rf"^{name}\b", text, re.MULTILINE)
        assert (ROOT / name).is_file()


def test_every_page_of_the_documents_is_reached_from_the_readme() -> None:
    seen, todo = set[Path](), [ROOT / "README.md"]
    while todo:
        page = todo.pop()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        for link in _LINK.findall(page.read_text(encoding="utf-8")):
            target = (page.parent / link.partition("#")[0]).resolve()
            if target.is_file():
                todo.append(target)
    missing = [str(page.relative_to(ROOT)) for page in (ROOT / "docs").rglob("*.md")]
    assert [name for name in missing if ROOT / name not in seen] == []


@pytest.mark.parametrize(
    ("name", "made"), [("dialog-language.md", language), ("dialog-picture.md", picture)]
)
def test_what_is_made_from_the_code_is_up_to_date(name: str, made: object) -> None:
    assert callable(made)
    kept = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert kept == made(), "run: python scripts/write_docs.py"


def test_the_manual_page_is_up_to_date() -> None:
    # lines may be broken elsewhere by another Python
    pytest.importorskip("argparse_manpage")
    kept = (ROOT / "docs" / "voice-skill.1").read_text(encoding="utf-8")
    assert kept.split() == manual().split(), "run: python scripts/write_docs.py"
