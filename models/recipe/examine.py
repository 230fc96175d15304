"""How a model hears the dialog's answers by voices that the recipe keeps out of training.

`python -m models.recipe.examine --models MODEL...`: a table by question, by voice and by condition,
and every graver answer that was taken for the reassuring one; then the coach's commands and calls
of pain in mid-drill. Kokoro's voices are near to people;
flite's and espeak-ng's are hard to understand for any recogniser.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from models.recipe.kept_out import Call, Spoken, add_options, calls, kept_out
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import VoiceSkillError
from voice_skill.lab.coach.mid_drill import PAINS, MidDrill, obeyed, warned
from voice_skill.lab.coach.sound import COMMANDS
from voice_skill.lab.hear import Ear
from voice_skill.lab.simulation.matrix import Matrix, Pair, shares

SEED = 8
"""Not that of the calibration: other answers, other draws of noise."""


def examine(model: Path, dialogs: Path, spoken: list[Spoken]) -> Iterator[str]:
    """Lines of Markdown."""
    ear = Ear.from_folders(dialogs, model)
    bar = tqdm(spoken, desc=model.name, file=sys.stderr)
    pairs: list[Pair] = [(item.job, ear.understood(item.job.field, item.pcm)) for item in bar]
    matrix = Matrix(ear.dialog, pairs)
    clean = [pair for pair in pairs if pair[0].condition == "clean"]
    yield f"| {model.name} | right of spoken |"
    yield "|---|---|"
    yield f"| all | {matrix.right} of {len(pairs)} |"
    for title, found in (
        ("voice", shares((job.voice, (job, heard)) for job, heard in pairs)),
        ("condition", shares((job.condition, (job, heard)) for job, heard in pairs)),
        ("question, clean", shares((job.field, (job, heard)) for job, heard in clean)),
    ):
        for name, count in found.items():
            yield f"| {title}: {name} | {count['right']} of {count['spoken']} |"
    for job, heard in [*matrix.yes_as_no, *matrix.doubt_as_no]:
        yield f"eased: {job.field}: {job.said!r} as {heard.text!r} ({job.voice}, {job.condition})"
    for row in matrix.worst_pairs():
        yield f"{row['count']} x {row['field']}: {row['said']} as {row['heard']}: {row['example']}"


def in_mid_drill(model: Path, dialogs: Path, calls: list[Call]) -> Iterator[str]:
    """Lines of Markdown: which calls to the coach were obeyed."""
    drill = MidDrill.from_model(Content.load(dialogs), model)
    missed: Counter[str] = Counter()
    for call in tqdm(calls, desc=f"{model.name}, in mid-drill", file=sys.stderr):
        found = drill.acted_on(call.samples)
        fine = obeyed(found, COMMANDS[call.text]) if call.text in COMMANDS else warned(found)
        missed[call.text] += not fine
    yield f"| in mid-drill | {len(calls) - missed.total()} of {len(calls)} |"
    yield "missed: " + ", ".join(f"{n} x {text}" for text, n in missed.most_common() if n)


def main() -> int:
    """Examine one model after the other on the same sounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, nargs="+", required=True, metavar="MODEL")
    add_options(parser, limit=600)
    options = parser.parse_args()
    try:
        dialog = Dialog.from_folder(options.dialogs)
        spoken = kept_out(dialog, options.kokoro, options.limit, SEED, options.work)
        called = calls([*COMMANDS, *PAINS], options.kokoro, options.work)
        for model in options.models:
            print("\n".join(examine(model, options.dialogs, spoken)), flush=True)
            print("\n".join(in_mid_drill(model, options.dialogs, called)), flush=True)
    except VoiceSkillError as error:
        print(f"examine: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
