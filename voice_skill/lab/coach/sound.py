"""How the coach hears in mid-drill: commands missed, commands nobody gave, and how soon it acts.

A person of synthetic voices calls a command every so often, into counts and sentences as they come,
and answers what is asked. Everything but the air is real: machine, voice, grammar, recogniser.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from voice_skill.audio.sound import BLOCK_SECONDS, RATE_HZ
from voice_skill.coaching.library import Library
from voice_skill.coaching.meaning import Meaning
from voice_skill.coaching.wording import QuestionName
from voice_skill.dialog.dialog import Dialog
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.lab.coach.room import Room, RoomMicrophone, RoomMouth
from voice_skill.lab.patient import speak
from voice_skill.runtime.voice.beats import Clock
from voice_skill.runtime.voice.check import Spoken
from voice_skill.runtime.voice.warm_up import Coached
from voice_skill.speaking.cache import PromptCache
from voice_skill.speaking.playback import Player
from voice_skill.speaking.speaker import Speaker
from voice_skill.speaking.synthesiser import Synthesiser
from voice_skill.speaking.voice import Voice
from voice_skill.visit import outcome as result
from voice_skill.visit.closing import Closing
from voice_skill.visit.conversation import Conversation
from voice_skill.visit.warm_up import Row, WarmUp

COMMANDS = {
    "pause": "pause", "repeat": "repeat", "next": "next", "back": "back", "easier": "easier",
    "slower": "slower", "faster": "faster", "how many left": "how_many_left",
    "how long left": "how_long_left", "switch sides": "switch_sides", "how do i do it": "how",
    "why": "why", "another one": "another", "louder": "louder", "quieter": "quieter",
    "quiet": "quiet", "count for me": "count", "stop": "stop", "resume": "resume",
}  # fmt: skip
"""What is said and what should be acted on, in this order again and again; after "pause" and "stop"
comes "resume" by itself."""
NOTHING: Mapping[str, str] = {}
FIRST_SECONDS = 20.0
EVERY_SECONDS = 9.0
ANSWERS: Mapping[QuestionName, str] = {
    "check_in": "all good", "end": "two", "hurting": "no", "pain": "two", "floor": "no",
    "reach": "one leg", "reach_check": "no", "stopped": "resume",
}  # fmt: skip
ANSWER_AFTER_SECONDS = 0.8
LATE_SECONDS = 2.5
"""What is heard later than so long after a call is not that call."""
VOICES = ("espeak-ng en-us", "espeak-ng en-gb+f2", "espeak-ng en-us+f3", "espeak-ng en-us+m3")
LOUD = 0.01


@dataclass(frozen=True)
class Call:
    """Something that the person said. command: None for the answer to a question."""

    text: str
    command: str | None
    began_at: float
    ended_at: float


@dataclass(frozen=True)
class Acted:
    """What the coach acted on, and the time of the decision."""

    at: float
    text: str
    meaning: Meaning


@dataclass
class Result:
    """What happened in so many seconds."""

    seconds: float
    calls: list[Call]
    acted: list[Acted]
    counted_at: list[float]
    block_seconds: list[float]

    def matched(self) -> list[tuple[Call, Acted | None]]:
        """Each command called, with the first thing acted on that may have been meant by it."""
        return [(call, self._answer(call)) for call in self.calls if call.command]

    def _answer(self, call: Call) -> Acted | None:
        until = call.ended_at + LATE_SECONDS
        return next((a for a in self.acted if call.began_at <= a.at <= until), None)

    @property
    def right(self) -> list[float]:
        """Seconds from the end of the word to the decision, of each command heard rightly."""
        return [a.at - c.ended_at for c, a in self.matched() if a and _is(a.meaning, c.command)]

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """Commands taken for something else: (said, heard)."""
        pairs = [(c, a) for c, a in self.matched() if a and not _is(a.meaning, c.command)]
        return [(c.text, a.text) for c, a in pairs if a]

    @property
    def missed(self) -> list[str]:
        """Commands after which nothing was done."""
        return [c.text for c, a in self.matched() if a is None]

    @property
    def false(self) -> list[Acted]:
        """What was acted on although nobody had spoken."""
        spoken = [(c.began_at, c.ended_at + LATE_SECONDS) for c in self.calls]
        return [a for a in self.acted if not any(b <= a.at <= e for b, e in spoken)]


def _is(meaning: Meaning, command: str | None) -> bool:
    return command == (meaning.value if meaning.kind == "command" else meaning.kind)


class TimeIsUp(Exception):
    """The measurement is long enough."""


@dataclass
class Person:
    """Answers what is asked, and calls out the first at that time, the next ones as they come."""

    room: Room
    seconds: float
    commands: Mapping[str, str]
    warm_up: WarmUp
    calls: list[Call]
    next_at: float
    _said: int = 0

    def asked(self, ended_at: float) -> None:
        """The coach has spoken; if a question is open, that was it."""
        question = self.warm_up.state.question
        if question:
            self._say(ANSWERS[question.name], None, ended_at + ANSWER_AFTER_SECONDS)
            self.next_at = max(self.next_at, ended_at + EVERY_SECONDS / 2)

    def pass_time(self) -> None:
        """Call the next command when it is time. Raises TimeIsUp at the end."""
        now, state = self.room.now(), self.warm_up.state
        if now > self.seconds:
            raise TimeIsUp
        if not self.commands or now < self.next_at or state.question:
            return
        text = "resume" if state.paused else list(self.commands)[self._said % len(self.commands)]
        self._said += not state.paused
        self._say(text, self.commands.get(text, text), now + BLOCK_SECONDS)
        self.next_at = now + EVERY_SECONDS

    def _say(self, text: str, command: str | None, at: float) -> None:
        samples = speak(text, VOICES[len(self.calls) % len(VOICES)], 1.0)
        loud = (np.abs(samples) > LOUD).nonzero()[0] / RATE_HZ
        self.room.speak(samples, at)
        self.calls.append(Call(text, command, at + float(loud[0]), at + float(loud[-1])))


class Held(Coached):
    """A warm-up whose end is only noted: the safety questions after it are not part of this."""

    def _close(self) -> result.Result:
        return Closing.of(self.warm_up, self.triage).result


@dataclass
class Studio:
    """What all measurements share. voice: of the coach."""

    dialog: Dialog
    library: Library
    recogniser: Recogniser
    prompts: Path
    voice: Voice = field(default_factory=Voice)

    def measure(
        self,
        routine: str,
        seconds: float,
        room: Room,
        commands: Mapping[str, str] = COMMANDS,
        first_seconds: float = FIRST_SECONDS,
    ) -> Result:
        """Hold a routine, again and again if it ends before, and note what is heard.

        commands: what the person calls, from `first_seconds` on. Questions are always answered.
        """
        result = Result(seconds, [], [], [], [])
        prompts = PromptCache(self.prompts, Synthesiser(self.voice))
        speaker = Speaker(Player(None), self.prompts, self.voice, "", lambda text: None)
        try:
            while room.now() < seconds:
                warm_up = WarmUp(
                    self.dialog, self.library.coach(self.dialog, routine), self.library
                )
                person = Person(room, seconds, commands, warm_up, result.calls, first_seconds)
                self._hold(person, (prompts, speaker), result)
        except TimeIsUp:
            pass
        finally:
            speaker.close()
            prompts.synthesiser.close()
        return result

    def _hold(self, person: Person, voices: tuple[PromptCache, Speaker], result: Result) -> None:
        room, warm_up = person.room, person.warm_up
        mouth = RoomMouth(room, voices[0], person.asked)
        microphone = RoomMicrophone(room, mouth, person.pass_time, result.block_seconds)
        spoken = Spoken(
            Conversation.from_dialog(self.dialog), microphone, voices[1], self.recogniser,
            lambda line: None, lambda effect: True,
        )  # fmt: skip

        def told(row: Row) -> None:
            if row.kind == "heard":
                result.acted.append(Acted(room.now(), row.text, warm_up.library.ear.understand(
                    row.text, row.drill)))  # fmt: skip
            elif row.kind == "count":
                result.counted_at.append(room.now())

        Held(spoken, warm_up, told=told, clock=Clock(room.now), mouth=mouth).run()
