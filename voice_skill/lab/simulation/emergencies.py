"""Spoken emergencies: the answers and phrases that must never end in reassurance."""

import random
from collections.abc import Sequence

from voice_skill.dialog.dialog import Dialog
from voice_skill.lab.hear import Heard
from voice_skill.lab.job import Job, answerable
from voice_skill.lab.manners import CONDITIONS, HESITATIONS, STRANGERS
from voice_skill.lab.meaning import (
    ASKED_AGAIN,
    DANGER,
    DOUBT,
    graver,
    reassuring,
    red_flags,
    typed,
)
from voice_skill.lab.patient import SPEEDS
from voice_skill.understanding.grammar import grammar_phrases
from voice_skill.understanding.language import Language
from voice_skill.understanding.templates import expand
from voice_skill.understanding.understander import Understander

HESITANT_SHARE = 0.3


def emergency_jobs(dialog: Dialog, count: int, voices: Sequence[str], seed: int) -> list[Job]:
    """So many emergencies: half are answers to red flags, half danger phrases in any question."""
    understander = Understander.from_dialog(dialog)
    rng = random.Random(f"{seed} emergencies")
    flags = {name: answers for name in red_flags(dialog) if (answers := _grave(dialog, name))}
    dangers = [[(p, f"danger.{d.field}") for t in d.phrases for p in expand(t)]
               for d in dialog.phrases.danger]  # fmt: skip
    asked = answerable(dialog)
    found: list[Job] = []
    for number in range(count):
        if number % 2 == 0:
            field = rng.choice(list(flags))
            said, origin = rng.choice(rng.choice(flags[field]))
        else:
            field = rng.choice(asked)
            said, origin = rng.choice(rng.choice(dangers))
        hesitant = rng.random() < HESITANT_SHARE
        text = rng.choice(HESITATIONS).format(said) if hesitant else said
        voice, speed, place = (rng.choice(options) for options in (voices, SPEEDS, CONDITIONS))
        meant = typed(understander, field, text)
        found.append(Job("emergency", field, text, origin, meant, str(voice), float(str(speed)),
                         str(place), seed + number))  # fmt: skip
    return sorted(found, key=lambda job: (job.field, job.seed))


def stranger_jobs(dialog: Dialog, voices: Sequence[str], seed: int) -> list[Job]:
    """Others' talk while a red flag is asked about."""
    rng = random.Random(f"{seed} strangers")
    flags = red_flags(dialog)
    return [
        Job(
            "stranger",
            rng.choice(flags),
            said,
            "stranger",
            ASKED_AGAIN,
            rng.choice(voices),
            rng.choice(SPEEDS),
            rng.choice(CONDITIONS),
            seed,
        )
        for said in STRANGERS
        for _ in range(3)
    ]


def _grave(dialog: Dialog, field: str) -> list[list[tuple[str, str]]]:
    """What must not be lost, by the template group it is from."""
    wanted = {f"{field}.{value}" for value in graver(dialog, field)}
    wanted |= {f"shared.{value}" for value in graver(dialog, field) & {"yes"}}
    groups: dict[str, list[tuple[str, str]]] = {}
    for phrase in grammar_phrases(dialog.phrases, dialog.fields, Language.of(dialog.words), field):
        if phrase.origin in wanted:
            groups.setdefault(phrase.origin, []).append((phrase.text, phrase.origin))
    return list(groups.values())


def outcome(dialog: Dialog, job: Job, heard: Heard) -> str:
    """caught, asked again, missed, or otherwise: taken for something else, such as a command."""
    if heard.label in (ASKED_AGAIN, DOUBT):
        return "asked_again"
    if heard.label.startswith(DANGER) or _raised(dialog, job, heard):
        return "caught"
    if heard.label == reassuring(dialog, job.field):
        return "missed" if heard.certain else "asked_again"
    return "otherwise"


def _raised(dialog: Dialog, job: Job, heard: Heard) -> bool:
    return heard.label == job.meant or (
        job.field in red_flags(dialog) and heard.label in graver(dialog, job.field)
    )
