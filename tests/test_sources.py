"""Every source leads somewhere: to a key of the references, or to a place in the clinical brief.

A source is one or more references with "; " between them, each with a remark after ": " if need be:
`brief 2.3 E4; [5b, 6]: spinal infection; seed A9, A11; judgement: the age`.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
CLINICAL = ROOT / "docs" / "clinical"
_HEADING = re.compile(r"^(#{2,3}) (\d+(?:\.\d+)*)\.? ", re.MULTILINE)
_BRIEF = re.compile(r"brief (?P<place>\d+(?:\.\d+)*)(?: (?P<label>\w+))?")
_SEED = re.compile(r"seed (A\d+(?:, A\d+)*)")
_KEYS = re.compile(r"\[(\w+(?:, \w+)*)\]")
_IN_PROSE = re.compile(r"\b[Bb]rief(?:'s)?,? (?:sections? )?(?P<place>\d+(?:\.\d+)*)")
_LISTED = re.compile(r"\b[Bb]rief(?:'s|,)? (?:sections? )?[\d.]+\d(?:(?:,| and| to) \d)")


@cache
def references() -> dict[str, dict[str, str]]:
    """The references by their keys."""
    read: dict[str, dict[str, str]] = yaml.safe_load((CLINICAL / "references.yaml").read_text())
    return read


@cache
def sections() -> dict[str, str]:
    """The sections of the brief by their numbers, and the items of their numbered lists."""
    text = (CLINICAL / "brief.md").read_text(encoding="utf-8")
    found, heads = {}, list(_HEADING.finditer(text))
    for head in heads:
        ends = [h.start() for h in heads if h.start() > head.start() and len(h[1]) <= len(head[1])]
        body = text[head.start() : min(ends, default=len(text))]
        found[head[2]] = body
        for item in re.finditer(r"^(\d+)\. .*$", body, re.MULTILINE):
            found.setdefault(f"{head[2]}.{item[1]}", item[0])
    return found


def problem(reference: str) -> str | None:
    """What is wrong with one reference, if anything."""
    if found := _BRIEF.fullmatch(reference):
        body = sections().get(found["place"])
        if body is None:
            return f"the brief has no section {found['place']}"
        label = found["label"]
        if label and not re.search(rf"\b{label}\b", body):
            return f"section {found['place']} of the brief has no '{label}'"
        return None
    listed = _SEED.fullmatch(reference) or _KEYS.fullmatch(reference)
    keys = listed[1].split(", ") if listed else [reference]
    lost = [key for key in keys if key not in references()]
    return f"references.yaml has no {', '.join(lost)}" if lost else None


def problems(source: str) -> list[str]:
    """What is wrong with a source."""
    parts = (part.partition(": ")[0] for part in source.split("; "))
    return [found for part in parts if (found := problem(part))]


def _sources(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "source":
                yield str(value)
            else:
                yield from _sources(value)
    elif isinstance(data, list):
        for value in data:
            yield from _sources(value)


DIALOGS = sorted((ROOT / "dialogs").rglob("*.yaml"))
TEXTS = [*DIALOGS, *sorted((ROOT / "voice_skill").rglob("*.py"))]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", DIALOGS, ids=_name)
def test_every_source_of_the_content_leads_somewhere(path: Path) -> None:
    data = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    wrong = {source: found for source in _sources(data) if (found := problems(source))}
    assert wrong == {}


def test_the_content_has_sources_at_all() -> None:
    loaded = (yaml.load(p.read_text(encoding="utf-8"), yaml.BaseLoader) for p in DIALOGS)
    assert sum(len(list(_sources(data))) for data in loaded) > 150


@pytest.mark.parametrize("path", TEXTS, ids=_name)
def test_every_place_that_a_comment_or_a_reason_names_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lost = [m["place"] for m in _IN_PROSE.finditer(text) if m["place"] not in sections()]
    assert lost == [], "the brief has no such section"
    assert _LISTED.findall(text) == [], "write each place by itself: brief 1, brief 2.6"
    seeds = re.findall(r"\b(A\d+)\b", "".join(re.findall(r"\bseed [A\d, andto-]+", text)))
    assert [key for key in seeds if key not in references()] == []
    assert "direction.md" not in text


@pytest.mark.parametrize("key", list(references()))
def test_every_reference_says_what_it_is_and_where(key: str) -> None:
    entry = references()[key]
    assert set(entry) <= {"what", "where", "note"}
    assert entry["what"]
    for place in entry["where"].split("; "):
        if place.startswith("brief "):
            assert problem(place) is None
        if place.startswith("docs/"):
            assert (ROOT / place).is_file()


@pytest.mark.parametrize(
    "source", ["", "2.4 cancer", "brief 9.9", "brief 2.4 toes", "[99]", "seed A18", "[5b], [6]"]
)
def test_what_leads_nowhere_is_told(source: str) -> None:
    assert problems(source)
