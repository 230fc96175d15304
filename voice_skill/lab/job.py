"""One thing to be said: by whom, where, in answer to what. Seeded, and known by its digest."""

import hashlib
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Literal

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import AnyField, FreeField, NumberField
from voice_skill.lab.manners import CONDITIONS
from voice_skill.lab.meaning import typed
from voice_skill.lab.patient import SPEEDS
from voice_skill.understanding.grammar import ELSEWHERE, HESITATION, GrammarPhrase, grammar_phrases
from voice_skill.understanding.language import Language
from voice_skill.understanding.understander import Understander

TAKES = len(CONDITIONS)
"""How often each phrase is said: once in each condition, each time by another voice."""
NUMBERS = 12
"""At most so many figures of a question that takes a number."""
DIGEST_LETTERS = 20


@dataclass(frozen=True)
class Job:
    """Something said in answer to a question.

    meant: what it means when typed. origin: the template it is from, such as `saddle.yes`.
    speed: of the usual pace.
    """

    kind: Literal["answer", "emergency", "stranger"]
    field: str
    said: str
    origin: str
    meant: str
    voice: str
    speed: float
    condition: str
    seed: int

    def digest(self, ground: str) -> str:
        """The name of the result. ground: whatever else a result rests on, model and dialog."""
        return digest([ground, asdict(self)])

    @property
    def rng(self) -> random.Random:
        """Draws of its own, the same in whatever order jobs are done."""
        return random.Random(self.digest(""))


def digest(data: object) -> str:
    """A short name of plain data."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LETTERS]


def answerable(dialog: Dialog) -> tuple[str, ...]:
    """The questions with answers that can be told right from wrong."""
    return tuple(name for name, item in dialog.fields.items() if not isinstance(item, FreeField))


def answer_jobs(
    dialog: Dialog, fields: Iterable[str], voices: Sequence[str], phrases: int, seed: int
) -> list[Job]:
    """A bounded sample of every kind of answer to each question, said in every condition."""
    understander = Understander.from_dialog(dialog)
    return [
        Job(
            "answer",
            field,
            phrase.text,
            phrase.origin,
            typed(understander, field, phrase.text),
            voice,
            speed,
            condition,
            seed,
        )
        for field in fields
        for phrase in _sample(dialog, field, phrases, seed)
        for voice, speed, condition in _takes(voices, f"{seed} {field} {phrase.text}")
    ]


def _sample(dialog: Dialog, field: str, phrases: int, seed: int) -> list[GrammarPhrase]:
    """Of each template group its first phrase and some more; a question's own words twice."""
    item = dialog.fields[field]
    found = grammar_phrases(dialog.phrases, dialog.fields, Language.of(dialog.words), field)
    others = (*ELSEWHERE, HESITATION)
    mine = sorted((p for p in found if not p.origin.startswith(others)), key=_origin)
    groups = {origin: list(group) for origin, group in groupby(mine, _origin)}
    rng = random.Random(f"{seed} {field}")
    sample: list[GrammarPhrase] = []
    for origin in _origins(item, field, list(groups), rng):
        group = groups[origin]
        size = min(len(group), phrases * 2 if origin.startswith(f"{field}.") else phrases)
        sample += [group[0], *rng.sample(group[1:], size - 1)]
    return sample


def _origin(phrase: GrammarPhrase) -> str:
    return phrase.origin


def _origins(item: AnyField, field: str, origins: list[str], rng: random.Random) -> list[str]:
    if not isinstance(item, NumberField):
        return origins
    figures = [origin for origin in origins if origin.startswith(f"{field}.")]
    kept = set(rng.sample(figures, min(NUMBERS, len(figures))))
    return [origin for origin in origins if origin in kept or origin not in figures]


def _takes(voices: Sequence[str], seed: str) -> list[tuple[str, float, str]]:
    rng = random.Random(seed)
    speakers = rng.sample(voices, min(TAKES, len(voices)))
    return [
        (voice, rng.choice(SPEEDS), condition)
        for voice, condition in zip(speakers, CONDITIONS, strict=False)
    ]
