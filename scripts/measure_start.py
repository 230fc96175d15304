"""From the start of `voice-skill run` to its first sound, with an empty and a full prompt cache."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from voice_skill.audio.virtual_card import VirtualSoundCard
from voice_skill.private import write_private

RATE_HZ = 16000
LISTEN_SECONDS = 12.0


def first_sound_seconds(card: VirtualSoundCard, home: Path) -> tuple[float, int]:
    raw = home / "out.raw"
    recorder = card.record("vspk", raw, RATE_HZ)
    time.sleep(0.5)
    before = raw.stat().st_size / 2 / RATE_HZ
    environment = {**os.environ, **card.environment, "XDG_CACHE_HOME": str(home),
                   "XDG_DATA_HOME": str(home)}  # fmt: skip
    command = [sys.executable, "-m", "voice_skill", "run", "--fresh"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    time.sleep(LISTEN_SECONDS)
    status = Path(f"/proc/{process.pid}/status").read_text()
    peak_kb = next(int(x.split()[1]) for x in status.splitlines() if x.startswith("VmHWM"))
    process.kill()
    process.wait()
    recorder.terminate()
    recorder.wait()
    loud = np.abs(np.fromfile(raw, "<i2")) > 300
    return float(loud.argmax()) / RATE_HZ - before, peak_kb // 1024


def main() -> int:
    with VirtualSoundCard() as card, tempfile.TemporaryDirectory() as home:
        write_private(Path(home) / "voice-skill" / "setup.json", '{"done": true}')  # no first start
        for name in ("cold", "warm", "warm"):
            seconds, peak = first_sound_seconds(card, Path(home))
            print(f"{name} cache: first sound after {seconds:.2f} s, peak memory {peak} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
