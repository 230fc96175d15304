"""Writes what the documents take from the code: `python scripts/write_docs.py`.

docs/dialog-language.md has every key of the files in dialogs/, from the classes that read them and
from the notes beside this script. docs/dialog-picture.md has the picture of the shipped dialog.
docs/voice-skill.1 is the manual page of the command. A test compares each with what this script
would write.
"""

import ast
import inspect
import os
import textwrap
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

from voice_skill.cli import parser
from voice_skill.cli.help import EXAMPLES
from voice_skill.coaching.drill import DrillsFile
from voice_skill.coaching.routine import RoutineFile
from voice_skill.coaching.wording import Wording
from voice_skill.dialog.dialog import Dialog
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
from voice_skill.dialog.safety import Safety
from voice_skill.dialog.words import AnswersFile, Grammar, Signs
from voice_skill.diary.wording import DiaryWording
from voice_skill.ladder.programme import Programme
from voice_skill.paths import dialog_folder
from voice_skill.review.graph import picture as picture_of
from voice_skill.review.mermaid import to_mermaid
from voice_skill.review.split import overview, stage
from voice_skill.runtime.people.persona import PersonaFile
from voice_skill.setup.wording import SetupFile
from voice_skill.surfaces.captions.wording import CaptionsWording
from voice_skill.surfaces.clinic.wording import LetterWording

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
NOTES = Path(__file__).with_name("language_notes.yaml")
FILES: tuple[tuple[str, type[BaseModel]], ...] = (
    ("dialog.yaml", DialogFile),
    ("stage-*.yaml", StageFile),
    ("rules.yaml", RulesFile),
    ("dispositions.yaml", DispositionsFile),
    ("limits.yaml", Limits),
    ("messages.yaml", MessagesFile),
    ("phrases.yaml", Phrases),
    ("grammar.yaml", Grammar),
    ("answers/stage-*.yaml", AnswersFile),
    ("words.yaml", Words),
    ("signs.yaml", Signs),
    ("drills.yaml", DrillsFile),
    ("routines/*.yaml", RoutineFile),
    ("coaching.yaml", Wording),
    ("ladder.yaml", Programme),
    ("diary.yaml", DiaryWording),
    ("captions.yaml", CaptionsWording),
    ("letter.yaml", LetterWording),
    ("safety.yaml", Safety),
    ("setup.yaml", SetupFile),
    ("personas/*.yaml", PersonaFile),
)
_NEVER_WRITTEN: Any = {"not": {}}
"""The schema of a key that is filled from another file."""
_NAMES: Any = {"type": "array", "items": {"type": "string"}}
_PLAIN = {str: "text", int: "whole number", float: "number", bool: "`true` or `false`"}
_LIMITS = {Ge: "ge", Gt: "gt", Le: "le", Lt: "lt", MinLen: "min_length", MaxLen: "max_length"}
_SIGNS = {"ge": "at least {}", "gt": "more than {}", "le": "at most {}", "lt": "less than {}",
          "min_length": "at least {} of them", "max_length": "at most {} of them"}  # fmt: skip


def language() -> str:
    """The reference of the language as Markdown."""
    notes = yaml.safe_load(NOTES.read_text(encoding="utf-8"))
    parts = [notes["intro"].strip()]
    done: set[type[BaseModel]] = set()
    for name, model in FILES:
        parts.append(f"## {name}\n\n{notes['files'][name].strip()}")
        for node in _nodes(model):
            if node not in done:
                done.add(node)
                parts.append(_section(node, notes["keys"]))
    return "\n\n".join(parts) + "\n"


def picture() -> str:
    """The shipped dialog as Mermaid text in a page: an overview, then stage by stage."""
    whole = picture_of(Dialog.from_folder(dialog_folder()))
    pictures = [("Overview", overview(whole)), *((g.title, stage(whole, g)) for g in whole.groups)]
    head = (
        "# The whole dialog in pictures\n\n"
        "Made by `python scripts/write_docs.py` from `dialogs/en`, as"
        " `voice-skill draw --stage NAME -o FILE.mmd`"
        "\nmakes them. A stage holds its questions in the order asked. A line leads from a"
        " question to"
        "\neach care level that its rules name. Thick double lines are red flags.\n"
    )
    return head + "".join(
        f"\n## {title}\n\n```mermaid\n{to_mermaid(found).strip()}\n```\n"
        for title, found in pictures
    )


def manual() -> str:
    """The manual page (`man voice-skill`), from the parser."""
    from argparse_manpage.manpage import Manpage

    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "90"
    try:
        top = parser()
        top.epilog = None
        top._manpage = [  # type: ignore[attr-defined]
            {"heading": "examples", "content": "\n".join([".nf", *_escaped(EXAMPLES), ".fi"])},
            {"heading": "exit status", "content": "0: done. 1: findings of a command that looks"
             " for some. 2: wrong use. 3: it cannot, and one line says what to do. 128 and the"
             " number of a signal: the signal ended it."},
        ]  # fmt: skip
        about = "an offline voice guide for runners with low-back pain"
        return str(Manpage(top, {"description": about, "date": "2026-11-27",
                                 "manual_title": "User Commands"}))  # fmt: skip
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before


def _escaped(lines: Iterable[str]) -> Iterator[str]:
    return (line.replace("-", "\\-") for line in lines)


def _nodes(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A class and all that stands below it, each before what it holds."""
    seen: list[type[BaseModel]] = []
    todo = [model]
    while todo:
        node = todo.pop(0)
        if node not in seen:
            seen.append(node)
            todo += [n for info in node.model_fields.values() for n in _classes(info.annotation)]
    yield from seen


def _classes(annotation: Any) -> list[type[BaseModel]]:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for inner in typing.get_args(annotation) for found in _classes(inner)]


def _section(node: type[BaseModel], notes: Mapping[str, Mapping[str, str]]) -> str:
    title = f"### {_title(node)}"
    about = inspect.getdoc(node) or ""
    rows = ["| key | takes | without it | what it is |", "|---|---|---|---|"]
    said = {name: text for cls in reversed(node.__mro__) for name, text in _said(cls).items()}
    own: dict[str, str] = {}
    for cls in reversed(node.__mro__):
        own |= {**notes.get(cls.__name__, {}), **notes.get(_title(cls), {})}
    for name, info in node.model_fields.items():
        if _schema(info) == _NEVER_WRITTEN:
            continue
        what = said.get(name) or own.get(name, "")
        if not what:
            raise LookupError(f"{NOTES.name}: say under 'keys' what {_title(node)}.{name} is")
        rows.append(f"| `{name}` | {_takes(info)} | {_default(info)} | {_cell(what)} |")
    return "\n\n".join(filter(None, (title, _prose(about), "\n".join(rows))))


def _title(node: type) -> str:
    return f"{node.__module__.removeprefix('voice_skill.').split('.')[0]}.{node.__name__}"


def _said(cls: type) -> dict[str, str]:
    """The texts that stand under the keys of a class."""
    if not issubclass(cls, BaseModel) or not cls.__module__.startswith("voice_skill."):
        return {}
    body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0].body  # type: ignore[attr-defined]
    found = {}
    for one, two in pairwise(body):
        if isinstance(one, ast.AnnAssign) and isinstance(two, ast.Expr):
            found[one.target.id] = two.value.value  # type: ignore[union-attr,attr-defined]
    return found


def _takes(info: FieldInfo) -> str:
    if _schema(info) == _NAMES:
        return "list of text"
    limits = []
    for limit in info.metadata:
        name = _LIMITS.get(type(limit))
        if name:
            value = getattr(limit, name)
            limits.append(_SIGNS[name].format(value if value != 1 or "_" not in name else "one"))
    return ", ".join([_type(info.annotation), *limits])


def _schema(info: FieldInfo) -> Any:
    """What a key says of itself instead of its type, if anything."""
    return next((m.json_schema for m in info.metadata if isinstance(m, WithJsonSchema)), None)


def _type(annotation: Any) -> str:
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        name = _title(annotation)
        return f"[{name}](#{name.lower().replace('.', '')})"
    if origin is typing.Annotated:
        return _type(inner[0])
    if origin is typing.Literal:
        return " or ".join(f"`{value}`" for value in inner)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_type(one) for one in inner if one is not type(None))
    if origin is tuple and Ellipsis not in inner:
        return "list of " + ", ".join(_type(one) for one in inner)
    if origin is tuple:
        return f"list of {_type(inner[0])}"
    return f"mapping: {_type(inner[0])} to {_type(inner[1])}"


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return "must stand"
    value = info.get_default(call_default_factory=True)
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`" if isinstance(value, str | int | float) and value != "" else "nothing"


def _prose(text: str) -> str:
    return text.replace("<", "&lt;")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def write() -> None:
    """Write all of them."""
    (DOCS / "dialog-language.md").write_text(language(), encoding="utf-8")
    (DOCS / "dialog-picture.md").write_text(picture(), encoding="utf-8")
    (DOCS / "voice-skill.1").write_text(manual(), encoding="utf-8")


if __name__ == "__main__":
    write()
