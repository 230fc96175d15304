"""What the session would hear: its grammar, its endpointer, its understander, fresh each time."""

import ctypes
import sys
from dataclasses import dataclass, field
from pathlib import Path

from voice_skill.audio.sound import BLOCK_BYTES
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Listen
from voice_skill.dialog.events import Answered, NoInput, NoMatch
from voice_skill.hearing.endpointer import Patience
from voice_skill.hearing.listener import Utterance, blocks_of, listen
from voice_skill.hearing.open_vosk import OpenVosk
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.hearing.second_ear import SecondEar
from voice_skill.lab.job import Job
from voice_skill.lab.manners import sounding
from voice_skill.lab.meaning import ASKED_AGAIN, DANGER, label
from voice_skill.lab.patient import speak
from voice_skill.listening.answer_grammar import Ears, Grammar
from voice_skill.listening.judging import judged
from voice_skill.understanding.understander import Understander
from voice_skill.visit.conversation import Conversation

_LIBC = ctypes.cdll.msvcrt if sys.platform == "win32" else ctypes.CDLL(None)
NOISE_SEED = 1
"""Vosk adds a little noise of the C library's to all it hears, unless the model forbids it: drawn
alike for each utterance, so that no result hangs on what was heard before."""
CLEARING = "no"
"""Listened for between two answers: a change of grammar makes Vosk forget what it heard before."""


@dataclass(frozen=True)
class Heard:
    """What became of a job. label: in one word. certain: whether it counts without confirming."""

    label: str
    text: str
    confidence: float
    certain: bool


@dataclass
class Ear:
    """One recogniser with the grammars of a dialog."""

    dialog: Dialog
    recogniser: Recogniser
    understander: Understander
    ears: Ears
    second_ear: SecondEar | None = None
    _grammars: dict[tuple[str, str | None], Grammar] = field(default_factory=dict)

    @classmethod
    def from_folders(cls, dialog: Path, model: Path) -> "Ear":
        """Read dialog and model. Raises DialogError or ModelError."""
        content, recogniser = Content.load(dialog), Recogniser(model)
        read, understander = content.dialog, content.understander
        ears = Ears.from_dialog(read, recogniser.words, understander)
        return cls(read, recogniser, understander, ears, OpenVosk(recogniser))

    def grammar(self, name: str, previous: str | None = None) -> Grammar:
        """What is listened for in a question."""
        key = (name, previous)
        if key not in self._grammars:
            self._grammars[key] = self.ears.grammar(name, previous)
        return self._grammars[key]

    def utterance(self, grammar: Grammar, pcm: bytes) -> Utterance:
        """Listen as the session does; the end of the sound is the end of its patience."""
        _LIBC.srand(NOISE_SEED)
        self.recogniser.listen_for([CLEARING])
        self.recogniser.listen_for(grammar.texts)
        blocks = blocks_of(pcm, BLOCK_BYTES)
        return listen(self.recogniser, blocks, grammar.completeness, Patience())

    def hear(self, job: Job) -> Heard:
        """Say a job and listen to it."""
        return self.understood(job.field, sound_of(job))

    def understood(self, name: str, pcm: bytes) -> Heard:
        """What a sound is taken for, as an answer to a question."""
        event = self.event(name, pcm)
        if isinstance(event, NoInput):
            return Heard(ASKED_AGAIN, "", 0.0, False)
        if isinstance(event, Answered):
            meant = label(event.interpretation, name)
            return Heard(meant, event.said, round(event.confidence, 3), event.certain)
        return Heard(_asked_about(event), event.said, 0.0, False)

    def event(self, name: str, pcm: bytes) -> Answered | NoMatch | NoInput:
        """What a sound would do to a session in which this question is open."""
        grammar = self.grammar(name)
        conversation = Conversation(self.dialog, self.understander, floor=Listen(name))
        found = self.utterance(grammar, pcm)
        return judged(conversation, self.ears, grammar, found, self.second_ear)


def _asked_about(event: NoMatch) -> str:
    """What pieces have asked about by name: a danger, or the gravest answer."""
    if event.mentioned is not None:
        return f"{DANGER} {event.mentioned}"
    return ASKED_AGAIN if event.alarm is None else str(event.alarm)


def sound_of(job: Job) -> bytes:
    """A job as the microphone hears it: always the same."""
    return sounding(speak(job.said, job.voice, job.speed), job.condition, job.rng)
