"""One turn of a conversation whose microphone is elsewhere: what was said, and what is replied."""

from dataclasses import dataclass
from typing import Literal

from voice_skill.dialog.effects import Listen
from voice_skill.runtime.typed.check import NOISE, SILENCE
from voice_skill.surfaces.turns.passage import Passage
from voice_skill.surfaces.turns.stretch import Stretch

Kind = Literal["answer", "pieces", "silence"]


@dataclass(frozen=True)
class Said:
    """What somebody said.

    kind: pieces are words, or none, that make no whole answer. ours: our own ears heard it.
    certain, alone: as an `Utterance` has them; of another's ears nothing is certain. known: whether
    it is known that it was said in this conversation, and not in another one that is open.
    """

    text: str
    kind: Kind = "answer"
    ours: bool = False
    confidence: float = 0.0
    certain: bool = False
    alone: bool = True
    known: bool = True

    @classmethod
    def elsewhere(cls, text: str) -> "Said":
        """What another recogniser heard."""
        if text in ("", SILENCE):
            return cls("", "silence")
        return cls("", "pieces") if text == NOISE else cls(text)


@dataclass(frozen=True)
class Reply:
    """What is replied, and what is listened for after it.

    floor: of a check, stretch: of a warm-up. listens: whether an answer is waited for at once.
    over: whether the conversation is.
    """

    passages: tuple[Passage, ...] = ()
    floor: Listen | None = None
    stretch: Stretch | None = None
    listens: bool = False
    over: bool = False

    @property
    def text(self) -> str:
        """All that is said, counts in words."""
        return " ".join(passage.text for passage in self.passages if passage.text)
