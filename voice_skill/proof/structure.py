"""Structure: questions that cannot be asked again or that nothing reads, and how long it takes."""

import random
import statistics
from collections.abc import Iterator

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Effect, Say
from voice_skill.dialog.events import Started
from voice_skill.dialog.expressions import names
from voice_skill.dialog.fields import FreeField
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.machine import step
from voice_skill.dialog.state import State
from voice_skill.proof.finding import Finding
from voice_skill.proof.moments import answer, floor
from voice_skill.proof.table import Table
from voice_skill.proof.witness import Witnesses

WORDS_A_SECOND = 2.7
"""Speech at the default rate of 165 words a minute."""
SAMPLES = 15


def questions(table: Table) -> Iterator[Finding]:
    """Every safety question has another wording and is read by a rule or a guard."""
    dialog = table.dialog
    read = {n for fields in dialog.readers.values() for n in fields}
    read |= {n for guard in dialog.guards.values() for n in names(guard)}
    for name, field in dialog.fields.items():
        if isinstance(field, FreeField) or field.role not in ("question", "gate"):
            continue
        if not field.reask:
            yield Finding("every_question_can_be_asked_again", "warning",
                          f"'{name}' has no other wording for when it is not understood",
                          "add `reask`", ("field", name))  # fmt: skip
        settles = getattr(field, "settles", None)
        if name not in read and not settles and not _chooses(dialog, name):
            yield Finding("every_answer_matters", "note",
                          f"no rule and no guard reads '{name}'", "", ("field", name))  # fmt: skip


def _chooses(dialog: Dialog, name: str) -> bool:
    """Whether a wording depends on it."""
    texts = [w.when for f in dialog.fields.values() for w in f.ask_when]
    texts += [v.when for d in dialog.dispositions.values() for v in d.variants if v.when]
    return any(name in text for text in texts)


def sessions(table: Table) -> dict[str, float]:
    """Questions and seconds of speech: the longest and the median of clear conversations.

    The longest is the longest that was found, see `_longest`; the median is over people drawn at
    random, seeded.
    """
    rng = random.Random(1)
    everyone = [_random_person(table, rng) for _ in range(SAMPLES)]
    lengths = [_length(table.dialog, said) for said in everyone]
    longest = max([_longest(table), *lengths])
    return {
        "longest_questions": longest[0],
        "longest_seconds_of_speech": round(longest[1], 1),
        "median_questions": statistics.median(n for n, _ in lengths),
        "median_seconds_of_speech": round(statistics.median(s for _, s in lengths), 1),
    }


def _longest(table: Table) -> tuple[int, float]:
    """Someone with symptoms, made to be asked one question more again and again.

    Every alarming answer shortens, so the others are safe. A longer way may exist that is longer
    only by two changes at once.
    """
    said: dict[str, Value] = {next(iter(table.dialog.fields)): "yes"}
    longest = _length(table.dialog, said)
    tried = [said]
    for witness in Witnesses(table, table.dialog.domains).asked.values():
        more = {**said, **(witness.said() or {})}
        if more not in tried:
            tried.append(more)
            length = _length(table.dialog, more)
            if length > longest:
                longest, said = length, more
    return longest


def _random_person(table: Table, rng: random.Random) -> dict[str, Value]:
    """Mostly safe answers: people are mostly well, and what they said was understood."""
    said = {
        name: rng.choice(values) if rng.random() < 0.15 else values[0]
        for name, values in table.domains.items()
    }
    return said | {table.dialog.by_role("readback"): "yes"}


def _length(dialog: Dialog, said: dict[str, Value]) -> tuple[int, float]:
    state, effects = step(dialog, State(), Started())
    asked, words = 0, _words(effects)
    for _ in range(3 * len(dialog.fields)):
        name = floor(effects)
        if state.finished or name is None:
            break
        state, effects = step(dialog, state, answer(dialog, name, said))
        asked, words = asked + 1, words + _words(effects)
    return asked, words / WORDS_A_SECOND


def _words(effects: tuple[Effect, ...]) -> int:
    return sum(len(line.split()) for e in effects if isinstance(e, Say) for line in e.lines)
