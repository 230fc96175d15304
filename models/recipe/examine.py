"""How a model hears the dialog's answers by voices that the recipe keeps out of training.

`python -m models.recipe.examine --models MODEL...`: a table by question, by voice and by condition,
and every graver answer that was taken for the reassuring one. Kokoro's voices are near to people;
flite's and espeak-ng's are hard to understand for any recogniser.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from models.recipe.kept_out import Spoken, kept_out
from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import VoiceSkillError
from voice_skill.simulating.hear import Ear
from voice_skill.simulating.matrix import Matrix, Pair, shares

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


def main() -> int:
    """Examine one model after the other on the same sounds."""
    here = Path(__file__).parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, nargs="+", required=True, metavar="MODEL")
    parser.add_argument("--work", type=Path, required=True, help="where clips are kept")
    parser.add_argument("--kokoro", type=Path, metavar="DIR", help="style vectors of Kokoro")
    parser.add_argument("--dialogs", type=Path, default=here.parents[1] / "dialogs" / "en")
    parser.add_argument("--limit", type=int, default=600, help="answers at most")
    options = parser.parse_args()
    try:
        dialog = Dialog.from_folder(options.dialogs)
        spoken = kept_out(dialog, options.kokoro, options.limit, SEED, options.work)
        for model in options.models:
            print("\n".join(examine(model, options.dialogs, spoken)), flush=True)
    except VoiceSkillError as error:
        print(f"examine: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
