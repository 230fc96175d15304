"""What every class of the dialog language is made of."""

from pydantic import BaseModel, ConfigDict

Templates = tuple[str, ...]
"""Sentence templates in hassil's notation: `(yes|yeah) [i do]`."""


class Node(BaseModel):
    """Base of all: immutable, no unknown keys, no silent conversion of types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
