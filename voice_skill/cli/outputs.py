"""`-o FILE`: what is written is told by the ending of the file's name."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from voice_skill.errors import UsageError


def outputs_of(
    files: Sequence[Path] | None, old: Mapping[str, Path | None]
) -> dict[str, Path | None]:
    """The file of each ending. old: the endings there are, with what an old option named.

    Raises UsageError for another ending, and for two files of one kind.
    """
    found = dict(old)
    for file in files or ():
        kind = file.suffix.lower()
        if kind not in found:
            raise UsageError(f"{file}: name a file that ends in {' or '.join(found)}")
        if found[kind] is not None:
            raise UsageError(f"{file}: there is one {kind} already: {found[kind]}")
        found[kind] = file
    return found
