"""All that a simulation found, as one JSON object and as lines for people."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from voice_skill.dialog.dialog import Dialog
from voice_skill.lab.meaning import reassuring
from voice_skill.lab.patient import trained_on
from voice_skill.lab.simulation.bound import upper_bound
from voice_skill.lab.simulation.conversation import Ended, Talk
from voice_skill.lab.simulation.emergencies import outcome
from voice_skill.lab.simulation.matrix import Matrix, Pair, refused, right, shares


@dataclass(frozen=True)
class Simulation:
    """Everything that was said, with what became of it. words: all that the model knows."""

    dialog: Dialog
    seed: int
    pairs: Sequence[Pair]
    talks: Sequence[tuple[Talk, Ended]]
    words: frozenset[str]

    @property
    def matrix(self) -> Matrix:
        """The answers."""
        return Matrix(self.dialog, self._of("answer"))

    @property
    def strangers(self) -> list[Pair]:
        """Others' talk."""
        return self._of("stranger")

    @property
    def accepted(self) -> list[Pair]:
        """Others' talk that was taken for a reassuring answer, for certain."""
        return [(j, h) for j, h in self.strangers
                if h.certain and h.label == reassuring(self.dialog, j.field)]  # fmt: skip

    def emergencies(self, *kinds: str) -> list[Pair]:
        """The emergencies that ended as one of these; all if none is named."""
        return [(job, heard) for job, heard in self._of("emergency")
                if not kinds or outcome(self.dialog, job, heard) in kinds]  # fmt: skip

    @property
    def lower(self) -> list[tuple[Talk, Ended]]:
        """Conversations that ended lower by voice than in writing: must be none."""
        return [(talk, ended) for talk, ended in self.talks if ended.compared == "lower"]

    @property
    def passed(self) -> bool:
        """Whether nobody was reassured who should not be."""
        return not (self.matrix.yes_as_no or self.emergencies("missed") or self.lower)

    def _of(self, kind: str) -> list[Pair]:
        return [pair for pair in self.pairs if pair[0].kind == kind]

    def as_json(self) -> dict[str, Any]:
        """The whole result."""
        matrix, emergencies = self.matrix, self.emergencies()
        missed, eased = self.emergencies("missed"), matrix.yes_as_no
        ways = Counter(outcome(self.dialog, job, heard) for job, heard in emergencies)
        return {
            "spoken": len(matrix.pairs),
            "right": matrix.right,
            "yes_as_no": len(eased),
            "emergencies": len(emergencies),
            "missed": len(missed),
            "upper_bound_95": round(upper_bound(len(missed), len(emergencies)), 6),
            "worst_pairs": matrix.worst_pairs(),
            "to_confirm": sum(right(pair) and not pair[1].certain for pair in matrix.pairs),
            "doubt_as_no": len(matrix.doubt_as_no),
            "emergency_outcomes": dict(sorted(ways.items())),
            "refused_word_for_word": {
                "answers": sum(map(refused, matrix.pairs)),
                "emergencies": sum(map(refused, emergencies)),
            },
            "strangers": len(self.strangers),
            "strangers_accepted": len(self.accepted),
            "personas": self._personas(),
            "unsafe": [_row(pair) for pair in (*eased, *missed, *matrix.doubt_as_no)],
            "lost": [_row(pair) for pair in self.emergencies("otherwise")],
            "fields": matrix.fields(),
            "voices": shares((job.voice, (job, heard)) for job, heard in matrix.pairs),
            "conditions": shares((job.condition, (job, heard)) for job, heard in matrix.pairs),
            "trained_on": shares(
                ("yes" if trained_on(job.voice) else "no", (job, heard))
                for job, heard in matrix.pairs
            ),
            "advice": matrix.advice(self.words),
            "seed": self.seed,
        }

    def _personas(self) -> dict[str, Any]:
        counts = Counter(ended.compared for _, ended in self.talks)
        rows = [
            {"persona": talk.persona, "manner": talk.manner, "voice": talk.voice,
             "care": ended.care, "typed": ended.typed, "compared": ended.compared}
            for talk, ended in self.talks
        ]  # fmt: skip
        reassured = sum(ended.reassured for _, ended in self.talks)
        ways = {way: counts[way] for way in ("lower", "same", "higher")}
        return {**ways, "reassured": reassured, "talks": rows}


def _row(pair: Pair) -> dict[str, Any]:
    job, heard = pair
    return {
        "kind": job.kind, "field": job.field, "said": job.said, "origin": job.origin,
        "voice": job.voice, "speed": job.speed, "condition": job.condition, "meant": job.meant,
        "heard": heard.label, "text": heard.text, "confidence": heard.confidence,
    }  # fmt: skip


def lines(data: dict[str, Any]) -> Iterator[str]:
    """The result for people."""
    if data["spoken"]:
        yield (f"{data['right']} of {data['spoken']} answers understood as if typed, "
               f"{data['to_confirm']} of these to be confirmed")  # fmt: skip
        yield f"yes heard as no: {data['yes_as_no']}; doubt heard as no: {data['doubt_as_no']}"
    if data["strangers"]:
        taken = f"{data['strangers_accepted']} of {data['strangers']}"
        yield f"strangers taken for a reassuring answer: {taken}"
    if data["emergencies"]:
        ways = ", ".join(f"{way.replace('_', ' ')} {n}" for way, n in
                         data["emergency_outcomes"].items())  # fmt: skip
        yield f"emergencies missed: {data['missed']} of {data['emergencies']} ({ways})"
        yield f"the rate of missing one is below {data['upper_bound_95']:.2%} (95 %)"
    told = data["personas"]
    if told["talks"]:
        ways = ", ".join(f"{told[way]} {way}" for way in ("lower", "same", "higher"))
        yield f"conversations against writing: {ways}; falsely reassured: {told['reassured']}"
    for row in data["unsafe"]:
        yield (f"{row['field']}: '{row['said']}' heard as {row['heard']} ('{row['text']}'), "
               f"{row['voice']}, {row['condition']}")  # fmt: skip
    for row in data["worst_pairs"]:
        yield (f"{row['count']} x {row['field']}: {row['said']} as {row['heard']}, "
               f"such as '{row['example'][0]}' as '{row['example'][1]}'")  # fmt: skip
    for reason, count in Counter(row["why"] for row in data["advice"]).most_common():
        example = next(row for row in data["advice"] if row["why"] == reason)
        yield f"{count} phrases, such as {example['field']} '{example['phrase']}': {reason}"
