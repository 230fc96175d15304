"""JSON Schema of the dialog files, generated from the classes that read them."""

from typing import Any

from pydantic import BaseModel

from voice_skill.dialog.language import Words
from voice_skill.dialog.limits import Limits
from voice_skill.dialog.model import (
    DialogFile,
    DispositionsFile,
    MessagesFile,
    Phrases,
    RulesFile,
    StageFile,
)

FILES: dict[str, type[BaseModel]] = {
    "dialog": DialogFile,
    "stage": StageFile,
    "phrases": Phrases,
    "rules": RulesFile,
    "dispositions": DispositionsFile,
    "messages": MessagesFile,
    "limits": Limits,
    "words": Words,
}


def schema(kind: str) -> dict[str, Any]:
    """The schema of one kind of file, for editors that complete and check."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **FILES[kind].model_json_schema(),
    }
