"""What a check found: one line for a person, with its place, a way out, and a conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.reader import Document, Path_, read_document
from voice_skill.understanding.text import tokens

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Finding:
    """One thing found.

    rule: the property that does not hold. severity: a note does not fail the check; it is a warning
    that the author has declared, for the reason in `why`, or something good to know.
    said: answers that break the property, other fields being safe.
    counterexample: the same as a script that `run --text --script` replays.
    """

    rule: str
    severity: Severity
    message: str
    suggestion: str = ""
    about: tuple[str, str | int] = ("dialog", "")
    said: Mapping[str, Value] | None = None
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
        """Read the places of fields, rules, danger phrases, dispositions and floors."""
        found: dict[tuple[str, str | int], tuple[str, int]] = {}

        def add(kind: str, name: str | int, document: Document, path: Path_) -> None:
            file, line, _ = document.where(path).rsplit(":", 2)
            found[kind, name] = (file, int(line))

        documents = {path.stem: read_document(path) for path in sorted(folder.glob("*.yaml"))}
        for document in documents.values():
            data = document.data if isinstance(document.data, dict) else {}
            if "fields" in data or "universals" in data:
                _add_words(found, document.file)
            for name in data.get("fields", ()):
                add("field", name, document, ("fields", name))
            for index, rule in enumerate(data.get("rules", ())):
                add("rule", rule["id"], document, ("rules", index))
            for index, _ in enumerate(data.get("danger", ())):
                add("danger", index, document, ("danger", index))
            for name in data.get("dispositions", ()):
                add("end", name, document, ("dispositions", name))
            for key in (
                "floors",
                "warm_ups",
                "offers",
                "must_ask",
                "ask_only",
                "misheard",
                "declared",
            ):
                for index, _ in enumerate(data.get(key, ())):
                    add(key, index, document, (key, index))
        found["dialog", ""] = (str(folder / "dialog.yaml"), 1)
        return cls(found)

    def placed(self, finding: Finding) -> Finding:
        """The finding with its file and line."""
        file, line = self.found.get(finding.about) or self.found["dialog", ""]
        return replace(finding, file=file, line=line)


def _add_words(found: dict[tuple[str, str | int], tuple[str, int]], file: Path) -> None:
    """Note where each word of a file stands first, comments aside."""
    for number, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        for word in () if text.lstrip().startswith("#") else tokens(text):
            found.setdefault(("word", word), (str(file), number))
