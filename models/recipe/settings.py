"""The recipe's settings, read from YAML."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from models.recipe.batches import Shape
from voice_skill.errors import UsageError
from voice_skill.models.graph import Costs


class Network(BaseModel):
    """Widths of the network."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hidden: int
    bottleneck: int


class SingledOut(BaseModel):
    """Words that a share of the synthetic clips says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    share: float
    words: list[str]


class Settings(BaseModel):
    """One making of a model. See recipe.yaml for what each setting means."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    seed: int
    clips: dict[str, int]
    meaning_clips: dict[str, int] = {}
    singled_out: tuple[SingledOut, ...]
    copies: dict[str, int]
    shares: dict[str, float]
    rooms: int
    garbage: float
    bigram: float
    network: Network
    batches: int
    rate: float
    shapes: tuple[Shape, ...]
    long_every: int
    words: int
    graph: Costs
    decoding: dict[str, float | int]

    def order(self) -> list[Shape]:
        """The shapes in the order they are drawn."""
        usual, *longer = self.shapes
        return [usual] * (self.long_every - len(longer)) + longer


def read_settings(path: Path) -> Settings:
    """Raises UsageError for a file that cannot be used."""
    try:
        return Settings.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise UsageError(f"{path}: {' '.join(str(error).split())}") from None
