"""What a model costs: time to load, memory, disk. In a process of its own, nothing beside it."""

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from voice_skill.errors import ModelError

RATE_HZ = 16000
_BLOCK_BYTES = RATE_HZ // 10


@dataclass(frozen=True)
class Footprint:
    """memory_mb: peak of a process with one recogniser. disk_mb: all files of the folder."""

    load_seconds: float
    memory_mb: float
    disk_mb: float


def footprint(folder: Path, phrases: tuple[str, ...], pcm: bytes) -> Footprint:
    """Load a model, hear one recording (16-bit, 16 kHz) with a grammar, and look."""
    command = [sys.executable, "-m", "voice_skill.lab.bench.footprint", str(folder)]
    told = subprocess.run([*command, json.dumps(phrases)], input=pcm, capture_output=True,
                          check=False)  # fmt: skip
    if told.returncode != 0:
        raise ModelError(f"{folder}: ended while it was measured; see: voice-skill model verify")
    load_seconds, memory_mb = json.loads(told.stdout)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Footprint(load_seconds, memory_mb, size / 1e6)


def _main() -> None:
    import vosk

    vosk.SetLogLevel(-1)
    begun = time.perf_counter()
    model = vosk.Model(sys.argv[1])
    load_seconds = time.perf_counter() - begun
    recogniser = vosk.KaldiRecognizer(model, RATE_HZ, sys.argv[2])
    while block := sys.stdin.buffer.read(_BLOCK_BYTES):
        recogniser.AcceptWaveform(block)
    recogniser.FinalResult()
    print(json.dumps([round(load_seconds, 3), round(_peak_kb() / 1024, 1)]))


def _peak_kb() -> int:
    """Of this program alone: what `getrusage` tells holds the process that started it too."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    _main()
