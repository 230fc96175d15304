"""Mermaid text says what the picture holds, and no words of a dialog can break out of it."""

import re

from sessions_and_words import HOSTILE

from voice_skill.dialog.dialog import Dialog
from voice_skill.review.graph import picture, question_id
from voice_skill.review.mermaid import safe, to_mermaid

LABEL = r'"[^"<>`|{}%\[\]&]*"'
LINE = re.compile(
    rf"""flowchart\ LR | \ *%%\ [^"<>`|{{}}%]* | \ *subgraph\ \w+\[{LABEL}\] | \ *direction\ TB
    | \ *end | \ *(\w+)(\[|\[\[|\(\[){LABEL}(\]|\]\]|\]\))(:::\w+)?
    | \ *\w+\ (-->|-\.->|==>)(\|{LABEL}\|)?\ \w+ | \ *(classDef|linkStyle)\ [\w:,;.-]+\ [\w:,;.-]+
    """,
    re.VERBOSE,
)


def strange(text: str) -> list[str]:
    return [x for x in text.replace("<br/>", " ").splitlines() if not LINE.fullmatch(x)]


def test_every_line_is_of_the_language(dialog: Dialog) -> None:
    assert strange(to_mermaid(picture(dialog))) == []


def test_hostile_words_stay_words(hostile: Dialog) -> None:
    assert strange(to_mermaid(picture(hostile))) == []
    assert set('"<>&`|{}[]%;:*\\\n\0').isdisjoint(re.sub(r"#\d+;", "", safe(HOSTILE)))


def test_lists_and_stress_are_not_made_of_words() -> None:
    assert safe("- one") == "#45; one"
    assert safe("1. one") == "1#46; one"
    assert safe("_so_ leg_power") == "#95;so#95; leg_power"


def test_red_flags_are_thick_and_the_way_on_is_plain(dialog: Dialog) -> None:
    text = to_mermaid(picture(dialog, "EMERGENCY"))
    opening, gate, saddle = (
        question_id(dialog, n) for n in ("symptom_now", "no_symptom_gate", "saddle")
    )
    assert f'{saddle} ==>|"E01"| care_EMERGENCY' in text
    assert f"{opening} --> {gate}" in text


def test_the_text_never_changes_by_itself(dialog: Dialog) -> None:
    assert to_mermaid(picture(dialog)) == to_mermaid(picture(dialog))
