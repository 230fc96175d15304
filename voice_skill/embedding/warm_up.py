"""A warm-up for another program, stepped by that program's clock."""

from dataclasses import replace

from voice_skill.coaching.effects import Effect
from voice_skill.coaching.meaning import UNCLEAR, WARNINGS, Kind, Meaning
from voice_skill.content import Content
from voice_skill.dialog.decision import rank
from voice_skill.dialog.effects import Say
from voice_skill.dialog.model import CareLevel
from voice_skill.dialog.state import State
from voice_skill.embedding.reply import Reply, spoken
from voice_skill.embedding.talk import HEARD, DeviceName, Evidence, Talk, refuse
from voice_skill.visit.choosing import coach_for
from voice_skill.visit.closing import Closing
from voice_skill.visit.outcome import Result
from voice_skill.visit.warm_up import WarmUp as Led

NOT_A_STEP_ON: tuple[Kind, ...] = (*WARNINGS, "complaint", "unknown", "rest", "finish")
"""What is acted on although the recogniser is not certain: none of it leads on."""


class WarmUp:
    """One warm-up with its stop rule, and the safety questions where it comes to them.

    Call `tick` at `reply.due_seconds`; hear at any time, also while lines are spoken. Keeps
    nothing on the disk. Many may be held at a time; each of them from one thread at a time.
    """

    def __init__(
        self, content: Content, routine: str, early: bool = False, after: State | None = None
    ) -> None:
        """routine: its id, such as "standard". early: whether the person has only just got up.

        after: what a check found, see `Check.warm_up`. Raises UsageError for an unknown routine.
        """
        self.content, self._after = content, after
        library = content.library
        coach = (
            library.coach(content.dialog, routine, early=early)
            if after is None
            else coach_for(content.dialog, library, routine, after, early)
        )
        self._led = Led(content.dialog, coach, library)
        self._closing: Closing | None = None
        self._talk: Talk | None = None
        self._reply: Reply | None = None

    @property
    def reply(self) -> Reply:
        """The last reply. Raises UsageError before `begin`."""
        if self._reply is None:
            refuse(True, "begin() comes first")
        assert self._reply is not None
        return self._reply

    @property
    def finished(self) -> bool:
        """Whether nothing more will be said."""
        return self._reply is not None and self._reply.finished

    @property
    def care(self) -> CareLevel | None:
        """What it came to, never lower than what the check found; None while it goes on.

        While the safety questions are asked again: what it comes to if nobody answers any more.
        """
        return self._least()

    @property
    def result(self) -> Result | None:
        """What was done, left out and told, once it is over."""
        return self._closing.result if self._closing and self.finished else None

    def begin(self, now: float = 0.0) -> Reply:
        """The opening. now, here and below: seconds on your clock. Raises UsageError twice."""
        refuse(self._reply is not None, "this warm-up has begun; make another WarmUp")
        self._led.at_seconds = now
        return self._replied(self._led.begin(), now)

    def hear(self, said: str, now: float, how: Evidence = HEARD) -> Reply:
        """Something was said: a command, an answer, a warning. Never raises on any text."""
        if self._talk is not None:
            return self._asked(self._talk.hear(said, now, how))
        if self.reply.finished:
            return self._ended()
        now = max(now, self._led.at_seconds)
        return self._replied(self._led.hear(now, said, self._meaning(said, how)), now)

    def tick(self, now: float) -> Reply:
        """Time has passed: the next count, the next sentence, or silence after a question."""
        if self._talk is not None:
            return self._asked(self._talk.tick(now))
        if self.reply.finished:
            return self._ended()
        now = max(now, self._led.at_seconds)
        return self._replied(self._led.tick(now), now)

    def device(self, present: bool, device: DeviceName = "input", now: float = 0.0) -> Reply:
        """The microphone or the loudspeaker went away or came back. Without it nothing goes on."""
        if self._talk is not None:
            return self._asked(self._talk.device(present, device, now))
        if self.reply.finished:
            return self._ended()
        now = max(now, self._led.at_seconds)
        return self._replied(self._led.device(now, present, device), now)

    def _meaning(self, said: str, how: Evidence) -> Meaning:
        """What these words mean; where it is not certain, nothing of it lets anybody go on."""
        meant = self._led.understand(said)
        if how.typed:
            return meant
        if meant.kind == "painless":  # "no" to "does that hurt?": asked again, as by our own ear
            question = self._led.state.question
            ear = self.content.library.ear
            meant = ear.understand(said, self._led.drill, question.name if question else None)
        halts = meant.kind == "command" and meant.value in ("stop", "pause")
        doubtful = how.certain is False or not how.alone or not how.whole
        return UNCLEAR if doubtful and not halts and meant.kind not in NOT_A_STEP_ON else meant

    def _replied(self, effects: tuple[Effect, ...], now: float) -> Reply:
        state, said = self._led.state, spoken(effects, self._led.library.language)
        if state.ended:
            return self._close(effects, now)
        self._reply = Reply(
            said.lines,
            said.earcons,
            said.adjust,
            listens=not state.deaf,
            asked=state.question.name if state.question else None,
            due_seconds=None if state.away else state.due_seconds,
            seconds=said.seconds,
        )
        return self._reply

    def _close(self, effects: tuple[Effect, ...], now: float) -> Reply:
        """The end, or the safety questions that come again."""
        self._closing = closing = Closing.of(self._led, self._after)
        if closing.questions is not None:
            self._talk = Talk(closing.questions)
            before = Say(spoken(effects, self._led.library.language).lines)
            return self._asked(self._talk.begin((before, *closing.effects), now))
        said = spoken(
            (*effects, *((Say(closing.lines),) if closing.lines else ())),
            self._led.library.language,
        )
        self._reply = Reply(
            said.lines, said.earcons, said.adjust, care=self._least(),
            finished=True, seconds=said.seconds,
        )  # fmt: skip
        return self._reply

    def _asked(self, reply: Reply) -> Reply:
        """A turn of the safety questions."""
        end = self._least() if reply.finished else None
        self._reply = replace(reply, care=end)
        return self._reply

    def _ended(self) -> Reply:
        """Nothing more is said."""
        self._reply = Reply(care=self.reply.care, finished=True)
        return self._reply

    def _least(self) -> CareLevel | None:
        """The care that it comes to as it stands: no less than the check came to."""
        if self._closing is None:
            return None
        found = self._closing.result.care
        before = self._after.finished.care if self._after and self._after.finished else None
        return max(found, before or found, key=rank)
