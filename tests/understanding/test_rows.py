"""What people say, as rows: ordinary answers are understood, grave ones reassure nobody."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import ChoiceField, reassuring
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.understanding.understander import Understander

ROWS = Path(__file__).parent / "rows"
UNDERSTOOD = 0.95
"""The share of ordinary answers that must be understood at the first try."""


def rows(name: str) -> list[dict[str, str]]:
    with (ROWS / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def reassures(dialog: Dialog, field: str, meaning: Interpretation) -> bool:
    """Whether it counts as the mildest answer, be it at once or as a hedged no in a late stage."""
    asked = dialog.fields[field]
    accepted = meaning.reason == "hedged_no" and dialog.stage_of[field].hedged_no == "accept"
    counts = meaning.outcome == "match" or accepted
    return counts and meaning.value is not None and meaning.value == reassuring(asked)


def milder(dialog: Dialog, field: str, meaning: Interpretation, wanted: str) -> bool:
    """Whether a value is taken that is milder than the one that was meant."""
    asked = dialog.fields[field]
    if meaning.outcome != "match":
        return False
    if isinstance(asked, ChoiceField) and wanted in asked.values and field not in ("onset",):
        order = list(asked.values)
        return order.index(str(meaning.value)) < order.index(wanted)
    if isinstance(meaning.value, int):
        return meaning.value < int(wanted) * (0.8 if field == "days" else 1) and field != "age"
    return reassures(dialog, field, meaning) and str(meaning.value) != wanted


@pytest.mark.parametrize("row", [r for r in rows("answers.tsv") if r["kind"] == "grave"],
                         ids=lambda row: f"{row['field']}: {row['text']}")  # fmt: skip
def test_a_grave_answer_reassures_nobody(
    dialog: Dialog, understander: Understander, row: dict[str, str]
) -> None:
    meaning = understander.interpret(row["field"], row["text"])
    wanted = row["expected"].removeprefix("value:")
    if row["expected"].startswith("value:"):
        assert not milder(dialog, row["field"], meaning, wanted)
    else:
        assert not reassures(dialog, row["field"], meaning)


@pytest.mark.parametrize("row", [r for r in rows("answers.tsv") if r["kind"] == "danger"],
                         ids=lambda row: f"{row['field']}: {row['text']}")  # fmt: skip
def test_a_red_flag_inside_another_answer_is_found(
    understander: Understander, row: dict[str, str]
) -> None:
    assert understander.interpret(row["field"], row["text"]).outcome == "danger"


def test_ordinary_answers_are_understood_at_the_first_try(understander: Understander) -> None:
    ordinary = [row for row in rows("answers.tsv") if row["kind"] == "ord"]
    missed = [row["text"] for row in ordinary if not understood(understander, row)]
    assert len(missed) <= (1 - UNDERSTOOD) * len(ordinary), missed


def understood(understander: Understander, row: dict[str, str]) -> bool:
    meaning = understander.interpret(row["field"], row["text"])
    wanted = row["expected"].removeprefix("value:")
    if wanted == "unsure":
        return meaning.outcome != "match"
    return meaning.outcome == "match" and str(meaning.value) == wanted


def test_plain_denials_are_noes_and_what_sounds_like_one_is_none(
    dialog: Dialog, understander: Understander
) -> None:
    count: Counter[tuple[str, str]] = Counter()
    for row in rows("denials.tsv"):
        meaning = understander.interpret(row["field"], row["text"])
        no = meaning.value is not None and meaning.value == reassuring(dialog.fields[row["field"]])
        alarm = meaning.outcome in ("match", "danger")
        count[row["kind"], "no" if no else "yes" if alarm else "asked"] += 1
    assert count["TRAP", "no"] == count["YES", "no"] == count["NO", "yes"] == 0
    assert count["NO", "no"] >= 0.98 * sum(n for (kind, _), n in count.items() if kind == "NO")
