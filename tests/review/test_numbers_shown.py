"""Each clinical number stands in the document with its source, and is covered by its mark."""

from dataclasses import replace

import pytest

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.limits import Limits, read_limits
from voice_skill.dialog.safety import Safety, read_safety
from voice_skill.paths import dialog_folder
from voice_skill.review.blocks import Table
from voice_skill.review.document import document
from voice_skill.review.limits import CAPTIONS
from voice_skill.review.markdown import safe, to_markdown

LIMITS = read_limits(dialog_folder())[0]
OTHER = {"emergency": "risk", "URGENT": "SOON", "EMERGENCY": "SOON"}


@pytest.fixture(scope="module")
def safety(dialog: Dialog) -> Safety:
    return read_safety(dialog_folder(), dialog)[0]


@pytest.fixture(scope="module")
def mark(dialog: Dialog, safety: Safety) -> str:
    return document(dialog, safety).running


def rows(dialog: Dialog, safety: Safety) -> list[tuple[str, ...]]:
    """Those of all tables of numbers."""
    blocks = document(dialog, safety).blocks
    tables = [b for b in blocks if isinstance(b, Table) and b.caption in CAPTIONS.values()]
    assert len(tables) == len(CAPTIONS)
    return [row for table in tables for row in table.rows]


def test_every_section_is_shown() -> None:
    assert set(CAPTIONS) == set(Limits.model_fields)


def test_every_number_is_there_with_its_meaning_and_source(dialog: Dialog, safety: Safety) -> None:
    text = to_markdown(document(dialog, safety))
    for name, value, limit in LIMITS.entries():
        row = (name.partition(".")[2].replace("_", " "), str(value), limit.means, limit.source)
        assert row in rows(dialog, safety)
        assert safe(limit.means) in text


@pytest.mark.parametrize("name", [name for name, _, _ in LIMITS.entries()])
def test_a_changed_number_is_shown_and_changes_the_mark(
    dialog: Dialog, safety: Safety, mark: str, name: str
) -> None:
    value = {n: v for n, v, _ in LIMITS.entries()}[name]
    other = value + 1 if isinstance(value, int) else OTHER.get(value, "URGENT")
    changed = replace(dialog, limits=dialog.limits.with_value(name, other))
    assert document(changed, safety).running != mark
    shown = [row for row in rows(changed, safety) if row not in rows(dialog, safety)]
    assert [row[1] for row in shown] == [str(other)]
