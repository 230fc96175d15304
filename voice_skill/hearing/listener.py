"""From blocks of sound to one utterance: recogniser and endpointer joined.

Works on any source of blocks: a microphone, a file, a test.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from voice_skill.audio.sound import BLOCK_SECONDS, level_dbfs
from voice_skill.hearing.endpointer import Completeness, Decision, Endpointer, Patience
from voice_skill.hearing.recogniser import Hypothesis, Recogniser
from voice_skill.hearing.surroundings import Surroundings
from voice_skill.models.vocabulary import UNKNOWN

LEAD_BLOCKS = 10
"""Blocks of sound from before anything stood out that are kept with an utterance: half a second."""
LOUD_ABOVE_FLOOR_DB = 9.0
CLEAR_ABOVE_FLOOR_DB = 18.0
"""Words so far above the room leave a softer "but..." above it, too."""
QUIETEST_DBFS = -60.0
CERTAIN_CONFIDENCE = 0.6
"""Below this mean word confidence a safety answer is confirmed. Of 41 noes of development people
heard rightly by the starter model nine in ten lay above 0.65 ("know" takes a share of each); see
docs/measurements.md."""


@dataclass(frozen=True)
class Utterance:
    """What one turn of listening gave.

    kind: heard (words of the grammar), noise (sound that is no answer), noinput.
    ended_seconds: when the last word ended, from the start of listening. alone: whether no other
    sound was as loud as the words, before, after or at the end of them. sound: what was said, for a
    second look; in memory alone, and in no record of it.
    """

    kind: Literal["heard", "noise", "noinput"]
    hypothesis: Hypothesis
    ended_seconds: float = 0.0
    alone: bool = True
    sound: bytes = field(default=b"", repr=False, compare=False)

    @property
    def certain(self) -> bool:
        """Whether the evidence is good enough for a safety answer without asking again."""
        return self.hypothesis.confidence >= CERTAIN_CONFIDENCE and not self.hypothesis.unknown


@dataclass
class Floor:
    """The level of the room, followed downwards at once and upwards slowly."""

    dbfs: float = -50.0

    def loud(self, level: float) -> bool:
        """Whether a block stands out, after taking it into account."""
        rate = 0.3 if level < self.dbfs else 0.01
        self.dbfs = max(QUIETEST_DBFS, self.dbfs + rate * (level - self.dbfs))
        return level > self.dbfs + LOUD_ABOVE_FLOOR_DB


@dataclass
class Listening:
    """One utterance while it is heard: a block in, a decision out."""

    recogniser: Recogniser
    completeness: Callable[[str], Completeness]
    patience: Patience = field(default_factory=Patience)
    room: Floor = field(default_factory=Floor)
    text: str = ""
    at_seconds: float = 0.0
    _around: Surroundings = field(default_factory=Surroundings)
    _parts: list[Hypothesis] = field(default_factory=list)
    _decision: Decision = "wait"
    _before: deque[bytes] = field(default_factory=lambda: deque(maxlen=LEAD_BLOCKS))
    _sound: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._endpointer = Endpointer(self.patience)

    def hear(self, block: bytes) -> Decision:
        """Whether somebody has done, after this block."""
        self.at_seconds += BLOCK_SECONDS
        level = level_dbfs(block)
        loud = self.room.loud(level)
        self._keep(block, loud)
        self._around.hear(level, loud)
        ended = self.recogniser.accept(block)
        if ended is not None and (ended.text or ended.unknown):
            self._parts.append(ended)
        self.text = _joined(self._parts, self.recogniser.partial())
        complete = self.completeness(self.text)
        self._decision = self._endpointer.hear(self.text, complete, loud, self.at_seconds)
        return self._decision

    def _keep(self, block: bytes, loud: bool) -> None:
        """Keep the sound from a little before anything stood out on."""
        (self._sound or self._before).append(block)
        if loud and not self._sound:
            self._sound = list(self._before)

    @property
    def pausing(self) -> bool:
        """Whether somebody may have done, so that a reply may begin."""
        return self._endpointer.pausing

    @property
    def stands_out(self) -> bool:
        """Whether the words are so much louder than the room that more of them would be, too."""
        return self._around.loudest_dbfs > self.room.dbfs + CLEAR_ABOVE_FLOOR_DB

    def finish(self) -> Utterance:
        """What was heard so far; the recogniser ends here."""
        if self._decision == "noinput":
            return Utterance("noinput", Hypothesis(""), self.at_seconds)
        heard, sound = _merge([*self._parts, self.recogniser.finish()]), b"".join(self._sound)
        if heard.text:
            alone = self._around.leave_alone(heard.start_seconds, heard.end_seconds)
            return Utterance("heard", heard, heard.end_seconds, alone, sound)
        kind: Literal["noise", "noinput"] = "noise" if heard.unknown else "noinput"
        return Utterance(kind, heard, self.at_seconds, sound=sound)


def listen(
    recogniser: Recogniser,
    blocks: Iterable[bytes],
    completeness: Callable[[str], Completeness],
    patience: Patience | None = None,
    floor: Floor | None = None,
) -> Utterance:
    """Hear one utterance. Ends at the end of the blocks at the latest."""
    hearing = Listening(recogniser, completeness, patience or Patience(), floor or Floor())
    for block in blocks:
        if hearing.hear(block) != "wait":
            break
    return hearing.finish()


def _joined(parts: list[Hypothesis], partial: str) -> str:
    words = [part.text or UNKNOWN for part in parts]
    return " ".join([*words, partial]).strip()


def _merge(parts: list[Hypothesis]) -> Hypothesis:
    """One hypothesis of several, when Vosk found ends inside the utterance."""
    spoken = [part for part in parts if part.text]
    unknown = any(part.unknown for part in parts)
    if not spoken:
        return Hypothesis("", unknown=unknown)
    return replace(
        spoken[-1],
        text=" ".join(part.text for part in spoken),
        confidence=min(part.confidence for part in spoken),
        unknown=unknown,
        start_seconds=spoken[0].start_seconds,
    )


def blocks_of(pcm: bytes, block_bytes: int) -> Iterable[bytes]:
    """A recording cut into blocks."""
    for start in range(0, len(pcm), block_bytes):
        yield pcm[start : start + block_bytes]
