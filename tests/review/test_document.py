"""A clinician finds everything in the document, on paper and with a screen reader."""

from dataclasses import replace
from pathlib import Path

import pytest
from sessions_and_words import HOSTILE, changed

from tests.pages.page_reader import Page
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.safety import Safety, read_safety
from voice_skill.errors import DrawingError
from voice_skill.paths import dialog_folder
from voice_skill.review.blocks import Table
from voice_skill.review.document import document
from voice_skill.review.markdown import safe, to_markdown
from voice_skill.review.page import to_html
from voice_skill.review.pdf import print_pdf
from voice_skill.review.words import condition


@pytest.fixture(scope="module")
def safety(dialog: Dialog) -> Safety:
    return read_safety(dialog_folder(), dialog)[0]


@pytest.fixture(scope="module")
def page(dialog: Dialog, safety: Safety) -> Page:
    return Page(to_html(document(dialog, safety)))


def wordings(dialog: Dialog) -> list[str]:
    """Everything that is asked, explained or said."""
    found = [dialog.intro, dialog.safety_net, dialog.safety_net_full, *dialog.messages.values()]
    for field in dialog.fields.values():
        found += [field.ask, *field.reask, field.why, field.source, field.help or field.ask]
        found += [w.ask for w in field.ask_when] + [r.ask for r in field.reask_on]
        for words in (
            *getattr(field, "values", {}).values(),
            *getattr(field, "words", {}).values(),
        ):
            found += words
        found += [*getattr(field, "yes", ()), *getattr(field, "no", ())]
    for end in dialog.dispositions.values():
        found += [end.say, end.time_frame, *end.then]
        found += [text for v in end.variants for text in (v.id, v.say, v.time_frame or v.id)]
    for danger in dialog.phrases.danger:
        found += danger.phrases
    return found


def texts_of(data: object) -> list[str]:
    """Every text in plain data, but not the names and expressions that stand for something."""
    if isinstance(data, str):
        return [data]
    if isinstance(data, dict):
        codes = {"skip_when", "drill", "sides", "then", "field", "id", "value"}
        return [text for key, item in data.items() if key not in codes for text in texts_of(item)]
    if isinstance(data, list | tuple):
        return [text for item in data for text in texts_of(item)]
    return []


def test_every_wording_of_the_warm_up_is_there(dialog: Dialog, safety: Safety) -> None:
    ladder = Content(dialog_folder(), dialog).ladder
    page = Page(to_html(document(dialog, safety, ladder.library, ladder.programme)))
    seen = "\n".join(page.words)
    whole = [*ladder.library.drills.values(), *ladder.library.routines.values(),
             ladder.library.wording, ladder.programme]  # fmt: skip
    wanted = {text for part in whole for text in texts_of(part.model_dump())}
    assert len(wanted) > 300
    assert [text for text in sorted(wanted) if text not in seen] == []


def test_a_changed_cue_changes_the_mark(dialog: Dialog, safety: Safety) -> None:
    library = Content(dialog_folder(), dialog).library
    drill = library.drills["hip_swing_fb"].model_copy(update={"cues": ("Swing high.",)})
    other = replace(library, drills={**library.drills, "hip_swing_fb": drill})
    assert document(dialog, safety, library).running != document(dialog, safety, other).running


def test_every_wording_is_there(dialog: Dialog, page: Page) -> None:
    seen = set(page.words)
    text = "\n".join(page.words)
    assert [w for w in wordings(dialog) if w not in seen and w not in text] == []


def test_every_wording_is_there_in_markdown_too(dialog: Dialog, safety: Safety) -> None:
    text = to_markdown(document(dialog, safety))
    assert [w for w in wordings(dialog) if safe(w) not in text] == []


def test_every_question_has_its_heading_in_the_order_asked(dialog: Dialog, safety: Safety) -> None:
    text = to_markdown(document(dialog, safety))
    found = [line[5:].replace("\\", "") for line in text.splitlines() if line.startswith("#### ")]
    assert found == list(dialog.fields)


def test_every_rule_has_its_row(dialog: Dialog, safety: Safety) -> None:
    blocks = document(dialog, safety).blocks
    [table] = [b for b in blocks if isinstance(b, Table) and b.caption == "Every rule"]
    assert table.rows == tuple(
        (r.id, r.care, condition(r.when), r.why, r.variant or "") for r, _ in dialog.rules
    )


def test_every_floor_is_there(safety: Safety, page: Page) -> None:
    for floor in safety.floors:
        assert condition(floor.when) in page.words
        assert floor.source in page.words


def test_it_says_first_what_it_is_not(page: Page) -> None:
    first = " ".join(page.words)[:400]
    assert "information, not a diagnosis" in first
    assert "not yet been reviewed by a clinician" in first


def test_there_is_a_place_to_sign(page: Page) -> None:
    for line in ("Name", "Registration body and number", "Place and date", "Signature"):
        assert line in page.words


def test_a_screen_reader_finds_its_way(dialog: Dialog, page: Page) -> None:
    assert ("html", {"lang": dialog.language}) in page.tags
    assert page.headings.count(1) == 1
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(below - above <= 1 for above, below in steps)
    assert all(scope.get("scope") in ("col", "row") for tag, scope in page.tags if tag == "th")
    tags = [tag for tag, _ in page.tags]
    assert tags.count("caption") == tags.count("table") == tags.count("thead")


def test_the_page_needs_nothing_else(page: Page) -> None:
    assert not {"script", "img", "link", "iframe"} & {tag for tag, _ in page.tags}
    assert not any({"src", "style"} & set(given) for _, given in page.tags)
    assert all(str(given["href"]).startswith("#") for given in page.all("a"))


def test_hostile_words_stay_words(hostile: Dialog, safety: Safety) -> None:
    page = Page(to_html(document(hostile, safety)))
    assert not {"b"} & {tag for tag, _ in page.tags}
    assert any("<b>&amp;x</b>" in words for words in page.words)
    text = to_markdown(document(hostile, safety))
    assert "<b>" not in text
    assert {line.count(" | ") for line in text.splitlines() if line.startswith("| Why ")} == {1}
    assert safe("- a") == "\\- a"
    assert safe("1. a") == "1\\. a"


def test_a_style_cannot_be_broken_by_a_title(dialog: Dialog, safety: Safety) -> None:
    made = to_html(document(replace(dialog, title='"}</style><b>'), safety))
    assert "b" not in {tag for tag, _ in Page(made).tags}
    assert made.count("</style>") == 1


def test_the_mark_stands_for_one_text(dialog: Dialog, safety: Safety) -> None:
    field = changed(dialog.fields["saddle"], why="Another reason.")
    other = replace(dialog, fields={**dialog.fields, "saddle": field})
    first, second = document(dialog, safety), document(other, safety)
    assert first == document(dialog, safety)
    assert first.running != second.running
    assert HOSTILE not in first.running


def test_the_page_at_a_glance_is_no_part_of_what_is_signed(dialog: Dialog, safety: Safety) -> None:
    made = document(dialog, safety)
    without = replace(made, summary=())
    assert made.summary
    assert made.blocks == without.blocks
    assert made.running == without.running
    text, bare = Page(to_html(made)).words, Page(to_html(without)).words
    assert [w for w in bare if w not in text] == []


def test_the_page_at_a_glance_names_every_question_and_care(dialog: Dialog, safety: Safety) -> None:
    tables = [b for b in document(dialog, safety).summary if isinstance(b, Table)]
    seen = "\n".join(cell for table in tables for row in table.rows for cell in row)
    assert [name for name in (*dialog.fields, *dialog.dispositions) if name not in seen] == []
    assert sum(int(row[-1]) for row in tables[1].rows) == len(dialog.rules)


def test_every_heading_is_reached_from_the_contents(dialog: Dialog, page: Page) -> None:
    names = [given["id"] for tag, given in page.tags if tag in ("h2", "h3", "h4")]
    links = {str(given["href"])[1:] for given in page.all("a")}
    assert set(names) - links == {"at-a-glance"}
    assert set(dialog.fields) <= links


BROWSER = """#!/bin/sh
for word do
    case $word in --print-to-pdf=*) out=${word#*=};; file:*) page=${word#file://};; esac
done
{ echo %PDF; grep -c '<h1>' "$page"; } > "$out"
"""


def browser(folder: Path, text: str) -> None:
    """A browser that stands for a real one, which only `scripts/test-pages` has."""
    program = folder / "google-chrome"
    program.write_text(text)
    program.chmod(0o755)


def test_a_pdf_is_printed_by_the_browser_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("voice_skill.review.pdf.BROWSERS", ("no-such-browser", "google-chrome"))
    browser(tmp_path, BROWSER)
    assert print_pdf("<h1>Page</h1>") == b"%PDF\n1\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "neither was found .*apt install chromium.*-o FILE.html"),
        ("#!/bin/sh\necho first >&2; echo no display >&2; exit 1", "failed: no display; or write"),
        ("#!/bin/sh\nexit 0", "made no PDF: .*page.pdf"),
        ("#!/no/such/shell", "made no PDF"),
    ],
)
def test_without_a_pdf_the_way_out_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None, told: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if text:
        browser(tmp_path, text)
    with pytest.raises(DrawingError, match=told):
        print_pdf("<h1>Page</h1>")
