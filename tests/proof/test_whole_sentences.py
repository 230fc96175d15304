"""Whole sentences of the second entry: each fault in the words of the dialog is found."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from faults import broken

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.safety import read_safety
from voice_skill.proof import sentences
from voice_skill.proof.finding import Finding
from voice_skill.proof.table import Table
from voice_skill.understanding.understander import Understander

Check = Callable[[Table, Understander], Iterator[Finding]]
FAULTS: dict[str, tuple[Check, str, str, str, str]] = {
    "a degree that passes for a denial": (
        sentences.traps, "grammar.yaml", "(no|not any|not one|", "(no|hardly any|not any|not one|",
        "only sounds like a denial, but comes out as match no",
    ),
    "a time that passes for a denial": (
        sentences.traps, "grammar.yaml", 'recently: "(lately|', 'recently: "(lately|now|yet|',
        "only sounds like a denial, but comes out as match no",
    ),
    "a denial that is lost": (
        sentences.denials, "grammar.yaml", "(no|not any|not one|", "(not any|not one|",
        "is a plain denial, but comes out as",
    ),
    "a negator too many": (
        sentences.signs, "signs.yaml", "negators: [no,", "negators: [some, no,",
        "holds a sign that nothing denies, but comes out as unsure",
    ),
    "a duration that is not added up": (
        sentences.figures, "safety.yaml", '{text: "about {number} weeks", times: 7}',
        '{text: "about {number} weeks", times: 8}', "is 8, but comes out as match 7",
    ),
    "a template that shrinks to one word": (
        sentences.alone, "answers/stage-0-opening.yaml", "(no|not any|zero|nae) <bother>",
        "[no|not any|zero|nae] <bother>", "is a single word that may not reassure",
    ),
    "a negation that may be left out": (
        sentences.alone, "answers/stage-1-emergency.yaml", "(no|not) hard", "[no|not] hard",
        "'hard' in 'leg_power' is a single word that may not reassure",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(tmp_path: Path, fault: tuple[Check, str, str, str, str]) -> None:
    check, file, old, new, message = fault
    folder = broken(tmp_path, file, old, new)
    dialog = Dialog.from_folder(folder)
    table = Table(dialog, read_safety(folder, dialog)[0])
    found = list(check(table, Understander.from_dialog(dialog)))
    assert any(message in finding.message for finding in found)
