"""`voice-skill simulate`: what is asked for, checked before anything is said."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import StorageError, UsageError
from voice_skill.lab.hear import Heard
from voice_skill.lab.job import Job, answer_jobs, answerable
from voice_skill.lab.patient import voices
from voice_skill.lab.simulation.conversation import Ended, Talk, talks
from voice_skill.lab.simulation.crowd import Ground, do
from voice_skill.lab.simulation.emergencies import emergency_jobs, stranger_jobs
from voice_skill.lab.simulation.outcome import Simulation, lines
from voice_skill.lab.simulation.report import page
from voice_skill.listening.answer_grammar import Ears
from voice_skill.models.check import check_model
from voice_skill.models.folder import find_model
from voice_skill.models.vocabulary import vocabulary
from voice_skill.near import did_you_mean
from voice_skill.runtime.people.persona import personas
from voice_skill.understanding.understander import Understander

EMERGENCIES = 300
"""None missed of so many shows that fewer than 1 in 100 are (95 %)."""
ALL = "all"


@dataclass(frozen=True)
class Wish:
    """What to simulate. None: the usual; fields and personas are names, `all` for every one."""

    fields: Sequence[str] | None = None
    emergencies: int | None = None
    personas: Sequence[str] | None = None
    phrases: int = 1
    seed: int = 1
    workers: int | None = None
    dask: str | None = None


def simulate(
    folder: Path, model: Path | None, wish: Wish, work: Path | None, html: Path | None,
    as_json: bool,
) -> int:  # fmt: skip
    """Simulate and tell. Returns 0 if nobody was falsely reassured, else 1."""
    dialog = Dialog.from_folder(folder)
    ground = Ground(folder.resolve(), find_model(model))
    jobs, held = _jobs(dialog, wish), _talks(folder, wish)
    if html is not None:
        _write(html, "")
    check_model(ground.model)
    words = vocabulary(ground.model)
    Ears.from_dialog(dialog, words, Understander.from_dialog(dialog))
    workers = wish.workers or os.cpu_count() or 1
    results = do([*jobs, *held], ground, workers, work, wish.dask)
    heard = [result for result in results if isinstance(result, Heard)]
    ended = [result for result in results if isinstance(result, Ended)]
    pairs, told = list(zip(jobs, heard, strict=True)), list(zip(held, ended, strict=True))
    found = Simulation(dialog, wish.seed, pairs, told, words)
    data = found.as_json()
    if html is not None:
        _write(html, page(found, data))
    print(json.dumps(data, ensure_ascii=False) if as_json else "\n".join(lines(data)))
    return 0 if found.passed else 1


def _jobs(dialog: Dialog, wish: Wish) -> list[Job]:
    workers = 1 if wish.workers is None else wish.workers
    if wish.phrases < 1 or (wish.emergencies or 0) < 0 or workers < 1:
        raise UsageError("--phrases and --workers must be at least 1, --emergencies at least 0")
    speakers, known = voices(), answerable(dialog)
    usual = wish.fields is None and wish.personas is None
    named = wish.fields if wish.fields is not None else ([ALL] if usual else [])
    fields = _named(named, known, "field")
    count = wish.emergencies if wish.emergencies is not None else EMERGENCIES * usual
    jobs = emergency_jobs(dialog, count, speakers, wish.seed)
    jobs += stranger_jobs(dialog, speakers, wish.seed) if ALL in named else []
    return jobs + answer_jobs(dialog, fields, speakers, wish.phrases, wish.seed)


def _talks(folder: Path, wish: Wish) -> list[Talk]:
    names = _named(wish.personas or [], personas(folder), "persona")
    return talks(folder, names, voices(), wish.seed)


def _named(names: Sequence[str], known: Sequence[str], what: str) -> tuple[str, ...]:
    """The names asked for, each once, given apart or with commas between."""
    found = [name for text in names for name in text.split(",") if name]
    if ALL in found:
        return tuple(known)
    for name in found:
        if name not in known:
            near = did_you_mean(name, known)
            raise UsageError(f"there is no {what} '{name}'; the {what}s: {', '.join(known)}{near}")
    return tuple(dict.fromkeys(found))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{path}: cannot be written: {error.strerror}") from None
    if text:
        print(f"saved: {path}", file=sys.stderr)
