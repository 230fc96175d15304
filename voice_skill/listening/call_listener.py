"""The ears in a warm-up: what is listened for now, and when words are sure enough to act on."""

from collections import deque
from dataclasses import dataclass, field, replace

from voice_skill.audio.sound import BLOCK_SECONDS
from voice_skill.coaching.meaning import WARNINGS, Meaning
from voice_skill.coaching.sentences import unrepeated
from voice_skill.hearing.own_echo import OwnEcho
from voice_skill.hearing.recogniser import Hypothesis, Recogniser
from voice_skill.listening.answer_grammar import Hotwords
from voice_skill.listening.call_grammar import CoachEars
from voice_skill.listening.echo_guard import OwnVoice, beyond
from voice_skill.listening.stability import (
    CALL_OVER_SECONDS,
    OPEN_WAIT,
    OVER_SECONDS,
    WORD_WAIT,
    Stillness,
)
from voice_skill.understanding.grammar import MAX_WORDS
from voice_skill.visit.warm_up import WarmUp

JUST_BEGUN_SECONDS = 0.2
"""A sound no older than this began after the coach's own: 0.3 s of quiet follow each sentence."""
BEFORE_SECONDS = 0.1
"""So much is heard before a word that is heard again."""
WARNING_CONFIDENCE = 0.4
"""A warning needs little evidence; being wrong costs a question."""
FRAGMENT_CONFIDENCE = 0.6
"""Of a warning among other words."""
COMMAND_CONFIDENCE = 0.7
AGAIN_BLOCKS = round(2.0 / BLOCK_SECONDS)
"""So much of an utterance is heard again at most; that takes a twentieth of its time."""
NUMBERS = ("number", "pain_words", "reach")
NUMBER_CONFIDENCE = 0.3
"""Words of one sound ("two", "to", "too") share the confidence among them; a figure is only heard
where a figure was asked for."""


@dataclass
class CoachListener:
    """Follows the sound block by block, and knows where the warm-up stands."""

    recogniser: Recogniser
    ears: CoachEars
    warm_up: WarmUp
    own_echo: OwnEcho
    _hot: Hotwords = field(default_factory=lambda: Hotwords([], frozenset()))
    _moment: tuple[object, ...] = ()
    _own: OwnVoice = field(init=False)
    _still: Stillness = field(default_factory=Stillness)
    _sound: deque[bytes] = field(default_factory=lambda: deque(maxlen=AGAIN_BLOCKS))
    _fruitless: str = ""

    def __post_init__(self) -> None:
        self._own = OwnVoice(self.own_echo)
        self.warm_up.free_speech = False  # what is heard was forced into the words of a grammar

    def tune(self, prompt: tuple[str, ...]) -> None:
        """Listen for what may be said now; the recogniser is only reset where that changes."""
        state, drills = self.warm_up.state, self.warm_up.library.drills
        name = state.question.name if state.question else None
        moment = (prompt, self.warm_up.drill, name)
        if moment == self._moment:
            return
        self._moment = moment
        drill = drills.get(self.warm_up.drill or "")
        begun = self._just_begun() if self._own.words and not prompt else b""
        self._hot = self.ears.hotwords(prompt, drill, name)
        self._own.say(prompt)
        self.begin()
        if begun:
            self._sound.append(begun)
            self.recogniser.accept(begun)

    def _just_begun(self) -> bytes:
        """What somebody has begun to say since the coach's sentence ended.

        Not what began before that: it may be the coach's own "all good?", which must not come to
        be an answer.
        """
        since = self._still.sounding_seconds
        if not 0.0 < since <= JUST_BEGUN_SECONDS:
            return b""
        return b"".join([*self._sound][-round((since + BEFORE_SECONDS) / BLOCK_SECONDS) :])

    def begin(self) -> None:
        """Forget what was heard and not acted on."""
        self.recogniser.listen_for(self._hot.texts)
        self._forget()

    def _forget(self) -> None:
        self._still.begin()
        self._sound.clear()
        self._fruitless = ""

    def hear(self, block: bytes) -> str | None:
        """Hear one block. Whole words that are sure enough, once they stand still."""
        self._still.sound(block)
        self._sound.append(block)
        ended = self.recogniser.accept(block)
        self._own.hear_block()
        if ended is not None:
            self._forget()
            return self._accepted(beyond(ended, self._own.words))
        text = self.recogniser.partial()
        self._still.words(text)
        if not self._enough(text):
            return None
        heard = self.recogniser.finish()
        accepted = self._accepted(beyond(heard, self._own.words))
        if not (accepted or self._own.words or self._fruitless or heard.text == text):
            return self._go_on(text)
        self.begin()
        return accepted

    def _go_on(self, text: str) -> str | None:
        """Asked to finish, the recogniser heard something else, of no use: the words go on.

        It cannot take up what it finished, so it hears the sound again; once, since in somebody
        else's talk there is always more.
        """
        self.recogniser.listen_for(self._hot.texts)
        self._fruitless = text
        ended = self.recogniser.accept(b"".join(self._sound))
        return self._accepted(ended) if ended is not None else None

    def _enough(self, text: str) -> bool:
        """Whether the words so far are worth deciding on, and stand still."""
        still, said = self._still, self._said(text)
        if text == self._fruitless:
            return False
        if said not in self._hot.whole:
            return not self._own.words and self._warns_at_the_end(said)
        if self._over:
            return True
        may_change = not self._calling or " " in said or said in self._hot.open
        wait = OPEN_WAIT if may_change else WORD_WAIT
        return still.steady_seconds >= (wait.sounding if still.sounding else wait.otherwise)

    @property
    def deciding(self) -> bool:
        """Whether whole words are heard and only stand not still yet."""
        return self._said(self._still.text) in self._hot.whole

    def _said(self, text: str) -> str:
        return self._once(beyond(Hypothesis(text), self._own.words)).text

    def _once(self, heard: Hypothesis) -> Hypothesis:
        """What halts the count, said more than once, as said once: "stop stop stop"."""
        once = " ".join(unrepeated(tuple(heard.text.split())))
        if once == heard.text or once not in self._hot.whole:
            return heard
        return replace(heard, text=once) if _halts(self.warm_up.understand(once)) else heard

    @property
    def _calling(self) -> bool:
        """Whether words are a call into the count: no answer, nor said into the own voice."""
        return not (self._own.words or self.warm_up.state.question)

    @property
    def _over(self) -> bool:
        enough = CALL_OVER_SECONDS if self._calling else OVER_SECONDS
        return self._still.quiet_seconds >= enough

    def _warns_at_the_end(self, said: str) -> bool:
        """A warning in words that are no phrase of the grammar, and nothing comes after them.

        The recogniser itself finds such an end half a second later.
        """
        if not self._over or self._still.steady_seconds < WORD_WAIT.otherwise:
            return False
        return self.warm_up.understand(said).kind in WARNINGS

    def _accepted(self, heard: Hypothesis) -> str | None:
        heard = self._once(heard)
        if heard.text not in self._hot.whole:
            return self._in_part(heard)
        meaning = self.warm_up.understand(heard.text)
        if meaning.kind in WARNINGS or _halts(meaning):
            enough = max(WARNING_CONFIDENCE, self._over_own_voice(heard))
            return heard.text if heard.confidence >= enough else None
        needed = NUMBER_CONFIDENCE if meaning.kind in NUMBERS else COMMAND_CONFIDENCE
        enough = max(needed, self._over_own_voice(heard))
        return heard.text if heard.confidence >= enough and not heard.unknown else None

    def _over_own_voice(self, heard: Hypothesis) -> float:
        """What words need that may be the coach's own; while it waits for an answer none are."""
        if not self._own.words and self.warm_up.state.question:
            return 0.0
        return self._own.needed_confidence(heard, self.recogniser.heard_seconds)

    def _in_part(self, heard: Hypothesis) -> str | None:
        """A warning among other words, or a word that asks where pain goes; never the coach's own.

        A longer chain is somebody else's talk, forced into the words that are listened for.
        """
        if heard.confidence < max(FRAGMENT_CONFIDENCE, self._over_own_voice(heard)):
            return None
        said = heard.text.split()
        if self._own.words and (len(said) > MAX_WORDS or {*self._own.words} & {*said}):
            return None
        if self.warm_up.library.ear.heard.fragments & {*said}:
            return heard.text
        short = len(said) <= MAX_WORDS and not heard.unknown
        warns = self.warm_up.understand(heard.text).kind in WARNINGS
        return heard.text if short and warns else None


def _halts(meaning: Meaning) -> bool:
    return meaning.kind == "command" and meaning.value in ("stop", "pause")
