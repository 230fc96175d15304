"""Content stands in `dialogs/`: the engine names no question, drill, rule or word of English.

The rule: in the packages of the engine no string constant is the id of a question, drill, routine,
rule, stage or variant of the shipped dialog, nor a word or phrase of its language. Docstrings are
no constants here, nor are the texts of errors and of the command line. A word that the engine has
of its own stands under OWN, with the modules that may hold it and why; nothing stands there idly.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from voice_skill.dialog.language import Denial, SpokenDurations, SpokenNumbers

ROOT = Path(__file__).parent.parent
ENGLISH = ROOT / "dialogs" / "en"
ENGINE = ("dialog", "understanding", "coaching", "ladder", "visit", "diary", "listening", "storage",
          "runtime", "embedding")  # fmt: skip
ROLE = "a role of a question, told apart by the machine of the check"
PAIN = (
    "the pain score, which the coach asks for and the diary keeps, whatever its question is called"
)
OWN: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "readback": (ROLE, ("dialog", "visit", "understanding", "runtime")),
    "wrong_part": (ROLE, ("dialog", "understanding")),
    "confirm": (ROLE, ("dialog", "understanding", "visit", "storage", "runtime")),
    "health_changed": (ROLE, ("dialog",)),
    "opening": (f"{ROLE}; the first phase of a warm-up, and its text",
                ("dialog", "understanding", "visit", "coaching", "runtime")),
    "pain": (PAIN, ("coaching", "visit", "diary", "listening")),
    "since_rest": ("a key of the diary", ("diary",)),
    "days": ("a message, and the kind of a duration", ("dialog",)),
    "not_heard": ("an earcon", ("dialog", "coaching")),
}  # fmt: skip
"""Word -> why the engine has it too, and the packages that hold it."""
ANSWERS = frozenset({"yes", "no"})
"""Values of every question for yes or no."""
COMMANDS = frozenset({"hold"})
"""Words of English that are names in the engine as well: a phase of a drill."""


def read(name: str) -> Any:
    return yaml.safe_load((ENGLISH / name).read_text(encoding="utf-8"))


def ids() -> dict[str, str]:
    """Every id of the shipped dialog, and what it is of."""
    found: dict[str, str] = {}
    for file in ENGLISH.glob("stage-*.yaml"):
        stage = yaml.safe_load(file.read_text(encoding="utf-8"))
        found[stage["stage"]["id"]] = "stage"
        found |= dict.fromkeys(stage["fields"], "question")
    found |= dict.fromkeys(read("drills.yaml")["drills"], "drill")
    found |= {rule["id"]: "rule" for rule in read("rules.yaml")["rules"]}
    for end in read("dispositions.yaml")["dispositions"].values():
        found |= {variant["id"]: "variant" for variant in end.get("variants", ())}
    for file in (ENGLISH / "routines").glob("*.yaml"):
        found[yaml.safe_load(file.read_text(encoding="utf-8"))["id"]] = "routine"
    return found


def texts(data: object) -> Iterator[str]:
    """Every key and text below a place of `words.yaml`."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from (str(key), *texts(value))
    elif isinstance(data, list):
        for item in data:
            yield from texts(item)


def words() -> set[str]:
    """The words and phrases of English in `words.yaml`; its own keys are not among them."""
    file = read("words.yaml")
    sections = (s.values() if isinstance(s, dict) else [s] for s in file.values())
    lists = [part for section in sections for part in section]
    keys = {*Denial.model_fields, *SpokenNumbers.model_fields, *SpokenDurations.model_fields}
    return {t for part in lists for t in texts(part) if len(t) > 2} - keys - ANSWERS - COMMANDS


def constants(module: Path) -> Iterator[tuple[int, str]]:
    """The string constants of a module; no docstrings, types or texts of errors."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    left_out: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            left_out.add(id(node.value))
        elif isinstance(node, ast.Raise):
            left_out |= {id(inner) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and id(node) not in left_out:
            yield node.lineno, text


def modules() -> list[Path]:
    return sorted(p for room in ENGINE for p in (ROOT / "voice_skill" / room).rglob("*.py"))


def room_of(module: Path) -> str:
    return module.relative_to(ROOT / "voice_skill").parts[0]


def test_the_engine_names_nothing_of_the_dialog() -> None:
    known = ids()
    found = [
        f"{module.relative_to(ROOT)}:{line}: {known[text]} '{text}'"
        for module in modules()
        for line, text in constants(module)
        if text in known and room_of(module) not in OWN.get(text, ("", ()))[1]
    ]
    assert found == []


@pytest.mark.parametrize("room", ["understanding", "coaching", "listening", "visit", "ladder"])
def test_the_engine_holds_no_word_of_english(room: str) -> None:
    known = words()
    found = [
        f"{module.relative_to(ROOT)}:{line}: '{text}'"
        for module in modules()
        if room_of(module) == room
        for line, text in constants(module)
        if text.strip() in known
    ]
    assert found == []


def test_no_exemption_stands_idly() -> None:
    held = {(text, room_of(module)) for module in modules() for _, text in constants(module)}
    known = ids()
    idle = [(word, room) for word, (_, rooms) in OWN.items() for room in rooms
            if word not in known or (word, room) not in held]  # fmt: skip
    assert idle == []
