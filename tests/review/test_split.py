"""A picture in parts holds what the whole one holds, and each part fits a screen."""

from xml.etree import ElementTree

import pytest
from test_dot import needs_dot
from test_mermaid import strange

from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import UsageError
from voice_skill.review.dot import render, to_dot, told_svg
from voice_skill.review.graph import Picture, picture
from voice_skill.review.mermaid import to_mermaid
from voice_skill.review.split import overview, part, stage

MAX_WIDTH, MAX_HEIGHT = 1700, 2600
"""Of the picture of the largest stage, in points; the whole one is some 7,000 high."""
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def whole(dialog: Dialog) -> Picture:
    return picture(dialog)


def test_the_stages_together_hold_every_question_and_every_rule(whole: Picture) -> None:
    parts = [stage(whole, group) for group in whole.groups]
    assert [box for found in parts for g in found.groups for box in g.boxes] == [
        box for group in whole.groups for box in group.boxes
    ]
    rules = [edge for edge in whole.edges if edge.labels]
    assert [edge for edge in rules if not any(edge in found.edges for found in parts)] == []


def test_the_overview_shows_which_stage_leads_to_which_care(whole: Picture) -> None:
    found = overview(whole)
    assert [box.name for box in found.groups[0].boxes] == [g.title for g in whole.groups]
    home = {box.id: group.id for group in whole.groups for box in group.boxes}
    ends = {end.id for end in whole.ends}
    wanted = {(home[e.source], e.target) for e in whole.edges if e.target in ends}
    assert wanted <= {(edge.source, edge.target) for edge in found.edges}
    signs = next(group for group in whole.groups if group.title == "Emergency signs")
    red = {e.target for e in found.edges if e.source == signs.id and e.kind == "red_flag"}
    assert red == {"care_EMERGENCY", "care_URGENT"}


def test_a_part_is_found_by_the_begin_of_its_title(whole: Picture) -> None:
    assert part(whole, "emergency").groups[0].title == "Emergency signs"
    assert part(whole, "Overview").title.endswith(": overview")
    with pytest.raises(UsageError, match="there is no stage"):
        part(whole, "")


def test_every_part_is_of_the_language(whole: Picture) -> None:
    for found in (overview(whole), *(stage(whole, group) for group in whole.groups)):
        assert strange(to_mermaid(found)) == []


@needs_dot
def test_every_part_fits_and_is_told_in_words(whole: Picture) -> None:
    for found in (overview(whole), *(stage(whole, group) for group in whole.groups)):
        root = ElementTree.fromstring(told_svg(render(to_dot(found), "svg"), found))
        width, height = (float(root.attrib[n].removesuffix("pt")) for n in ("width", "height"))
        assert width <= MAX_WIDTH
        assert height <= MAX_HEIGHT, found.title
        assert root.attrib["role"] == "img"
        assert root.findtext(f"{SVG}title") == found.title
        drawn = [text.text for text in root.iter(f"{SVG}text")]
        for box in found.groups[0].boxes:
            assert box.name in drawn
            assert box.name in (root.findtext(f"{SVG}desc") or "")
