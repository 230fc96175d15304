"""`voice-skill bench hearing`, with synthetic people and the real recogniser."""

import json
from pathlib import Path

import pytest

from voice_skill.cli import main
from voice_skill.lab.patient import speak


def people(folder: Path) -> tuple[Path, Path]:
    """A manifest and a division of six recordings by two speakers."""
    import soundfile

    said = [("en-us", "yes"), ("en-us", "no"), ("en-us", "stop"), ("en-gb", "yes"), ("en-gb", "no")]
    rows, parts = ["path\tsplit\tset\tspeaker\ttext"], ["set\tspeaker\tpart"]
    for voice, text in said:
        name = f"{voice}-{text}.wav"
        soundfile.write(folder / name, speak(text, f"espeak-ng {voice}", 1.0) * 0.5, 16000)
        rows.append(f"{name}\tdev\tspeech_commands\t{voice}\t{text}")
    soundfile.write(folder / "talk.wav", speak("a large coffee please", "espeak-ng en-us+f1", 1.0),
                    16000)  # fmt: skip
    rows.append("talk.wav\tdev\tout_of_grammar\t\t")
    parts += ["speech_commands\ten-us\ttest", "speech_commands\ten-gb\ttest",
              "out_of_grammar\ttalk\ttest"]  # fmt: skip
    (folder / "manifest.tsv").write_text("\n".join(rows) + "\n")
    (folder / "speakers.tsv").write_text("\n".join(parts) + "\n")
    return folder / "manifest.tsv", folder / "speakers.tsv"


def test_everything_is_measured_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest, speakers = people(tmp_path)
    target = tmp_path / "figures.json"
    code = main(["bench", "hearing", "--speech", str(manifest), "--speakers", str(speakers),
                 "--part", "test", "-o", str(target)])  # fmt: skip
    assert code == 0
    (found,) = json.loads(target.read_text())
    assert {row["condition"] for row in found["rows"]} == {"quiet", "room", "telephone"}
    words = next(row for row in found["rows"] if row["task"] == "thirty words")
    assert words["samples"] == 5
    yes = next(row for row in found["red_flags"] if row["said"] == "yes")
    assert yes["spoken"] > yes["as_no"] == 0
    assert 0 < found["footprint"]["load_seconds"] < 30
    assert 5 < found["footprint"]["disk_mb"] < 60
    assert found["promptness"]["heard"] >= 3
    printed = capsys.readouterr().out
    assert "MB on disk" in printed


def test_a_part_without_people_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest, speakers = people(tmp_path)
    options = ["--speech", str(manifest), "--speakers", str(speakers)]
    assert main(["bench", "hearing", *options, "--part", "development"]) == 2
    assert "no recordings of the development people" in capsys.readouterr().err


def test_an_unreadable_table_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "hearing", "--speech", str(tmp_path / "none.tsv")]) == 2
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (["--noise", "nowhere"], "no folder with recordings"),
        (["--json", "nowhere/figures.json"], "in a folder that is there"),
        (["-o", "figures.gif"], "ends in .json or .png"),
    ],
)
def test_what_cannot_be_read_or_written_is_told_before_the_measuring(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: list[str], told: str
) -> None:
    manifest, speakers = people(tmp_path)
    options = ["--speech", str(manifest), "--speakers", str(speakers), "--part", "test"]
    assert main(["bench", "hearing", *options, *wrong]) == 2
    assert told in capsys.readouterr().err


def test_a_recording_that_is_not_there_is_told_before_the_measuring(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest, speakers = people(tmp_path)
    (tmp_path / "en-us-yes.wav").unlink()
    options = ["--speech", str(manifest), "--speakers", str(speakers), "--part", "test"]
    assert main(["bench", "hearing", *options]) == 2
    assert "1 recordings are not there" in capsys.readouterr().err
