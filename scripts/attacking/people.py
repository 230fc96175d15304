"""Who is asked, and what their session comes to where nothing disturbs it."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from scripts.attacking.process import run, voice_skill
from scripts.attacking.talk import Person, Talk, converse

NAMES = ("well-runner", "strain", "sciatica", "pregnant-runner", "cauda-equina")


@dataclass(frozen=True)
class Known:
    """A person with their questions in order, and what an undisturbed session comes to."""

    name: str
    person: Person
    questions: tuple[str, ...]
    care: str
    fields: dict[str, Any]


@contextmanager
def fresh_home() -> Iterator[Path]:
    """A home that is deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="attack-") as name:
        yield Path(name)


@cache
def meet(name: str) -> Known:
    """Learn a persona's answers, then hold their session by keyboard. Raises RuntimeError."""
    with fresh_home() as home:
        told = run(voice_skill("run", "--text", "--persona", name), home)
        person = Person(_answers(told.out))
        talk = Talk(home)
        questions = converse(talk, person)
        ended = talk.end()
        found = results(home)
        if ended.fault or len(found) != 1:
            raise RuntimeError(f"{name} cannot be held undisturbed: {ended.fault or found}")
        return Known(name, person, tuple(questions), *found[0])


def _answers(shown: str) -> dict[str, str]:
    lines = shown.splitlines()
    return {ask.strip(): said[2:] for ask, said in pairwise(lines) if said.startswith("> ")}


def results(home: Path) -> list[tuple[str, dict[str, Any]]]:
    """Care and fields of every session that has a result, oldest first."""
    listed = run(voice_skill("sessions", "list", "--json"), home)
    names = [row["name"] for row in json.loads(listed.out or "[]")]
    found = []
    for name in names:
        shown = run(voice_skill("sessions", "show", name, "--json"), home)
        report = json.loads(shown.out) if shown.code == 0 else {}
        if report.get("finished") and report.get("care"):
            found.append((str(report["care"]), dict(report.get("fields", {}))))
    return found
