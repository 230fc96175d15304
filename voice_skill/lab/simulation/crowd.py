"""Does jobs in parallel, keeps each result at once, and takes up where it was cut off.

A result rests on its job, the model and the dialog alone, so it is the same whoever does it, and in
whatever order.
"""

import hashlib
import json
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from tqdm import tqdm

from voice_skill.cluster import on_cluster
from voice_skill.errors import ModelError, StorageError
from voice_skill.lab.hear import Ear, Heard
from voice_skill.lab.job import Job, digest
from voice_skill.lab.simulation.conversation import Ended, Talk, hold
from voice_skill.runtime.voice.quiet_libraries import quiet_libraries

RESULTS = "results.jsonl"
CHUNK = 8
Task = Job | Talk
Result = Heard | Ended


@dataclass(frozen=True)
class Ground:
    """What every result rests on: the folders of the dialog and of the model."""

    dialog: Path
    model: Path

    def digest(self) -> str:
        """The content of both."""
        files = sorted(p for p in self.dialog.rglob("*.yaml"))
        files += sorted(p for name in ("am", "conf", "graph") for p in
                        (self.model / name).rglob("*") if p.is_file())  # fmt: skip
        return digest([hashlib.sha256(path.read_bytes()).hexdigest() for path in files])


def do(
    tasks: Sequence[Task], ground: Ground, workers: int, work: Path | None, dask: str | None = None
) -> list[Result]:
    """The result of every task, in their order. dask: a cluster that does them instead.

    Raises StorageError, ModelError, DialogError, ClusterError.
    """
    base = ground.digest()
    names = [task.digest(base) for task in tasks]
    known = _kept(work)
    wanted = {n: t for n, t in zip(names, tasks, strict=True) if n not in known}
    with tqdm(total=len(tasks), initial=len(tasks) - len(wanted), file=sys.stderr,
              desc="simulating") as bar:  # fmt: skip
        todo = list(wanted.items())
        there = _elsewhere(todo, ground, base, dask) if dask and todo else None
        for name, result in there or _done(todo, ground, workers):
            known[name] = result
            _keep(work, name, result)
            bar.update()
    return [known[name] for name in names]


def _done(
    wanted: list[tuple[str, Task]], ground: Ground, workers: int
) -> Iterator[tuple[str, Result]]:
    if not wanted:
        return
    context = multiprocessing.get_context("spawn")
    crowd = ProcessPoolExecutor(min(workers, len(wanted)), context, _open, (ground,))
    try:
        held = [item for item in wanted if isinstance(item[1], Talk)]
        spoken = [item for item in wanted if isinstance(item[1], Job)]
        with _born_deaf():
            done = [crowd.map(_do_one, held), crowd.map(_do_one, spoken, chunksize=CHUNK)]
        for results in done:
            yield from results
    except BrokenProcessPool:
        raise ModelError(f"{ground.model}: the recogniser crashed; check it with: "
                         "voice-skill model verify") from None  # fmt: skip
    finally:
        crowd.shutdown(cancel_futures=True)


@contextmanager
def _born_deaf() -> Iterator[None]:
    """Processes that are started meanwhile do not hear Ctrl-C, which is for the one who asked."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _elsewhere(
    wanted: list[tuple[str, Task]], ground: Ground, base: str, dask: str
) -> Iterator[tuple[str, Result]]:
    work = partial(_do_there, ground, base)
    for place, result in on_cluster(dask, work, [task for _, task in wanted]):
        yield wanted[place][0], result


def _do_there(ground: Ground, base: str, task: Task) -> Result:
    """One task on a worker of a cluster; its threads wait for each other, with an ear each."""
    with _one_at_a_time:
        if getattr(_there, "ground", None) != (ground, base):
            if ground.digest() != base:
                raise ModelError(f"{ground.model}: a worker has another model or dialog there")
            with quiet_libraries():
                _there.ear = Ear.from_folders(ground.dialog, ground.model)
            _there.ground = (ground, base)
        ear: Ear = _there.ear
        return ear.hear(task) if isinstance(task, Job) else hold(ear, task)


_there = threading.local()
_one_at_a_time = threading.Lock()
_ear: list[Ear] = []
"""The ear of this worker process."""


def _open(ground: Ground) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asked for it all is told
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    with quiet_libraries():
        _ear.append(Ear.from_folders(ground.dialog, ground.model))


def _leave_with_parent() -> None:
    """A worker whose parent was killed has nobody to work for."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do_one(wanted: tuple[str, Task]) -> tuple[str, Result]:
    name, task = wanted
    (ear,) = _ear
    return name, ear.hear(task) if isinstance(task, Job) else hold(ear, task)


def _kept(work: Path | None) -> dict[str, Result]:
    """What an earlier run left; a line that was cut off is done again."""
    path = work / RESULTS if work else None
    found: dict[str, Result] = {}
    if path is None or not path.is_file():
        return found
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        raise StorageError(f"{path}: cannot be read: {error.strerror}") from None
    for line in lines:
        try:
            row = json.loads(line)
            name = row.pop("job")
            found[name] = Ended.from_json(row) if "care" in row else Heard(**row)
        except (ValueError, KeyError, TypeError):
            continue
    return found


def _keep(work: Path | None, name: str, result: Result) -> None:
    if work is None:
        return
    try:
        work.mkdir(parents=True, exist_ok=True)
        with (work / RESULTS).open("a", encoding="utf-8") as stream:
            stream.write(json.dumps({"job": name, **asdict(result)}, ensure_ascii=False) + "\n")
    except OSError as error:
        raise StorageError(f"{work}: cannot be written: {error.strerror}") from None
