"""People's recordings, where they are: ../shared/speech or $VOICE_SKILL_SPEECH."""

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.english import ENGLISH
from voice_skill.cli.hear import hear_field
from voice_skill.content import Content
from voice_skill.understanding.grammar import grammar_phrases

SPEECH = Path(os.environ.get("VOICE_SKILL_SPEECH", Path(__file__).parents[3] / "shared" / "speech"))
pytestmark = pytest.mark.skipif(
    not (SPEECH / "manifest.tsv").is_file(), reason="no recordings of people here"
)

ASKED = ("alarm", "danger")


def recordings(group: str, word: str | None, limit: int) -> list[Path]:
    rows = [line.split("\t") for line in (SPEECH / "manifest.tsv").read_text().splitlines()[1:]]
    found = [r[0] for r in rows if r[1] == "dev" and r[2] == group and word in (None, r[4])]
    return [SPEECH / path for path in found[:limit]]


def outcomes(content: Content, wavs: list[Path]) -> Counter[tuple[object, object]]:
    """What recordings were taken for; an answer that the session reads back is none yet, nor is
    what it only asks about by name."""
    assert wavs
    assert grammar_phrases(content.dialog.phrases, content.dialog.fields, ENGLISH, "saddle")
    rows = hear_field(content, "saddle", wavs, None)
    return Counter(
        (row["outcome"] if row["certain"] or row["outcome"] in ASKED else "read back", row["value"])
        for row in rows
    )


def test_a_yes_of_people_is_never_heard_as_no(
    content: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    found = outcomes(content, recordings("speech_commands", "yes", 60))
    with capsys.disabled():
        print(f"\npeople saying yes: {dict(found)}")
    assert found["match", "no"] == 0
    assert found["match", "yes"] >= 45


def test_a_no_of_people_is_mostly_heard(
    content: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    found = outcomes(content, recordings("speech_commands", "no", 60))
    with capsys.disabled():
        print(f"\npeople saying no: {dict(found)}")
    assert found["match", "yes"] == 0
    assert found["match", "no"] >= 42


def test_strangers_are_not_taken_for_an_answer(
    content: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    found = outcomes(content, recordings("out_of_grammar", None, 50))
    with capsys.disabled():
        print(f"\nstrangers ordering coffee: {dict(found)}")
    assert found["match", "no"] == 0
    taken = (n for (what, value), n in found.items() if value is not None and what not in ASKED)
    assert sum(taken) <= 1
