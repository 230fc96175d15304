"""People's yes and no, and strangers' talk, as answers to the safety questions of the dialog.

Each is heard as in a session: the question's whole grammar, endpointing, whole-phrase test and
understanding. A yes is heard in every safety question, the others in one each.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from voice_skill.audio.sound import RATE_HZ, read_pcm
from voice_skill.dialog.fields import AnyField, YesNoField
from voice_skill.lab.bench.tasks import Sample
from voice_skill.lab.conditions import conditions, from_pcm, to_pcm
from voice_skill.lab.hear import Ear
from voice_skill.lab.meaning import red_flags

_BEFORE, _AFTER = bytes(RATE_HZ // 10 * 3 * 2), bytes(RATE_HZ * 8 // 5 * 2)
STRANGER = ""
TO_CONFIRM = "?"


@dataclass(frozen=True)
class RedFlag:
    """What became of one kind of talk (`yes`, `no`, or a stranger's) in one condition.

    as_yes, as_no: taken for that answer at once. yes_to_confirm, no_to_confirm: what the session
    would read back first ("I heard yes. Is that what you said?"). All else is asked again.
    """

    system: str
    said: str
    condition: str
    spoken: int
    as_yes: int
    yes_to_confirm: int
    as_no: int
    no_to_confirm: int


def measure_red_flags(
    name: str, model: Path, dialog: Path, samples: list[Sample], noises: Path | None, seed: int
) -> list[RedFlag]:
    """samples: recordings of yes, of no, and of strangers (with an empty text)."""
    ear = Ear.from_folders(dialog, model)
    fields = [name for name in red_flags(ear.dialog) if _plain(ear.dialog.fields[name])]
    rows = []
    for condition, alter in conditions(noises).items():
        for said in ("yes", "no", STRANGER):
            mine = [sample for sample in samples if sample.text == said]
            found: Counter[str] = Counter()
            for sample in tqdm(mine, desc=f"{name}, {said or 'talk'}, {condition}", leave=False):
                rng = random.Random(f"{seed} {sample.path.name}")
                pcm = to_pcm(alter(from_pcm(read_pcm(sample.path)), rng))
                found.update(_heard(ear, fields, said, pcm, rng))
            taken = [found[label + sure] for label in ("yes", "no") for sure in ("", TO_CONFIRM)]
            rows.append(RedFlag(name, said or "talk", condition, found.total(), *taken))
    return rows


def _heard(ear: Ear, fields: list[str], said: str, pcm: bytes, rng: random.Random) -> Iterator[str]:
    """A yes in every question, all else in one."""
    for field in fields if said == "yes" else [rng.choice(fields)]:
        heard = ear.understood(field, _BEFORE + pcm + _AFTER)
        yield heard.label if heard.certain else heard.label + TO_CONFIRM


def _plain(field: AnyField) -> bool:
    """Whether a question is answered by yes or no, and a no is what reassures."""
    return isinstance(field, YesNoField) and field.settles is None
