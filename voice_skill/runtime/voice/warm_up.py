"""A warm-up in real time: counting aloud with an ear open for every command and warning.

The coach's clock is the machine's: while the coach speaks it moves with the sentence, however long
that takes on this device; between sentences it is the real one, so counting keeps its tempo.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from voice_skill.audio.sound import BLOCK_SECONDS
from voice_skill.coaching.effects import Adjust, Earcon, Effect, Say
from voice_skill.coaching.meaning import WARNINGS
from voice_skill.coaching.pace import speech_seconds
from voice_skill.dialog.state import State as TriageState
from voice_skill.errors import AudioError
from voice_skill.hearing.capture import DeviceLost
from voice_skill.hearing.listener import Floor
from voice_skill.listening.call_grammar import CoachEars
from voice_skill.listening.call_listener import CoachListener
from voice_skill.runtime.voice.beats import Clock, NextBeat
from voice_skill.runtime.voice.check import SETTLE_SECONDS, Spoken
from voice_skill.runtime.voice.impersonal import impersonal
from voice_skill.runtime.voice.lost_devices import BACK_SECONDS, list_anew, microphone_back
from voice_skill.runtime.voice.mouth import Mouth, SpeakerMouth
from voice_skill.visit.closing import Closing
from voice_skill.visit.outcome import Result
from voice_skill.visit.warm_up import Row, WarmUp

DECIDE_SECONDS = 0.4
"""So much longer than the settle time is waited for whole words that do not stand still yet."""
INTO_SPEECH = (*WARNINGS, "complaint", "command", "moved_up", "rest", "finish")
"""What is acted on while the coach speaks; an answer is waited for until the question is said."""


@dataclass
class Coached:
    """A warm-up with a microphone and a loudspeaker. told: of each row as it happens."""

    spoken: Spoken
    warm_up: WarmUp
    triage: TriageState | None = None
    told: Callable[[Row], None] = lambda row: None
    clock: Clock = field(default_factory=Clock)
    mouth: Mouth | None = None

    def __post_init__(self) -> None:
        parts = self.spoken
        self.ears = CoachEars(parts.dialog, self.warm_up.library, parts.recogniser.words)
        own_echo = parts.microphone.own_echo
        self._listener = CoachListener(parts.recogniser, self.ears, self.warm_up, own_echo)
        self._mouth = self.mouth or SpeakerMouth(parts.speaker)
        self._shown = 0
        self._mute_since = 0.0
        lines = [line for e in self.warm_up.coach.exercises for line in e.setup]
        library = self.warm_up.library
        numbers = [library.language.numbers.in_words(n) for n in range(1, 21)]
        coached = (library.drills, library.routines, library.wording)
        parts.speaker.may_keep(impersonal(parts.dialog, *coached))
        parts.speaker.prepare([self.warm_up.coach.routine.opening, *numbers, *lines])

    def run(self) -> Result:
        """To the end, with the safety questions where it comes to them."""
        self.clock.set(self.warm_up.at_seconds)
        effects = self.warm_up.begin()
        try:
            while not self.warm_up.state.ended:
                self._show()
                effects = self._perform(effects) or self._wait()
            self._show()
            self._perform(effects)
            result = self._close()
        except KeyboardInterrupt:
            self._mouth.stop()  # nor is the sentence said to its end
            raise
        finally:
            self._mouth.close()
        self.warm_up.note_end(self.clock.now(), result.outcome)
        self._show()
        return result

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
            elif isinstance(effect, Earcon):
                self._mouth.earcon(effect.name)
            elif isinstance(effect, Adjust):
                self.spoken.adjust(effect)
        return ()

    def _say(self, lines: tuple[str, ...]) -> tuple[Effect, ...]:
        began = self.clock.now()
        speaking = self._mouth.say(lines)
        try:
            heard = self._overhear(lines, speaking)
        except DeviceLost:
            speaking.result()
            return self._lost() if self.warm_up.state.ended is None else ()
        if heard is None:
            self.clock.set(began + speech_seconds(lines))
            return ()
        self._mouth.stop()
        speaking.result()
        return self.warm_up.hear(self.clock.now(), heard)

    def _overhear(self, lines: tuple[str, ...], speaking: "Future[bool]") -> str | None:
        """Listen until the sentence has ended and the room is quiet again.

        Words that are about to be decided on are waited for: what comes next forgets them.
        """
        self._listener.tune(lines)
        quiet_seconds = 0.0
        ended = self.warm_up.state.ended is not None
        while quiet_seconds < SETTLE_SECONDS + self._listener.deciding * DECIDE_SECONDS:
            quiet_seconds += speaking.done() * BLOCK_SECONDS
            text = self._listener.hear(self.spoken.microphone.read())
            if text and not ended and self.warm_up.understand(text).kind in INTO_SPEECH:
                return text
            if ended and speaking.done():
                return None
        return None

    def _wait(self) -> tuple[Effect, ...]:
        """Listen until something is heard, is due, or happens to the loudspeaker."""
        self._listener.tune(())
        beat = NextBeat.after(self.warm_up, self._mouth, self.clock)
        try:
            while True:
                now = self.clock.now()
                if self._mouth.lost != self.warm_up.state.mute:
                    beat.cut()
                    return self._loudspeaker()
                if beat.fallen(now):
                    effects = self.warm_up.tick(now)
                    return () if beat.sound else effects
                self._seek(now)
                text = self._listener.hear(self.spoken.microphone.read())
                if text:
                    beat.cut()
                    return self.warm_up.hear(self.clock.now(), text)
        except DeviceLost:
            beat.cut()
            return self._lost()

    def _loudspeaker(self) -> tuple[Effect, ...]:
        """It went away, which another one may tell, or it is back. The ears stay open."""
        now = self._mute_since = self.clock.now()
        return self.warm_up.device(now, not self._mouth.lost, "output")

    def _seek(self, now: float) -> None:
        if not self.warm_up.state.mute:
            return
        if self._mouth.outdated:
            try:
                list_anew(self.spoken.microphone, self._mouth.renew)
            except AudioError as error:
                raise DeviceLost(str(error)) from None
            self._listener.begin()
        self._mouth.look()
        if now - self._mute_since > BACK_SECONDS:
            raise AudioError(
                "the loudspeaker did not come back, so the warm-up ends; rest or walk today"
            )

    def _lost(self) -> tuple[Effect, ...]:
        """Nothing can be heard: stop counting, say so, and go on when it can again."""
        self._perform_deaf(self.warm_up.device(self.clock.now(), False, "input"))
        if not microphone_back(self.spoken.microphone):
            raise AudioError(
                "the microphone did not come back, so the warm-up ends; rest or walk today"
            )
        self._listener.begin()
        self._mouth.look()  # both may have gone together
        return self.warm_up.device(self.clock.now(), True, "input")

    def _perform_deaf(self, effects: tuple[Effect, ...]) -> None:
        self._show()
        for effect in effects:
            if isinstance(effect, Say):
                self._mouth.say(effect.lines).result()

    def _close(self) -> Result:
        closing = Closing.of(self.warm_up, self.triage)
        for line in closing.lines:
            self.spoken.caption(line)
        if closing.lines:
            self._mouth.say(closing.lines).result()
        if closing.questions is not None:
            self._mouth.say(()).result()  # whatever is still being said
            again = replace(self.spoken, conversation=closing.questions, room=Floor(),
                            turn_times=[], word_ended=None)  # fmt: skip
            again.run(closing.effects)
        return closing.result
