"""What a check found: one line for a person, with its place, a way out, and a conversation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.limits import FILE as LIMITS
from voice_skill.dialog.model import CareLevel
from voice_skill.dialog.reader import Document, Path_, read_document
from voice_skill.proof import coach_text
from voice_skill.understanding.text import spelled

Severity = Literal["error", "warning", "note"]
LISTS = ("danger", "floors", "warm_ups", "offers", "must_ask", "ask_only", "misheard", "declared")
"""What has no name but its place in a list."""


@dataclass(frozen=True)
class Finding:
    """One thing found.

    rule: the property that does not hold. severity: a note does not fail the check; it is a warning
    that the author has declared, for the reason in `why`, or something good to know.
    said: answers that break the property, other fields being safe. words: what is said literally
    to a question, each time it is asked, as a line of a script.
    least: the care that must come of it. counterexample: the same as a script that `run --text
    --script` replays.
    """

    rule: str
    severity: Severity
    message: str
    suggestion: str = ""
    about: tuple[str, str | int] = ("dialog", "")
    said: Mapping[str, Value] | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    least: CareLevel | None = None
    counterexample: tuple[str, ...] = ()
    file: str = ""
    line: int = 1
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain data, as `check --json` prints it."""
        keys = (
            "rule",
            "severity",
            "file",
            "line",
            "message",
            "suggestion",
            "counterexample",
            "why",
        )
        return {key: getattr(self, key) for key in keys}


@dataclass(frozen=True)
class Places:
    """Where everything of a dialog stands: (kind, name) -> file and line."""

    found: dict[tuple[str, str | int], tuple[str, int]]

    @classmethod
    def from_folder(cls, folder: Path, dialog: Dialog) -> "Places":
        """Read the places of all that a finding can be about."""
        found: dict[tuple[str, str | int], tuple[str, int]] = {}
        for document in (read_document(path) for path in sorted(folder.glob("*.yaml"))):
            for kind, name, path in _named(document):
                found[kind, name] = _where(document, path)
            if "universals" in set(document.data or ()):
                _add_words(found, document.file)
        for file in sorted((folder / "answers").glob("*.yaml")):
            _add_words(found, file)
        for stem, document in coach_text.documents(folder).items():
            _add_words(found, document.file)
            for path in document.places:
                found["coach", ".".join(map(str, (stem, *path)))] = _where(document, path)
        found["dialog", ""] = (str(folder / "dialog.yaml"), 1)
        return cls(found)

    def placed(self, finding: Finding) -> Finding:
        """The finding with its file and line."""
        file, line = self.found.get(finding.about) or self.found["dialog", ""]
        return replace(finding, file=file, line=line)


def _named(document: Document) -> Iterator[tuple[str, str | int, Path_]]:
    """Kind, name and path of fields, messages, rules, dispositions and the second entry."""
    data = document.data if isinstance(document.data, dict) else {}
    for key, kind in (("fields", "field"), ("dispositions", "end")):
        for name in data.get(key, ()):
            yield kind, name, (key, name)
    if document.file.name == "messages.yaml":
        for name in data.get("messages", ()):
            yield "message", f"messages.{name}", ("messages", name)
    if document.file.name == LIMITS:
        yield from _limits(data)
    rules = data.get("rules", ())
    for index, rule in enumerate(rules if isinstance(rules, tuple) else ()):
        yield "rule", rule["id"], ("rules", index)
    for key in LISTS:
        for index, _ in enumerate(data.get(key, ())):
            yield key, index, (key, index)


def _limits(data: Mapping[str, Any]) -> Iterator[tuple[str, str, Path_]]:
    for section, part in data.items():
        for name in part:
            yield "limits", f"{section}.{name}", (section, name)


def _where(document: Document, path: Path_) -> tuple[str, int]:
    file, line, _ = document.where(path).rsplit(":", 2)
    return file, int(line)


def _add_words(found: dict[tuple[str, str | int], tuple[str, int]], file: Path) -> None:
    """Note where each word of a file stands first, comments aside."""
    for number, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        for word in () if text.lstrip().startswith("#") else spelled(text):
            found.setdefault(("word", word), (str(file), number))
