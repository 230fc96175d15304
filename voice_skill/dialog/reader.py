"""Strict YAML: what is written is what is read, and every error says where and what instead.

PyYAML's resolver turns yes/no/on/off into booleans and 1:30 into 90, and lets a later key replace
an earlier one in silence: in a triage that loses red flags. Here only `true`, `false`, whole and
decimal numbers and `null` are more than text, and a key may stand once.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from voice_skill.errors import DialogError

Path_ = tuple[str | int, ...]
AnyModel = TypeVar("AnyModel", bound=BaseModel)
MOST_NODES = 1_000_000
"""Some thirty times as many as a dialog of a thousand questions has."""
_SCALARS = (
    (re.compile(r"true"), lambda text: True),
    (re.compile(r"false"), lambda text: False),
    (re.compile(r"null|"), lambda text: None),
    (re.compile(r"-?(0|[1-9][0-9]*)"), int),
    (re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+"), float),
)


@dataclass
class Document:
    """One YAML file as plain data, with the place of every node."""

    file: Path
    data: Any = None
    places: dict[Path_, tuple[int, int]] = field(default_factory=dict)

    def where(self, path: Path_) -> str:
        """`file:line:column` of the nearest node that stands at or above a path."""
        while path and path not in self.places:
            path = path[:-1]
        line, column = self.places.get(path, (1, 1))
        return f"{self.file}:{line}:{column}"


def read_document(file: Path) -> Document:
    """Read one file. Raises DialogError with file:line:column."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise DialogError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise DialogError(f"{file}: cannot be read: not a text in UTF-8") from None
    document = Document(file)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise DialogError(f"{file}{place}: not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise DialogError(f"{file}: not YAML: {' '.join(str(error).split())}") from None
    except RecursionError:
        raise DialogError(f"{file}:1:1: nested too deeply") from None
    document.data = _convert(root, (), document, set()) if root is not None else None
    return document


def _convert(node: yaml.Node, path: Path_, document: Document, above: set[int]) -> Any:
    document.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if id(node) in above:
        raise DialogError(f"{document.where(path)}: an alias that contains itself")
    if len(document.places) > MOST_NODES:
        raise DialogError(f"{document.where(path)}: the aliases stand for too much")
    above = above | {id(node)}
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return tuple(
            _convert(item, (*path, index), document, above) for index, item in enumerate(node.value)
        )
    return _mapping(node, path, document, above)


def _mapping(node: yaml.Node, path: Path_, document: Document, above: set[int]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise DialogError(f"{document.where(path)}: a key must be plain text")
        key = str(key_node.value)
        here = (*path, key)
        if key in result:
            line, _ = document.places[here]
            raise DialogError(
                f"{document.file}:{key_node.start_mark.line + 1}:"
                f"{key_node.start_mark.column + 1}: '{key}' stands twice (first in line {line}); "
                "keep one of them"
            )
        result[key] = _convert(value_node, here, document, above)
        document.places[here] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
    return result


def _scalar(node: yaml.ScalarNode) -> Any:
    if node.style in ("'", '"', "|", ">"):
        return node.value
    for pattern, convert in _SCALARS:
        if pattern.fullmatch(node.value):
            return convert(node.value)
    return node.value


def read_as(file: Path, model: type[AnyModel]) -> tuple[AnyModel, Document]:
    """Read one file as one class of `model.py`. Raises DialogError naming every mistake."""
    document = read_document(file)
    try:
        return model.model_validate(document.data), document
    except ValidationError as error:
        raise DialogError("\n".join(_explain(document, item) for item in error.errors())) from None


def _explain(document: Document, item: Any) -> str:
    """One pydantic error as `file:line:column: what is wrong; what to write`."""
    path = tuple(part for part in item["loc"] if _is_place(document, item["loc"], part))
    name = str(item["loc"][-1]) if item["loc"] else "the file"
    kind = item["type"]
    if kind == "extra_forbidden":
        text = f"'{name}' is not a key here; remove it or correct its spelling"
    elif kind == "missing":
        text = f"'{name}' is missing; add it"
    elif kind == "string_type":
        text = f"'{name}' must be text; put it in quotes: \"{item['input']}\""
    elif kind in ("model_type", "dict_type"):
        text = f"'{name}' must be keys with values"
    else:
        text = f"'{name}': {item['msg']}"
    return f"{document.where(path)}: {text}"


def _is_place(document: Document, loc: tuple[str | int, ...], part: str | int) -> bool:
    """Pydantic names the kind of a union ('yes_no') inside the path: no node stands there."""
    kinds = {"yes_no", "choice", "number", "duration", "free"}
    if part not in kinds:
        return True
    index = loc.index(part)
    return (*loc[:index], part) in document.places
