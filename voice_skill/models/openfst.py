"""OpenFst's command-line tools (Debian: `libfst-tools libfst22-plugins-base`): graphs from text.

Vosk needs their lookahead type. Every function raises ModelError where a tool is missing or fails.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from voice_skill.errors import ModelError

_INSTALL = "install OpenFst's tools (Debian: apt-get install libfst-tools libfst22-plugins-base)"


def write_lookahead(lines: Iterable[str], path: Path, scratch: Path) -> dict[int, int]:
    """A graph that looks ahead to its output labels, which get new numbers: old -> new."""
    pairs = scratch / "pairs"
    text = _sorted(lines, "olabel", scratch)
    _run("fstconvert", "--fst_type=olabel_lookahead", f"--save_relabel_opairs={pairs}", text,
         str(path))  # fmt: skip
    rows = [line.split() for line in pairs.read_text().splitlines()]
    return {int(before): int(after) for before, after in rows}


def write_const(lines: Iterable[str], path: Path, scratch: Path) -> None:
    """A plain graph that is read fast, sorted by its input labels."""
    _run("fstconvert", "--fst_type=const", _sorted(lines, "ilabel", scratch), str(path))


def _sorted(lines: Iterable[str], by: str, scratch: Path) -> str:
    """The path of a compiled graph, its arcs sorted."""
    text, plain, arranged = (str(scratch / f"{by}.{end}") for end in ("txt", "fst", "sorted"))
    with Path(text).open("w") as stream:
        stream.writelines(lines)
    _run("fstcompile", text, plain)
    _run("fstarcsort", f"--sort_type={by}", plain, arranged)
    return arranged


def _run(*command: str) -> None:
    """One OpenFst tool. Its plugins lie in a folder the loader does not look into by itself."""
    if shutil.which(command[0]) is None:
        raise ModelError(f"{command[0]} is missing; {_INSTALL}")
    plugins = [str(p.parent) for p in Path("/usr/lib").glob("**/olabel_lookahead-fst.so")]
    environment = os.environ | {
        "LD_LIBRARY_PATH": ":".join([*plugins, os.environ.get("LD_LIBRARY_PATH", "")])
    }
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode != 0:
        raise ModelError(f"{command[0]} failed: {done.stderr.strip()[:300]}; {_INSTALL}")
