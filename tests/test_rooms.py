"""The rooms of the house: none imports a room above it, and what is pure stays so."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "voice_skill"
_TABLE = re.compile(r"^\| `(\w+)` \| (.+) \|$", re.MULTILINE)
ROOMS = dict(_TABLE.findall((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")))
PURE = [room for room, purpose in ROOMS.items() if purpose.endswith("pure")]
MAX_SHARE = 0.12
"""Of all lines: a room with more is two."""
#: What a pure room may not know: time, threads, processes, sound, the network.
WORLD = {"time", "threading", "subprocess", "socket", "signal", "sounddevice", "pyttsx3", "vosk"}


def _imported(room: str) -> Iterator[tuple[str, str]]:
    for path in sorted((PACKAGE / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield path.name, node.module
            elif isinstance(node, ast.Import):
                yield from ((path.name, alias.name) for alias in node.names)


def test_every_room_stands_in_the_table() -> None:
    assert {path.parent.name for path in PACKAGE.glob("*/__init__.py")} == ROOMS.keys()


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_stands_below_it(room: str) -> None:
    order = list(ROOMS)
    above = set(order[order.index(room) + 1 :])
    for name, module in _imported(room):
        parts = module.split(".")
        assert parts[0] != "voice_skill" or len(parts) < 2 or parts[1] not in above, (name, module)


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_knows_no_clock_and_no_sound(room: str) -> None:
    assert {module.split(".")[0] for _, module in _imported(room)} & WORLD == set()


@pytest.mark.parametrize("room", list(ROOMS)[: list(ROOMS).index("ladder") + 1])
def test_content_is_handed_down_and_not_reached_up_for(room: str) -> None:
    """It reads what all these rooms make; so none of them may import it."""
    assert "voice_skill.content" not in {module for _, module in _imported(room)}


def test_no_room_holds_more_than_its_share() -> None:
    lines = {
        room: sum(len(p.read_text("utf-8").splitlines()) for p in (PACKAGE / room).rglob("*.py"))
        for room in ROOMS
    }
    assert [room for room, held in lines.items() if held > MAX_SHARE * sum(lines.values())] == []


def test_the_content_knows_no_room_that_knows_it() -> None:
    """`content.py` stands among the rooms: what it imports must not import it in turn."""
    text = (PACKAGE / "content.py").read_text(encoding="utf-8")
    known = set(re.findall(r"from voice_skill\.(\w+)", text)) & ROOMS.keys()
    users = {room for room in ROOMS if any(m == "voice_skill.content" for _, m in _imported(room))}
    assert known & users == set()
