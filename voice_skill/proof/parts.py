"""The parts of a check. Each rests on the dialog alone, so they can be done in any place."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.safety import Safety
from voice_skill.errors import ClusterError
from voice_skill.proof import (
    alike,
    between,
    care,
    coach_search,
    doubt,
    ends,
    ladder_search,
    limits,
    meaning,
    mid_drill,
    order,
    sentences,
    structure,
    turns,
    use,
    vocabulary,
    wording,
)
from voice_skill.proof.coach_text import CoachText
from voice_skill.proof.finding import Finding
from voice_skill.proof.moments import moments
from voice_skill.proof.table import Table
from voice_skill.proof.talk import Talker
from voice_skill.proof.witness import Witnesses

Part = Callable[[Table, Talker], Iterable[Finding]]


def care_findings(here: Table, talker: Talker) -> Iterator[Finding]:
    """What answers come to."""
    proofs: tuple[Callable[[Table], Iterable[Finding]], ...] = (
        care.no_disposition,
        care.floors,
        care.asked,
        care.asked_only,
        care.warm_ups,
        care.offers,
        order.ordered,
        ends.wording,
        limits.held,
    )
    for proof in proofs:
        yield from proof(here)


def turn_findings(here: Table, talker: Talker) -> Iterator[Finding]:
    """What each turn does."""
    yield from turns.emergency(here)
    reached = moments(here)
    yield from turns.unreached(here, reached)
    yield from doubt.never_safe(here, reached)
    yield from turns.danger(here, reached)
    yield from doubt.commanded(here, reached)


def word_findings(here: Table, talker: Talker) -> Iterator[Finding]:
    """What words mean."""
    for words in (
        meaning.must_mean,
        meaning.doubts,
        meaning.said_anywhere,
        meaning.templates,
        meaning.misheard,
        sentences.denials,
        sentences.traps,
        sentences.signs,
        sentences.beside,
        sentences.figures,
        sentences.alone,
    ):
        yield from words(here, talker.understander)


def use_findings(here: Table, talker: Talker) -> Iterator[Finding]:
    """Whether everything is of use."""
    yield from use.rules(here, Witnesses(here, here.domains))
    yield from use.questions(here, Witnesses(here, here.dialog.domains))
    yield from structure.questions(here)


def language_findings(here: Table, talker: Talker) -> Iterator[Finding]:
    """How words sound, whether they can be heard, and how questions are put."""
    yield from meaning.shared(here, talker.understander)
    yield from alike.plain_answers(here, talker.understander)
    yield from alike.numbers(here)
    yield from vocabulary.answers(here)
    yield from wording.prompts(here, talker.understander)
    yield from between.messages(here, talker.understander)
    if here.coach:
        yield from alike.coach_phrases(here.coach)
        yield from wording.coach_lines(here.coach)
        yield from mid_drill.sentences(here.coach, here.safety)


def coach_findings(here: Table, talker: Talker) -> Iterator[Finding]:
    """What a warm-up and the way back do, whatever happens in them."""
    yield from coach_search.searched(here)
    yield from ladder_search.searched(here)


SAFETY: tuple[Part, ...] = (care_findings, turn_findings, word_findings)
"""The properties on which safety hangs."""
PARTS: tuple[Part, ...] = (*SAFETY, use_findings, language_findings, coach_findings)


def safety_findings(dialog: Dialog, safety: Safety, talker: Talker) -> Iterator[Finding]:
    """What the parts of SAFETY find."""
    here = Table(dialog, safety)
    for part in SAFETY:
        yield from part(here, talker)


def mark_of(folder: Path) -> str:
    """The content of a dialog folder, in short."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def part_there(folder: Path, mark: str, place: int) -> list[Finding]:
    """One part of the check of a folder, on whatever machine. Raises ClusterError if it differs."""
    return list(PARTS[place](*opened(folder, mark)))


@lru_cache(maxsize=1)
def opened(folder: Path, mark: str) -> tuple[Table, Talker]:
    """A dialog folder, read once. Raises ClusterError if it is not the one of this mark."""
    if mark_of(folder) != mark:
        raise ClusterError(f"{folder}: a worker has another dialog there")
    content = Content.from_folder(folder)
    here = Table(content.dialog, content.safety, CoachText.of(content))
    return here, Talker(content.dialog, content.understander)
