"""All pages keep to the same rules, and what is put into one stays text."""

import pytest
from jinja2 import UndefinedError
from page_reader import Page, faults
from sample_pages import PAGES

from voice_skill.pages.render import render
from voice_skill.pages.text import css_string, printable


@pytest.fixture(scope="module", params=list(PAGES))
def text(request: pytest.FixtureRequest) -> str:
    return PAGES[request.param]()


def test_every_page_can_be_read_without_seeing_it(text: str) -> None:
    assert faults(text) == []


def test_every_page_keeps_to_the_reader_s_wishes(text: str) -> None:
    for wish in ("prefers-color-scheme: dark", "prefers-contrast: more", "forced-colors: active",
                 "prefers-reduced-motion", "@media print"):  # fmt: skip
        assert wish in text


def test_every_page_says_what_it_is_not(text: str) -> None:
    assert "not a diagnosis" in " ".join(Page(text).words)


def test_what_is_put_in_stays_text() -> None:
    entries = {"entries": (), "title": '</title><b onload="x">&\n\0', "rows": []}
    made = render("diary.html", **entries)
    assert "&lt;/title&gt;&lt;b onload=&#34;x&#34;&gt;&amp;  " in made
    assert Page(made).all("b") == []


def test_a_name_that_nobody_gave_is_no_empty_place() -> None:
    with pytest.raises(UndefinedError):
        render("diary.html", title="Diary")


def test_a_style_cannot_be_broken_by_a_text() -> None:
    assert css_string('"}</style>\n') == '"\\000022\\00007d\\00003c\\00002fstyle\\00003e "'
    assert printable("a\nb\0c\u202ed") == "a b c d"


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("<h1>", "<h1>Again</h1><h1>"),
        ("</main>", '<a href="#nowhere">x</a></main>'),
        ("</main>", '<svg viewBox="0 0 1 1"></svg></main>'),
        ("</main>", '<img src="x"></main>'),
        ("</main>", "<h4>Too deep</h4></main>"),
        ('lang="en"', ""),
    ],
)
def test_a_page_that_lacks_something_is_noticed(broken: str, told: str) -> None:
    assert faults(PAGES["diary-empty"]().replace(broken, told, 1))
