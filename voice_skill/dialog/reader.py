"""Strict YAML: what is written is what is read, and every error says where and what instead.

PyYAML's resolver turns yes/no/on/off into booleans and 1:30 into 90, and lets a later key replace
an earlier one in silence: in a triage that loses red flags. Here only `true`, `false`, whole and
decimal numbers and `null` are more than text, and a key may stand once. A file from a stranger
cannot stand for more than a dialog is: what is too much is refused before it is read to its end.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from voice_skill.errors import DialogError
from voice_skill.files import is_plain, reason, shortened

Path_ = tuple[str | int, ...]
AnyModel = TypeVar("AnyModel", bound=BaseModel)
MAX_FILE_BYTES = 500_000
"""The largest file of the shipped dialog has a twentieth of it."""
MAX_NODES = 40_000
"""Of one file, its aliases followed: more than a stage of a thousand questions has."""
MAX_DEPTH = 50
MAX_MESSAGE = 300
MAX_TEXT = 4_000
"""Signs of one text: nobody listens to more, and no template of phrases needs them."""
MAX_DIGITS = 12
"""Of a number: everything that is counted here, and what a float holds exactly."""
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
    text = _text(file)
    document = Document(file)
    try:
        root = _quick(text)
        if root is None:
            loader = _Loader(text)
            root = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        problem = shortened(error.problem)
        raise DialogError(f"{file}{_place(error.problem_mark)}: not YAML: {problem}") from None
    except yaml.reader.ReaderError as error:
        place = _place_of(text, error.position)
        raise DialogError(f"{file}{place}: not YAML: a sign that no text has") from None
    except (ValueError, OverflowError):  # of Python's own, for an escape such as "\\UFFFFFFFF"
        place = _place(loader.get_mark())
        raise DialogError(f"{file}{place}: not YAML: an escape that stands for no sign") from None
    except RecursionError:
        raise DialogError(f"{file}:1:1: nested too deeply") from None
    document.data = _convert(root, (), document, set()) if root is not None else None
    return document


def _text(file: Path) -> str:
    try:
        if not is_plain(file):
            raise DialogError(f"{file}: cannot be read: not a file")
        with file.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise DialogError(f"{file}: cannot be read: {reason(error)}") from None
    if len(data) > MAX_FILE_BYTES:
        raise DialogError(f"{file}:1:1: larger than {MAX_FILE_BYTES} bytes; split it up")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _place_of(data[: error.start].decode("utf-8"), error.start)
        raise DialogError(f"{file}{place}: cannot be read: not a text in UTF-8") from None


def _quick(text: str) -> yaml.Node | None:
    """The nodes by libyaml, several times as fast; None where it is not there or minds anything.

    What is too much is counted before a node is made. The slow way then tells what is wrong.
    """
    loader = getattr(yaml, "CSafeLoader", None)
    if loader is None:
        return None
    try:
        _count(text, loader)
        root: yaml.Node | None = yaml.compose(text, Loader=loader)
    except _TooMuch:
        raise
    except (yaml.YAMLError, ValueError, OverflowError):
        return None
    return root


def _count(text: str, loader: Any) -> None:
    """Raise _TooMuch where a file holds more than it may."""
    nodes = depth = 0
    for event in yaml.parse(text, Loader=loader):
        nodes += isinstance(event, yaml.NodeEvent)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if nodes > MAX_NODES or depth > MAX_DEPTH:
            what = "too much for one file" if nodes > MAX_NODES else "nested too deeply"
            mark: Any = event.start_mark
            raise _TooMuch(None, None, what, mark)


class _TooMuch(yaml.MarkedYAMLError):
    """More than a file may hold."""


class _Loader(yaml.SafeLoader):
    """Counts while it reads."""

    nodes = depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """One node and all below it."""
        self.nodes += 1
        self.depth += 1
        if self.nodes > MAX_NODES or self.depth > MAX_DEPTH:
            what = "too much for one file" if self.nodes > MAX_NODES else "nested too deeply"
            raise _TooMuch(None, None, what, self.get_mark())
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _place(mark: Any) -> str:
    return f":{mark.line + 1}:{mark.column + 1}" if mark else ":1:1"


def _place_of(text: str, position: int) -> str:
    """`:line:column` of the sign at a position."""
    before = text[:position]
    return f":{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def _convert(node: yaml.Node, path: Path_, document: Document, above: set[int]) -> Any:
    document.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if id(node) in above:
        raise DialogError(f"{document.where(path)}: an alias that contains itself")
    if len(document.places) > MAX_NODES or len(path) > MAX_DEPTH:
        raise DialogError(f"{document.where(path)}: the aliases stand for too much")
    above = above | {id(node)}
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, path, document)
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
        _refuse_odd(key, (*path,), document)
        if key in result:
            line, _ = document.places[here]
            raise DialogError(
                f"{document.file}:{key_node.start_mark.line + 1}:"
                f"{key_node.start_mark.column + 1}: '{shortened(key)}' stands twice "
                f"(first in line {line}); "
                "keep one of them"
            )
        result[key] = _convert(value_node, here, document, above)
        document.places[here] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
    return result


def _scalar(node: yaml.ScalarNode, path: Path_, document: Document) -> Any:
    _refuse_odd(node.value, path, document)
    if node.style in ("'", '"', "|", ">"):
        return node.value
    for pattern, convert in _SCALARS:
        if pattern.fullmatch(node.value):
            if len(node.value) > MAX_DIGITS:
                raise DialogError(f"{document.where(path)}: a number of at most {MAX_DIGITS} signs")
            return convert(node.value)
    return node.value


def _refuse_odd(text: str, path: Path_, document: Document) -> None:
    """No text that is said or shown holds a NUL, an escape or half a sign. Raises DialogError."""
    if len(text) > MAX_TEXT:
        raise DialogError(f"{document.where(path)}: a text of over {MAX_TEXT} signs; shorten it")
    if text.isascii() and text.isprintable():
        return
    for sign in text:
        if sign not in "\n\t" and unicodedata.category(sign) in ("Cc", "Cs"):
            raise DialogError(f"{document.where(path)}: the sign {sign!a} has no place here")


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
    name = shortened(item["loc"][-1]) if item["loc"] else "the file"
    kind = item["type"]
    if kind == "extra_forbidden":
        text = f"'{name}' is not a key here; remove it or correct its spelling"
    elif kind == "missing":
        text = f"'{name}' is missing; add it"
    elif kind == "string_type":
        text = f"'{name}' must be text; put it in quotes: \"{shortened(item['input'])}\""
    elif kind in ("model_type", "dict_type"):
        text = f"'{name}' must be keys with values"
    else:
        text = f"'{name}': {shortened(item['msg'], MAX_MESSAGE)}"
    return f"{document.where(path)}: {text}"


def _is_place(document: Document, loc: tuple[str | int, ...], part: str | int) -> bool:
    """Pydantic names the kind of a union ('yes_no') inside the path: no node stands there."""
    kinds = {"yes_no", "choice", "number", "duration", "free"}
    if part not in kinds:
        return True
    index = loc.index(part)
    return (*loc[:index], part) in document.places
