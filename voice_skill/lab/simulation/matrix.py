"""What was said against what was understood: counts, the worst pairs, and what to do about it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from voice_skill.dialog.dialog import Dialog
from voice_skill.lab.hear import Heard
from voice_skill.lab.job import Job
from voice_skill.lab.meaning import ASKED_AGAIN, DANGER, DOUBT, graver, reassuring
from voice_skill.understanding.grammar import MAX_WORDS

WORST = 12
TO_CONFIRM = "?"
"""Marks an answer that the session would have confirmed before it counts."""
Pair = tuple[Job, Heard]


@dataclass(frozen=True)
class Matrix:
    """All answers with what became of them."""

    dialog: Dialog
    pairs: Sequence[Pair]

    @property
    def right(self) -> int:
        """How many were understood as if they had been typed."""
        return sum(right(pair) for pair in self.pairs)

    @property
    def yes_as_no(self) -> list[Pair]:
        """Graver answers that were taken for the reassuring one, for certain: must be none."""
        return [pair for pair in self.pairs if grave(self.dialog, pair[0]) and self._eased(pair)]

    @property
    def doubt_as_no(self) -> list[Pair]:
        """Doubts that were taken for the reassuring answer, for certain."""
        return [pair for pair in self.pairs if pair[0].meant == DOUBT and self._eased(pair)]

    def _eased(self, pair: Pair) -> bool:
        job, heard = pair
        return heard.certain and heard.label == reassuring(self.dialog, job.field)

    def fields(self) -> dict[str, dict[str, Any]]:
        """For each question how many were right, and its confusion matrix."""
        found: dict[str, dict[str, Any]] = {}
        for pair in self.pairs:
            job, heard = pair
            row = found.setdefault(job.field, {"spoken": 0, "right": 0, "confusion": {}})
            row["spoken"] += 1
            row["right"] += right(pair)
            cells = row["confusion"].setdefault(job.meant, {})
            cells[shown(heard)] = cells.get(shown(heard), 0) + 1
        return found

    def worst_pairs(self) -> list[dict[str, Any]]:
        """What is taken for what: the dangerous first, then other answers, then no answer."""
        unsafe = {id(job) for job, _ in self.yes_as_no}
        groups: dict[tuple[str, str, str], list[Pair]] = {}
        for pair in self.pairs:
            if not right(pair):
                job, heard = pair
                groups.setdefault((job.field, job.meant, shown(heard)), []).append(pair)
        rows: list[dict[str, Any]] = [
            {
                "field": field,
                "said": meant,
                "heard": heard,
                "count": len(group),
                "yes_as_no": any(id(job) in unsafe for job, _ in group),
                "example": [group[0][0].said, group[0][1].text],
            }
            for (field, meant, heard), group in groups.items()
        ]
        rows.sort(key=lambda row: (not row["yes_as_no"], _open(row["heard"]), -row["count"]))
        return rows[:WORST]

    def advice(self, words: frozenset[str]) -> list[dict[str, Any]]:
        """Phrases that no voice got through, and why. words: all that the model knows."""
        groups: dict[tuple[str, str], list[Pair]] = {}
        for pair in self.pairs:
            groups.setdefault((pair[0].field, pair[0].said), []).append(pair)
        return [
            {"field": field, "phrase": said, "voices": len(group), "why": _why(said, group, words)}
            for (field, said), group in groups.items()
            if not any(right(pair) for pair in group)
        ]


def right(pair: Pair) -> bool:
    """Whether the ear understood what the eye would have."""
    job, heard = pair
    return heard.label == job.meant


def refused(pair: Pair) -> bool:
    """Whether it was heard word for word, and still not taken for an answer."""
    job, heard = pair
    return heard.text == job.said and heard.label == ASKED_AGAIN != job.meant


def shown(heard: Heard) -> str:
    """The label, with a mark if the session would confirm it."""
    return heard.label if heard.certain or _open(heard.label) else heard.label + TO_CONFIRM


def grave(dialog: Dialog, job: Job) -> bool:
    """Whether an answer must not be taken for the reassuring one, by its words or its template."""
    answers = graver(dialog, job.field)
    templates = {f"{job.field}.{value}" for value in answers}
    if "yes" in answers:
        templates |= {"shared.yes", "shared.weak_yes", "shared.hedged_yes"}
    return job.meant in answers or job.meant.startswith(DANGER) or job.origin in templates


def shares(pairs: Iterable[tuple[str, Pair]]) -> dict[str, dict[str, int]]:
    """How many were right, by whatever the pairs are grouped."""
    spoken: Counter[str] = Counter()
    fine: Counter[str] = Counter()
    for name, pair in pairs:
        spoken[name] += 1
        fine[name] += right(pair)
    return {name: {"spoken": spoken[name], "right": fine[name]} for name in sorted(spoken)}


def _open(label: str) -> bool:
    return label in (ASKED_AGAIN, DOUBT)


def _why(said: str, group: Sequence[Pair], words: frozenset[str]) -> str:
    unknown = [word for word in said.split() if word not in words]
    if unknown:
        return f"the model does not know '{unknown[0]}': add the word or drop the phrase"
    if len(said.split()) > MAX_WORDS and any(refused(pair) for pair in group):
        return f"heard word for word, and refused: longer than {MAX_WORDS} words"
    others = Counter(heard.label for _, heard in group if not _open(heard.label))
    if others:
        return f"taken for '{others.most_common(1)[0][0]}': reword or drop it"
    return "not understood in any voice: reword or drop it"
