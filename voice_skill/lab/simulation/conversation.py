"""Whole conversations by voice without waiting: the sound goes straight to the recogniser.

Each is compared with the same persona in writing, who says the same without the manner: at once, to
the point, and rightly the first time. What comes on top by voice is chat, silence, a slip that is
taken back, an accent, others' talk; none of it is a reason to end lower.
"""

import random
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from voice_skill.dialog.effects import Listen
from voice_skill.dialog.events import NoInput, NoMatch
from voice_skill.dialog.model import CARE_ORDER
from voice_skill.lab.hear import Ear
from voice_skill.lab.job import digest
from voice_skill.lab.manners import ACCENTED, MANNERS, phrased, sounding
from voice_skill.lab.patient import SPEEDS, accents, speak
from voice_skill.lab.simulation.mind import Mind
from voice_skill.listening.judging import judged
from voice_skill.runtime.people.persona import Persona
from voice_skill.runtime.typed.check import NOISE, SILENCE, TURN_LIMIT, persona_reply, run_typed
from voice_skill.visit.conversation import Conversation

MONDAY = 0
"""The day on which all conversations are held, so that "since Friday" always means the same."""


@dataclass(frozen=True)
class Talk:
    """A persona who holds a conversation in some manner, in a voice, from first to last."""

    persona: str
    script: str
    manner: str
    voice: str
    speed: float
    seed: int

    def digest(self, ground: str) -> str:
        """The name of the result; see `Job.digest`."""
        return digest([ground, asdict(self)])


@dataclass(frozen=True)
class Ended:
    """How a conversation ended: `care` by voice, `typed` in writing.

    said: question, answer and what was heard, turn by turn.
    """

    care: str | None
    typed: str | None
    said: tuple[tuple[str, str, str], ...]

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "Ended":
        """As it was kept. Raises KeyError or TypeError for anything else."""
        turns = tuple((field, said, heard) for field, said, heard in row["said"])
        return cls(row["care"], row["typed"], turns)

    @property
    def compared(self) -> str:
        """lower, same or higher than in writing; an end without a level counts as lower."""
        if self.care == self.typed:
            return "same"
        spoken, written = _rank(self.care), _rank(self.typed)
        return "lower" if spoken < written else "higher"

    @property
    def reassured(self) -> bool:
        """Whether it ended lower, and without the advice to be seen today."""
        return self.compared == "lower" and _rank(self.care) < _rank("URGENT")


def _rank(care: str | None) -> int:
    order: tuple[str | None, ...] = (None, *CARE_ORDER)
    return order.index(care)


def talks(folder: Path, names: Iterable[str], voices: tuple[str, ...], seed: int) -> list[Talk]:
    """Every persona in every manner, each in a voice of its own."""
    found = []
    for name in names:
        script = str(folder / "personas" / f"{name}.yaml")
        for manner in MANNERS:
            rng = random.Random(f"{seed} {name} {manner}")
            voice = rng.choice(accents() if manner == ACCENTED else voices)
            found.append(Talk(name, script, manner, voice, rng.choice(SPEEDS), seed))
    return found


def hold(ear: Ear, talk: Talk) -> Ended:
    """Hold a conversation by voice, and once more in writing to compare."""
    persona, written = (Persona.from_file(Path(talk.script)) for _ in range(2))
    typed = Conversation(ear.dialog, ear.understander, today_weekday=MONDAY)
    run_typed(typed, typed.begin(), persona_reply(written, None), None)
    spoken = Conversation(ear.dialog, ear.understander, today_weekday=MONDAY)
    mind = Mind(persona, talk.manner, f"{talk.seed} {talk.persona}")
    said: list[tuple[str, str, str]] = []
    spoken.begin()
    for turn in range(TURN_LIMIT):
        if spoken.finished or spoken.floor is None:
            break
        said.append(_answer(ear, talk, spoken, spoken.floor, mind.says(spoken), turn))
    return Ended(_care(spoken), _care(typed), tuple(said))


def _care(conversation: Conversation) -> str | None:
    finished = conversation.state.finished
    return finished.care if finished else None


def _answer(
    ear: Ear, talk: Talk, conversation: Conversation, floor: Listen, wanted: str, turn: int
) -> tuple[str, str, str]:
    """One turn: what was asked, said and heard."""
    if wanted.strip() in ("", SILENCE, NOISE):
        conversation.take(NoMatch() if wanted.strip() == NOISE else NoInput())
        return floor.field, wanted, ""
    rng = random.Random(f"{talk.seed} {talk.persona} {talk.manner} {turn}")
    said = phrased(wanted, talk.manner, rng)
    pcm = sounding(speak(said, talk.voice, talk.speed), MANNERS[talk.manner].condition, rng)
    grammar = ear.grammar(floor.field, floor.previous)
    heard = ear.utterance(grammar, pcm)
    event = judged(conversation, ear.ears, grammar, heard, ear.second_ear)
    conversation.take(event)
    return floor.field, said, "" if isinstance(event, NoInput) else event.said
