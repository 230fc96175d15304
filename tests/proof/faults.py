"""The shipped dialog with one fault in it."""

import shutil
from pathlib import Path

from voice_skill.paths import dialog_folder


def broken(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """A copy in which one place of a file says something else."""
    folder = tmp_path / "en"
    shutil.copytree(dialog_folder(), folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder
