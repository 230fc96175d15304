"""Chooses what paths cost in the graph, on the development people and on voices kept out.

`python -m models.recipe.calibrate --base MODEL ...` hears the development people's recordings and
the dialog's answers by synthetic voices that were not in training, with one setting after another,
and prints each. The network stays as it is; the test people are never touched.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from models.recipe.kept_out import Spoken, add_options, kept_out
from models.recipe.phrases import Texts
from models.recipe.settings import read_settings
from voice_skill.audio.sound import read_pcm
from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import VoiceSkillError
from voice_skill.lab.bench.systems import Vosk
from voice_skill.lab.bench.tasks import STRANGERS, Task, read_tasks
from voice_skill.lab.hear import Ear
from voice_skill.lab.simulation.matrix import Matrix, right
from voice_skill.models.check import write_manifest
from voice_skill.models.graph import Bigram, Costs
from voice_skill.models.pronunciation import Pronunciation, read_dictionary
from voice_skill.models.words import BIGRAM, LEXICON, write_graph

SEED = 7
EASED_WEIGHT = 0.01
"""A graver answer taken for the reassuring one weighs as much as one answer of a hundred lost."""
STEPS: dict[str, tuple[float, ...]] = {
    "garbage": (1.0, 2.5, 4.0, 5.5),
    "word": (-1.0, 0.0, 1.0, 2.0),
    "share": (0.0, 0.25, 0.5),
    "bonus": (-0.2, 0.0, 0.3),
}
"""Tried one after the other, each with the best of the others so far."""


@dataclass(frozen=True)
class Trial:
    """What a setting came to, as shares. strangers: taken for an answer. eased: a count."""

    costs: Costs
    words: float
    answers: float
    spoken: float
    strangers: float
    eased: int

    @property
    def loss(self) -> float:
        """What is wrong, in shares, and what is dangerous."""
        wrong = 3 - self.words - self.answers - self.spoken
        return wrong / 3 + self.strangers + EASED_WEIGHT * self.eased


@dataclass(frozen=True)
class Ground:
    """What every trial rests on."""

    base: Path
    dialog: Path
    tasks: tuple[Task, ...]
    spoken: tuple[Spoken, ...]


def try_costs(ground: Ground, costs: Costs) -> Trial:
    """Build the graph and listen to everything."""
    with tempfile.TemporaryDirectory() as name:
        model = Path(name) / "model"
        _build(ground, costs, model)
        shares = {task.name: _heard(Vosk(model), task) for task in ground.tasks}
        ear = Ear.from_folders(ground.dialog, model)
        pairs = [(item.job, ear.understood(item.job.field, item.pcm)) for item in ground.spoken]
        matrix = Matrix(ear.dialog, pairs)
    spoken = sum(right(pair) for pair in pairs) / max(len(pairs), 1)
    words, answers, refused = (shares[task.name] for task in ground.tasks)
    return Trial(costs, words, answers, spoken, 1 - refused, len(matrix.yes_as_no))


def _build(ground: Ground, costs: Costs, model: Path) -> None:
    """A copy of the base with a graph of the words that are needed here."""
    shutil.copytree(ground.base / "am", model / "am")
    shutil.copytree(ground.base / "conf", model / "conf")
    lexicon = read_dictionary(ground.base / LEXICON)
    needed = {word for task in ground.tasks for phrase in task.phrases for word in phrase.split()}
    needed |= Texts.from_folder(ground.dialog).vocabulary
    kept: dict[str, tuple[Pronunciation, ...]] = {w: lexicon[w] for w in needed if w in lexicon}
    bigram = Bigram(np.loadtxt(ground.base / BIGRAM))
    write_graph(model, kept, dict.fromkeys(kept, 8.0), bigram, costs)
    write_manifest(model)


def _heard(system: Vosk, task: Task) -> float:
    """The share that is right; of strangers, the share that is refused."""
    hear = system.listener(task.phrases, task.unknown)
    fine = 0
    for sample in task.samples:
        text = hear(read_pcm(sample.path))
        fine += text not in task.phrases if task.name == STRANGERS else text == sample.text
    return fine / max(len(task.samples), 1)


def search(ground: Ground, start: Costs) -> Iterator[Trial]:
    """Every trial, and last the best once more: one coordinate after the other."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        best = pool.submit(try_costs, ground, start).result()
        yield best
        tried = {best.costs}
        for name, values in STEPS.items():
            wanted = [replace(best.costs, **{name: value}) for value in values]
            wanted = [costs for costs in wanted if costs not in tried]
            tried |= set(wanted)
            for trial in pool.map(try_costs, [ground] * len(wanted), wanted):
                yield trial
                best = min(best, trial, key=lambda item: item.loss)
        yield best


def main() -> int:
    """Search and print; the last line holds the best costs, for recipe.yaml."""
    here = Path(__file__).parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="a model folder of the recipe")
    parser.add_argument("--speech", type=Path, required=True, metavar="MANIFEST")
    parser.add_argument("--speakers", type=Path, default=here.parent / "speakers.tsv")
    add_options(parser, limit=300)
    options = parser.parse_args()
    try:
        tasks = read_tasks(options.speech, options.speakers, "development", options.limit, SEED)
        dialog = Dialog.from_folder(options.dialogs)
        spoken = kept_out(dialog, options.kokoro, options.limit, SEED, options.work)
        ground = Ground(options.base, options.dialogs, tuple(tasks), tuple(spoken))
        for trial in search(ground, read_settings(here / "recipe.yaml").graph):
            line = {**asdict(trial), "loss": round(trial.loss, 4)}
            print(json.dumps(line), flush=True)
    except VoiceSkillError as error:
        print(f"calibrate: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
