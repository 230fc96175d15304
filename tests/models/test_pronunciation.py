"""How words are said."""

import shutil
from pathlib import Path

import pytest

from voice_skill.errors import ModelError
from voice_skill.models.pronunciation import guess, plain, read_dictionary, write_dictionary
from voice_skill.models.units import (
    CONTEXT_OF,
    CONTEXTS,
    OUTPUTS,
    PHONES,
    SOUNDS,
    entry_output,
    loop_output,
)


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")
@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("stop", "S T AA P"),
        ("boy", "B OY"),
        ("judge", "JH AH JH"),
        ("thinking", "TH IH NG K IH NG"),
        ("sciatica", "S AY AE T IH K AH"),
    ],
)
def test_a_word_is_guessed_as_it_is_said(word: str, phones: str) -> None:
    assert guess(word) == tuple(phones.split())


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")
def test_what_cannot_be_said_is_refused() -> None:
    with pytest.raises(ModelError, match="not a word"):
        guess("...")


def test_a_dictionary_is_read_as_it_was_written(tmp_path: Path) -> None:
    lexicon = {"a": (("AH",), ("EY",)), "cat": (("K", "AE", "T"),)}
    write_dictionary(tmp_path / "words.txt", lexicon)
    assert read_dictionary(tmp_path / "words.txt") == lexicon


@pytest.mark.parametrize("line", ["cat K AE Q", "cat"])
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "words.txt").write_text(f"# note\n\n{line}\n")
    with pytest.raises(ModelError, match=":3: "):
        read_dictionary(tmp_path / "words.txt")


def test_stress_is_dropped() -> None:
    assert plain(["AH0", "N", "OW1"]) == ("AH", "N", "OW")


def test_every_sound_has_outputs_of_its_own() -> None:
    assert set(CONTEXT_OF) == set(SOUNDS)
    numbers = [loop_output(sound) for sound in SOUNDS]
    numbers += [entry_output(0, "SIL"), entry_output(0, "SPN")]
    numbers += [entry_output(k, phone) for k in range(CONTEXTS) for phone in PHONES]
    assert sorted(numbers) == list(range(OUTPUTS))
