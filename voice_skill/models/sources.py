"""Which models can be had, as data: `models/sources.yaml`."""

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from voice_skill.errors import ModelError, UsageError
from voice_skill.near import did_you_mean

_PACKAGE = Path(__file__).resolve().parent.parent


class Source(BaseModel):
    """Where a model comes from. sizes in megabytes; sha256: of the archive.

    ear: second for one that only looks again at what the first did not settle.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    language: str
    licence: str
    size_mb: float
    unpacked_mb: float
    url: str
    sha256: str
    about: str
    accuracy: str | None = None
    ear: Literal["first", "second"] = "first"


def sources_file() -> Path:
    """In the wheel, or at the top of a checkout."""
    packaged = _PACKAGE / "data" / "models" / "sources.yaml"
    return packaged if packaged.is_file() else _PACKAGE.parent / "models" / "sources.yaml"


def read_sources(path: Path) -> dict[str, Source]:
    """All sources by name. Raises ModelError for a file that cannot be used."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return {name: Source(name=name, **item) for name, item in data.items()}
    except (OSError, yaml.YAMLError, ValidationError, AttributeError, TypeError) as error:
        raise ModelError(f"{path}: {' '.join(str(error).split())}") from None


def find_source(name: str, path: Path) -> Source:
    """One source. Raises UsageError naming those there are."""
    found = read_sources(path)
    if name not in found:
        near = did_you_mean(name, found)
        there = ", ".join(found)
        raise UsageError(f"there is no model '{name}' to fetch; there is: {there}{near}")
    return found[name]
