"""End to end: a virtual person, the real recogniser and synthesiser, real sound."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile

pytestmark = [pytest.mark.audio, pytest.mark.timeout(400)]


@pytest.mark.parametrize(
    ("persona", "care"), [("cauda-equina", "EMERGENCY"), ("well-runner", "WARMUP")]
)
def test_a_spoken_conversation_comes_to_its_care(tmp_path: Path, persona: str, care: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "voice_skill", "demo", "--persona", persona, "-o", str(tmp_path),
         "--json"], capture_output=True, text=True, timeout=380, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["care"] == care, done.stderr
    wav = soundfile.info(tmp_path / "conversation.wav")
    assert (wav.channels, wav.samplerate) == (2, 16000)
    assert care in (tmp_path / "report.txt").read_text()
    assert all(0 < seconds < 10 for seconds in report["reply_seconds"])
