"""A warm-up in real time: counting aloud with an ear open for every command and warning.

The coach's clock is the machine's: while the coach speaks it moves with the sentence, however long
that takes on this device; between sentences it is the real one, so counting keeps its tempo.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from voice_skill.coaching.effects import Adjust, Count, Earcon, Effect, Say
from voice_skill.coaching.pace import speech_seconds
from voice_skill.dialog.state import State as TriageState
from voice_skill.errors import AudioError
from voice_skill.hearing.capture import DeviceLost
from voice_skill.hearing.recogniser import Hypothesis
from voice_skill.hearing.sound import BLOCK_SECONDS
from voice_skill.session.coach_vocabulary import CoachEars
from voice_skill.session.retriage import Retriage, urgent
from voice_skill.session.spoken import BACK_SECONDS, SETTLE_SECONDS, Spoken
from voice_skill.session.vocabulary import Hotwords
from voice_skill.session.warm_up import Row, WarmUp
from voice_skill.understanding.numbers import in_words

STEADY_SECONDS = 0.2
WARNING_CONFIDENCE = 0.4
"""A warning needs little evidence; being wrong costs a question."""
FRAGMENT_CONFIDENCE = 0.6
COMMAND_CONFIDENCE = 0.7
NUMBERS = ("number", "pain_words", "legs")
NUMBER_CONFIDENCE = 0.3
"""Words of one sound ("two", "to", "too") share the confidence among them; a figure is only heard
where a figure was asked for."""
WARNINGS = ("danger", "travels", "hurts", "drill", "not_fine", "doubt")
INTO_SPEECH = (*WARNINGS, "command", "moved_up", "rest", "finish")
"""What is acted on while the coach speaks; an answer is waited for until the question is said."""


@dataclass
class Clock:
    """Seconds since the warm-up began."""

    origin: float = field(default_factory=time.monotonic)

    def now(self) -> float:
        """The time."""
        return time.monotonic() - self.origin

    def set(self, seconds: float) -> None:
        """Let it be this time."""
        self.origin = time.monotonic() - seconds


@dataclass
class Coached:
    """A warm-up with a microphone and a loudspeaker. told: of each row as it happens."""

    spoken: Spoken
    warm_up: WarmUp
    triage: TriageState | None = None
    told: Callable[[Row], None] = lambda row: None
    clock: Clock = field(default_factory=Clock)
    retriage: Retriage | None = None

    def __post_init__(self) -> None:
        parts = self.spoken
        self.ears = CoachEars(parts.dialog, self.warm_up.library, parts.recogniser.words)
        self._mouth = ThreadPoolExecutor(1, "coach")
        self._counting: Future[bool] | None = None
        self._hot: Hotwords | None = None
        self._moment: tuple[object, ...] = ()
        self._since, self._steady, self._shown = "", 0, 0
        lines = [line for e in self.warm_up.coach.exercises for line in e.setup]
        numbers = [in_words(n) for n in range(1, 21)]
        parts.speaker.prepare([self.warm_up.coach.routine.opening, *numbers, *lines])

    def run(self) -> str:
        """To the end. The outcome: run, walk, rest, or a care level."""
        self.clock.set(self.warm_up.at_seconds)
        effects = self.warm_up.begin()
        try:
            while not self.warm_up.state.ended:
                self._show()
                effects = self._perform(effects) or self._wait()
            self._show()
            self._perform(effects)
            outcome = self._close()
        finally:
            self._mouth.shutdown(wait=True)
        self.warm_up.note_end(self.clock.now(), outcome)
        self._show()
        return outcome

    def _show(self) -> None:
        for row in self.warm_up.rows[self._shown :]:
            self.told(row)
        self._shown = len(self.warm_up.rows)

    def _perform(self, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
        """Do what the machine asks. Effects of what was said into it, if anything was."""
        for effect in effects:
            if isinstance(effect, Say):
                more = self._say(effect.lines)
                if more:
                    return more
            elif isinstance(effect, Count):
                self._count(effect.number)
            elif isinstance(effect, Earcon):
                self._mouth.submit(self.spoken.speaker.earcon, effect.name)
            elif isinstance(effect, Adjust):
                self.spoken.adjust(effect)
        return ()

    def _count(self, number: int) -> None:
        """Say a number, unless the one before still sounds: a late count is worse than none."""
        if self._counting is None or self._counting.done():
            self._counting = self._mouth.submit(self.spoken.speaker.say, (in_words(number),))

    def _say(self, lines: tuple[str, ...]) -> tuple[Effect, ...]:
        began = self.clock.now()
        speaking: Future[bool] = self._mouth.submit(self.spoken.speaker.say, lines)
        try:
            heard = self._overhear(lines, speaking)
        except DeviceLost:
            speaking.result()
            return self._lost() if self.warm_up.state.ended is None else ()
        if heard is None:
            self.clock.set(began + speech_seconds(lines))
            return ()
        self.spoken.speaker.stop()
        speaking.result()
        return self.warm_up.hear(self.clock.now(), heard)

    def _overhear(self, lines: tuple[str, ...], speaking: "Future[bool]") -> str | None:
        """Listen until the sentence has ended and the room is quiet again."""
        self._tune(lines)
        quiet_blocks = 0
        ended = self.warm_up.state.ended is not None
        while quiet_blocks * BLOCK_SECONDS < SETTLE_SECONDS:
            quiet_blocks += speaking.done()
            text = self._listen_once()
            if text and not ended and self.warm_up.understand(text).kind in INTO_SPEECH:
                return text
            if ended and speaking.done():
                return None
        return None

    def _wait(self) -> tuple[Effect, ...]:
        """Listen until something is heard or due."""
        self._tune(())
        try:
            while True:
                due = self.warm_up.state.due_seconds
                if due is not None and self.clock.now() >= due:
                    return self.warm_up.tick(self.clock.now())
                text = self._listen_once()
                if text:
                    self.spoken.speaker.stop()
                    return self.warm_up.hear(self.clock.now(), text)
        except DeviceLost:
            return self._lost()

    def _tune(self, prompt: tuple[str, ...]) -> None:
        """Listen for what may be said now; the recogniser is only reset where that changes."""
        state, drills = self.warm_up.state, self.warm_up.library.drills
        name = state.question.name if state.question else None
        moment = (prompt, self.warm_up.drill, name)
        if moment == self._moment and self._hot:
            return
        self._moment = moment
        drill = drills.get(self.warm_up.drill or "")
        self._hot = self.ears.hotwords(prompt, drill, name)
        self._begin_utterance()

    def _begin_utterance(self) -> None:
        assert self._hot is not None
        self.spoken.recogniser.listen_for(self._hot.texts)
        self._since, self._steady = "", 0

    def _listen_once(self) -> str | None:
        """Hear one block. Whole words that are sure enough, once they stand still."""
        assert self._hot is not None
        recogniser = self.spoken.recogniser
        ended = recogniser.accept(self.spoken.microphone.read())
        if ended is not None:
            self._since, self._steady = "", 0
            return self._accepted(ended)
        text = recogniser.partial()
        self._steady = self._steady + 1 if text and text == self._since else 0
        self._since = text
        if self._steady * BLOCK_SECONDS < STEADY_SECONDS or text not in self._hot.whole:
            return None
        heard = recogniser.finish()
        self._begin_utterance()
        return self._accepted(heard)

    def _accepted(self, heard: Hypothesis) -> str | None:
        assert self._hot is not None
        if heard.text not in self._hot.whole:
            telling = self.warm_up.library.ear.fragments & {*heard.text.split()}
            return heard.text if telling and heard.confidence >= FRAGMENT_CONFIDENCE else None
        meaning = self.warm_up.understand(heard.text)
        stop = meaning.kind == "command" and meaning.value in ("stop", "pause")
        if meaning.kind in WARNINGS or stop:
            return heard.text if heard.confidence >= WARNING_CONFIDENCE else None
        needed = NUMBER_CONFIDENCE if meaning.kind in NUMBERS else COMMAND_CONFIDENCE
        return heard.text if heard.confidence >= needed and not heard.unknown else None

    def _lost(self) -> tuple[Effect, ...]:
        """Nothing can be heard: stop counting, say so, and go on when it can again."""
        self._perform_deaf(self.warm_up.device(self.clock.now(), False))
        until = time.monotonic() + BACK_SECONDS
        while time.monotonic() < until:
            try:
                self.spoken.microphone.open()
                self.spoken.microphone.read()
            except AudioError:
                time.sleep(0.5)
                continue
            self._begin_utterance()
            return self.warm_up.device(self.clock.now(), True)
        raise AudioError(
            "the microphone did not come back, so the warm-up ends; rest or walk today"
        )

    def _perform_deaf(self, effects: tuple[Effect, ...]) -> None:
        self._show()
        for effect in effects:
            if isinstance(effect, Say):
                self._mouth.submit(self.spoken.speaker.say, effect.lines).result()

    def _close(self) -> str:
        end = self.warm_up.state.ended
        assert end is not None
        why = end.reopening
        if end.outcome == "URGENT":
            care, lines = urgent(self.spoken.dialog, self.triage, why.pain if why else None)
            for line in lines:
                self.spoken.caption(line)
            self._mouth.submit(self.spoken.speaker.say, lines).result()
            return care
        if why is None:
            return str(end.outcome)
        self._mouth.submit(lambda: None).result()
        self.retriage, effects = Retriage.after(self.spoken.dialog, self.triage, why)
        parts = self.spoken
        Spoken(
            self.retriage,
            parts.microphone,
            parts.speaker,
            parts.recogniser,
            parts.caption,
            parts.adjust,
            parts.on_floor,
        ).run(effects)
        return {"WARMUP": "walk", "REST": "rest"}.get(self.retriage.care, self.retriage.care)
