"""`voice-skill bench hearing`."""

from pathlib import Path

from voice_skill.errors import UsageError
from voice_skill.lab.bench.hearing import measure
from voice_skill.lab.bench.systems import POCKETSPHINX
from voice_skill.lab.bench.table import as_text, draw, json_of, write_json
from voice_skill.lab.bench.tasks import Part, read_tasks
from voice_skill.models.folder import find_model, starter
from voice_skill.models.shelf import STARTER, Shelf

SEED = 1


def bench_hearing(
    speech: Path,
    speakers: Path,
    part: Part,
    models: list[str],
    dialog: Path,
    noises: Path | None,
    limit: int,
    json_file: Path | None,
    png: Path | None,
    as_json: bool,
) -> int:
    """Measure and print. models: names, folders, `pocketsphinx`."""
    if limit < 1:
        raise UsageError("--limit is a number of recordings, 1 or more")
    if noises is not None and not noises.is_dir():
        raise UsageError(f"{noises}: no folder with recordings of noise")
    _check_writable(json_file, "json")
    _check_writable(png, "png")
    systems = [(name, _folder(name)) for name in models]
    tasks = read_tasks(speech, speakers, part, limit, SEED)
    lost = {s.path for task in tasks for s in task.samples if not s.path.is_file()}
    if lost:
        raise UsageError(f"{speech}: {len(lost)} recordings are not there: {min(lost)}, ...")
    found = measure(systems, tasks, dialog, noises, SEED)
    print(json_of(found) if as_json else as_text(found))
    if json_file is not None:
        write_json(found, json_file)
    if png is not None:
        draw(found, png)
    return 0


def _check_writable(path: Path | None, suffix: str) -> None:
    """Before the long measuring, not after it."""
    if path is None:
        return
    if path.suffix != f".{suffix}" or path.is_dir() or not path.parent.is_dir():
        raise UsageError(f"{path}: name a file x.{suffix} in a folder that is there")


def _folder(name: str) -> Path | None:
    if name == POCKETSPHINX:
        return None
    if name == STARTER:
        return starter()
    shelf = Shelf.from_platform()
    return shelf.place(name) if name in shelf.installed() else find_model(Path(name))
