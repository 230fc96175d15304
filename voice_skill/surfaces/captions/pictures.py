"""The pictures of the drills: `pictures/NAME.svg` of a dialog folder."""

from dataclasses import dataclass, field
from pathlib import Path

FOLDER = "pictures"
MAX_BYTES = 20_000


@dataclass(frozen=True)
class Pictures:
    """The pictures by the names of their drills."""

    by_name: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def from_folder(cls, folder: Path) -> "Pictures":
        """All that are there and not too large; a page goes without the others."""
        files = sorted((folder / FOLDER).glob("*.svg"))
        return cls({f.stem: f.read_bytes() for f in files if f.stat().st_size <= MAX_BYTES})

    def __contains__(self, name: str) -> bool:
        return name in self.by_name
