"""The page for other programs shows what happens."""

import doctest
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "embedding.md"
MAX_LINES = 15


def test_every_example_of_the_page_gives_what_it_says() -> None:
    done = doctest.testfile(str(PAGE), module_relative=False)
    assert done.failed == 0
    assert done.attempted > 20


def test_the_page_shows_a_whole_check_in_fifteen_lines() -> None:
    first = PAGE.read_text(encoding="utf-8").split("```python")[1].split("```")[0]
    lines = [line for line in first.splitlines() if line.startswith((">>>", "..."))]
    assert 0 < len(lines) <= MAX_LINES
