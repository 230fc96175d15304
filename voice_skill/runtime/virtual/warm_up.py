"""A warm-up in virtual time: ten minutes pass in well under a second.

Who says what in it stands in `virtual_person`.
"""

from dataclasses import dataclass

from voice_skill.coaching.effects import Ask, Effect
from voice_skill.coaching.pace import speech_seconds
from voice_skill.dialog.effects import Effect as TalkEffect
from voice_skill.dialog.effects import Say
from voice_skill.dialog.events import NoInput
from voice_skill.dialog.state import State as TriageState
from voice_skill.runtime.typed.check import take
from voice_skill.runtime.virtual.person import LONGEST_SECONDS, Line, Person
from voice_skill.visit.closing import Closing
from voice_skill.visit.outcome import Result
from voice_skill.visit.recheck import Retriage
from voice_skill.visit.warm_up import Row, WarmUp

THINK_SECONDS = 1.0
MID_SECONDS = 4.0
"""So long after the setup somebody is in the middle of a drill."""
NOINPUT_SECONDS = 7.0
SAFETY_TURNS = 200


@dataclass
class VirtualWarmUp:
    """Runs a warm-up and, where it must, the safety questions after it."""

    warm_up: WarmUp
    person: Person
    triage: TriageState | None = None
    now: float = 0.0
    _reply: Line | None = None

    def run(self) -> Result:
        """To the end, with the safety questions where it comes to them."""
        self.now = self.warm_up.at_seconds
        self._note(self.warm_up.begin())
        while self.warm_up.state.ended is None and self.now < LONGEST_SECONDS:
            self._turn()
        result = self._close()
        self.warm_up.note_end(self.now, result.outcome)
        return result

    def _turn(self) -> None:
        """Whatever comes first: a line, the reply to a question, or the next beat."""
        due = self.warm_up.state.due_seconds
        until = LONGEST_SECONDS if due is None else due
        line = self.person.due()
        if self._reply and (not line or self._reply.at_seconds < line.at_seconds):
            line = self._reply
        if line and line.at_seconds <= until:
            if line is self._reply:
                self._reply = None
            else:
                self.person.lines.remove(line)
            self.now = max(self.now, line.at_seconds)
            if self.warm_up.state.question and self.warm_up.understand(line.text).kind == "fine":
                self.now = max(self.now, self._asked_at())
            self._cut_short()
            self._note(self.warm_up.hear(self.now, line.text))
            return
        self.now = until
        self._note(self.warm_up.tick(self.now))

    def _asked_at(self) -> float:
        """When the open question is being said. By voice what reassures is not heard before."""
        return max((r.at_seconds for r in self.warm_up.rows if r.kind == "say"), default=0.0)

    def _cut_short(self) -> None:
        """What was not yet said when somebody spoke stays unsaid."""
        rows = self.warm_up.rows
        while rows and rows[-1].at_seconds > self.now:
            rows.pop()

    def _note(self, effects: tuple[Effect, ...]) -> None:
        state = self.warm_up.state
        if state.question is None or state.paused:
            self._reply = None
        if any(isinstance(effect, Ask) for effect in effects) and state.question:
            said = [line for e in effects if isinstance(e, Say) for line in e.lines]
            ready = self.now + speech_seconds(said) + THINK_SECONDS
            until = state.due_seconds or ready
            self._reply = self.person.reply(
                state.question.name,
                self.person.answer,
                (self.now, ready, until),
                again=state.question.failures > 0,
            )
        elif state.moving and self.warm_up.drill in self.person.in_drill:
            text = self.person.in_drill.pop(self.warm_up.drill)
            self.person.lines.append(Line((state.due_seconds or self.now) + MID_SECONDS, text))
            self.person.lines.sort(key=lambda line: line.at_seconds)
        elif state.ended:
            said = [line for e in effects if isinstance(e, Say) for line in e.lines]
            self.now += speech_seconds(said)

    def _close(self) -> Result:
        closing = Closing.of(self.warm_up, self.triage)
        for text in closing.lines:
            self._say(text)
        if closing.questions is not None:
            self._ask_again(closing.questions, closing.effects)
        return closing.result

    def _say(self, text: str) -> None:
        self.warm_up.rows.append(Row(self.now, "say", None, text))
        self.now += speech_seconds((text,))

    def _ask_again(self, talk: Retriage, effects: tuple[TalkEffect, ...]) -> None:
        """The safety questions, each answered by a line, by the persona, or not at all."""
        for _ in range(SAFETY_TURNS):
            asked = self.now
            for effect in effects:
                if isinstance(effect, Say):
                    for text in effect.lines:
                        self._say(text)
            if talk.finished or talk.floor is None:
                return
            effects = self._answer(talk, talk.floor.field, asked)

    def _answer(self, talk: Retriage, name: str, asked: float) -> tuple[TalkEffect, ...]:
        until = self.now + NOINPUT_SECONDS
        ready = self.now + THINK_SECONDS
        reply = self.person.reply(name, self.person.safety, (asked, ready, until), again=True)
        line = self.person.due()
        if reply is None and line and asked <= line.at_seconds < until:
            self.person.lines.remove(line)
            reply = line
        if reply is None:
            self.now = until
            return talk.take(NoInput())
        self.now = max(self.now, reply.at_seconds)
        self.warm_up.rows.append(Row(self.now, "heard", None, reply.text))
        return take(talk, reply.text)
