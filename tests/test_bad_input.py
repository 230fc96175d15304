"""Bad input of every kind is one line that says what to do, within two seconds; no traceback."""

import json
import os
import struct
import subprocess
import sys
import time
import wave
from pathlib import Path

import pytest

from voice_skill.cli import main
from voice_skill.streams import steady_streams

RAW_SECONDS = 2.0


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    steady_streams()  # as every process does first
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def command(*arguments: str | bytes, **how: object) -> subprocess.CompletedProcess[bytes]:
    """A whole process, for what only a process has: its streams and its locale."""
    return subprocess.run(
        [sys.executable, "-m", "voice_skill", *arguments], timeout=60, check=False,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how},
    )  # type: ignore[call-overload,no-any-return]  # fmt: skip


BAD_FACTS = {
    "a list for a choice": '{"legs": []}',
    "an object for a yes": '{"saddle": {}}',
    "nested 200,000 deep": "[" * 200_000,
    "objects nested 200,000 deep": '{"a":' * 200_000,
    "a key twice": '{"saddle": "yes", "saddle": "no"}',
    "a number of 5,000 digits": '{"pain": ' + "9" * 5000 + "}",
    "a number of 5,000 digits as text": '{"pain": "' + "9" * 5000 + '"}',
    "a superscript digit": '{"pain": "²"}',
    "a digit with an underscore": '{"days": "1_0"}',
    "true as a number": '{"pain": true}',
    "infinity": '{"pain": 1e999}',
    "NaN": '{"pain": NaN}',
    "an unclear word for what the diary knows": '{"steady_before": "perhaps"}',
    "a field of 5,000 signs": '{"' + "x" * 5000 + '": 1}',
    "half a sign": '{"\\ud800": 1}',
}


@pytest.mark.parametrize("name", BAD_FACTS)
def test_facts_that_make_no_sense_are_one_short_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    (tmp_path / "f.json").write_text(BAD_FACTS[name])
    began = time.process_time()
    code, out, err = run(capsys, "decide", str(tmp_path / "f.json"))
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert time.process_time() - began < RAW_SECONDS
    assert len(err) < 1200


def test_facts_that_are_no_text_name_the_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "f.json").write_bytes(b'{\n"pain": "\xff"}')
    assert "f.json:2: not a text in UTF-8" in run(capsys, "decide", str(tmp_path / "f.json"))[2]


def test_the_mark_of_utf_8_is_no_part_of_facts_or_events(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "f.json").write_bytes(b'\xef\xbb\xbf{"pain": 6}')
    assert run(capsys, "decide", str(tmp_path / "f.json"))[0] == 0
    (tmp_path / "e.txt").write_bytes(b"\xef\xbb\xbf10 stop\n")
    code, out, _ = run(
        capsys, "coach", "standard", "--virtual", "--events", str(tmp_path / "e.txt")
    )
    assert (code, "> stop" in out) == (0, True)


def test_a_text_without_end_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "decide", "/dev/zero")
    assert (code, "longer than" in err) == (2, True)


def header(path: Path, rate_hz: int, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(bytes(2 * channels * 8000))
    return path


@pytest.mark.parametrize(
    "name", ["x.raw", "1 Hz", "4 GHz", "200 channels", "pipe", "empty", "text"]
)
def test_a_sound_file_that_is_none_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    path = tmp_path / (name if name == "x.raw" else "x.wav")
    if name in ("1 Hz", "4 GHz"):
        header(path, 1 if name == "1 Hz" else 2**31 - 1)
    elif name == "200 channels":
        header(path, 16000, 200)
    elif name == "pipe":
        os.mkfifo(path)
    else:
        path.write_bytes(b"" if name == "empty" else b"no sound" * 1000)
    began = time.process_time()
    code, out, err = run(capsys, "hear", "--phrases", "yes,no", str(path))
    assert (code, out, len(err.splitlines())) == (3, "", 1)
    assert str(path) in err
    assert time.process_time() - began < 3 * RAW_SECONDS  # the model is loaded first


def test_a_sound_that_claims_to_be_endless_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    import numpy
    import soundfile

    path = tmp_path / "x.flac"
    soundfile.write(path, numpy.zeros(8000, "int16"), 16000)
    data = bytearray(path.read_bytes())
    data[21:26] = bytes([data[21] | 0x0F]) + struct.pack(">I", 2**32 - 1)  # samples in all
    path.write_bytes(data)
    code, _, err = run(capsys, "hear", "--phrases", "yes,no", str(path))
    assert (code, len(err.splitlines())) == (3, 1)


@pytest.mark.parametrize("argument", [b"no \xff", b"\xff"])
def test_an_argument_that_is_no_text_is_one_line(argument: bytes) -> None:
    done = command("understand", "saddle", argument)
    assert (done.returncode, done.stdout) == (2, b"")
    told = f"voice-skill: {os.fsdecode(argument)!a} is not a text in UTF-8\n"
    assert done.stderr.decode() == told


def test_a_typed_byte_that_is_no_text_is_no_traceback(isolated_home: Path) -> None:
    done = command("run", "--text", input=b"yes\nno \xe9\n")
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert done.stdout.count(b"> ") >= 3  # and the next question follows, or this one again


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_an_eight_bit_terminal_gets_what_it_can_show(encoding: str) -> None:
    env = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = command("understand", "saddle", "no … é 😀", env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode(encoding))["text"] == "no … é 😀"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("words", ["understand saddle no", "run --text", "decide -", "nonsense"])
def test_closed_streams_are_no_traceback(tmp_path: Path, closed: str, words: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f"exec {sys.executable} -m voice_skill {words} {closed}"],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 2)
    assert b"Traceback" not in done.stderr + done.stdout
    assert b"None" not in done.stderr


def test_what_goes_to_a_closed_output_is_written_into_no_file(tmp_path: Path) -> None:
    subprocess.run(
        ["sh", "-c", f"exec {sys.executable} -m voice_skill run --text >&-"],
        input=b"yes\nno\n", stderr=subprocess.PIPE, timeout=60, check=False,
    )  # fmt: skip
    kept = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert kept
    assert not any(b"not a diagnosis" in path.read_bytes() for path in kept)
