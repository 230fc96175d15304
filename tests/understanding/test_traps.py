"""What ordinary people say is understood, and what only sounds like a denial never reassures."""

import csv
from pathlib import Path

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import reassuring
from voice_skill.dialog.interpretation import Interpretation
from voice_skill.understanding.understander import Understander

ROWS = Path(__file__).parent / "rows"
LEAST_UNDERSTOOD = 0.95


def test_no_trap_reassures(dialog: Dialog, understander: Understander) -> None:
    taken = [
        row
        for row in _rows("traps.tsv")
        if _reassures(dialog, row["field"], understander.interpret(row["field"], row["text"]))
    ]
    assert not taken


def test_ordinary_answers_are_understood_at_the_first_try(
    dialog: Dialog, understander: Understander
) -> None:
    rows, understood = _rows("ordinary.tsv"), 0
    for row in rows:
        field, value = row["field"], row["value"]
        meaning = understander.interpret(field, row["text"])
        understood += meaning.outcome == "match" and str(meaning.value) == value
        mild = str(reassuring(dialog.fields[field]))
        assert value == mild or not _reassures(dialog, field, meaning), row
    assert understood >= LEAST_UNDERSTOOD * len(rows)


def _reassures(dialog: Dialog, field: str, meaning: Interpretation) -> bool:
    mild = reassuring(dialog.fields[field])
    return meaning.outcome in ("match", "unsure") and mild is not None and meaning.value == mild


def _rows(name: str) -> list[dict[str, str]]:
    with (ROWS / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_a_yes_that_breaks_off_is_none(understander: Understander) -> None:
    assert understander.interpret("bend_sit", "it is purple").outcome != "match"


def test_a_place_named_as_well_is_no_sign(understander: Understander) -> None:
    meaning = understander.interpret("leg_power", "both legs are fine")
    assert (meaning.outcome, meaning.value) == ("match", "no")


def test_nothing_before_what_is_well_is_no_denial(understander: Understander) -> None:
    assert understander.interpret("saddle", "nothing feels normal").value != "no"


def test_a_sign_denied_in_its_middle_is_asked_about(understander: Understander) -> None:
    said = "nothing like that can not feel it when i wipe"
    assert understander.interpret("symptom_now", said).outcome == "danger"
