"""Holding a check and its warm-up turn by turn, as `run` does with a microphone."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from voice_skill.coaching.effects import Effect as CoachEffect
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Adjust, Earcon, Effect, Say
from voice_skill.dialog.events import NoInput, Resumed
from voice_skill.dialog.state import State
from voice_skill.runtime.continuing import go_on_with
from voice_skill.runtime.typed.check import TURN_LIMIT
from voice_skill.speaking.scratch import scratch_folder
from voice_skill.storage.record import Kept
from voice_skill.storage.store import Store
from voice_skill.surfaces.turns.passage import Passage
from voice_skill.surfaces.turns.stretch import Stretch
from voice_skill.surfaces.turns.turn import Reply, Said
from voice_skill.understanding.templates import expand, phrases_of
from voice_skill.understanding.text import without_boundaries
from voice_skill.visit.closing import Closing
from voice_skill.visit.conversation import Conversation
from voice_skill.visit.outcome import Result
from voice_skill.visit.warm_up import Row, WarmUp


@dataclass(frozen=True)
class House:
    """What all conversations share.

    guests: several people use it, so that nothing known of one is used for another, nor kept.
    """

    content: Content
    guests: bool = False

    @property
    def dialog(self) -> Dialog:
        """What is asked and said."""
        return self.content.dialog

    def begins(self, text: str) -> bool:
        """Whether these words ask for a check."""
        language = self.content.understander.language
        said = without_boundaries(language.tokens(text))
        return said in phrases_of(self.dialog.phrases.begins, language)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Where a conversation is kept; of a guest in memory, for as long as it lasts."""
        if not self.guests:
            yield Store.from_platform()
            return
        folder = scratch_folder()
        try:
            yield Store(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


class Partner(Protocol):
    """Whoever says what is to be said, and brings what is said to it."""

    def say(self, passage: Passage) -> None:
        """To be said with the next reply."""

    def ask(self, reply: Reply) -> Said:
        """Reply, and wait for what is said to it. Raises Left."""

    def moment(self, stretch: Stretch) -> float:
        """By the clock of a warm-up, where its stretch is that was handed out last."""


@dataclass
class Holding:
    """Carries one conversation to its end.

    adjust: told of a change of voice; False at the limit.
    """

    house: House
    talk: Partner
    adjust: Callable[[Adjust], bool]
    _repeats: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        templates = self.house.dialog.phrases.universals["repeat"]
        self._repeats = frozenset(p for t in templates for p in expand(t))

    def run(self) -> None:
        """The check, the warm-up if there is one today, the ladder if it is due."""
        dialog = self.house.dialog
        with self.house.store() as store:
            kept = Kept(self.house.content, store, fresh=False)
            try:
                if kept.effects:
                    self.check(kept.conversation, kept.effects)
                if kept.close().finished:
                    run = self.warm_up(kept.conversation.state)
                    go_on_with(kept, run, self.say)
                    if not self.house.guests:
                        self.say(dialog.message("nothing_kept" if kept.lost else "report_kept"))
            finally:
                kept.close()
                kept.release()

    def say(self, line: str) -> None:
        """A sentence between two things."""
        self.talk.say(Passage((Row(0.0, "say", None, line),)))

    def check(self, conversation: Conversation, effects: tuple[Effect, ...]) -> None:
        """Carry a conversation to its end."""
        for _ in range(TURN_LIMIT):
            self._perform(effects)
            if conversation.finished or conversation.floor is None:
                break
            listens = not conversation.state.paused
            said = self.talk.ask(Reply((), conversation.floor, listens=listens))
            effects = self._heard(conversation, said)
        finished = conversation.state.finished
        if finished and finished.care == "EMERGENCY":
            self._closing(conversation)
        elif finished and finished.care:
            self.say(self.house.dialog.message("summary", spoken=conversation.summary))

    def _heard(self, conversation: Conversation, said: Said) -> tuple[Effect, ...]:
        """What was said, as by ear; of another's ear an answer is always read back."""
        if said.kind == "silence":
            if conversation.state.paused:
                self.say(self.house.dialog.message("paused"))
            return conversation.take(NoInput())
        if said.kind == "pieces":
            return conversation.hear_pieces(said.text)
        if self.house.begins(said.text):
            return conversation.take(Resumed())
        asked = conversation.floor.field if conversation.floor else ""
        is_confirming = asked == self.house.dialog.by_role("confirm")
        certain = said.certain or not said.ours
        certain = certain and (is_confirming or (said.ours and said.known))
        return conversation.hear_spoken(said.text, said.confidence, certain, said.alone)

    def _closing(self, conversation: Conversation) -> None:
        """An emergency has been said; "repeat" is still heard."""
        for _ in range(TURN_LIMIT):
            floor = conversation.floor
            said = self.talk.ask(Reply((), floor, listens=True))
            words = conversation.understander.language.tokens(said.text)
            if " ".join(without_boundaries(words)) not in self._repeats:
                self.say(self.house.dialog.message("goodbye"))
                return
            self._perform(conversation.hear(said.text))

    def _perform(self, effects: tuple[Effect | CoachEffect, ...]) -> None:
        """Say and sound what is to be; the rest needs no doing."""
        for effect in effects:
            if isinstance(effect, Say):
                rows = tuple(Row(0.0, "say", None, line) for line in effect.lines)
                self.talk.say(Passage(rows))
            elif isinstance(effect, Earcon):
                self.talk.say(Passage((Row(0.0, "earcon", None, effect.name),)))
            elif isinstance(effect, Adjust) and not self.adjust(effect):
                self.say(self.house.dialog.message("at_limit"))

    def warm_up(self, triage: State) -> Callable[[WarmUp], Result]:
        """Holds a warm-up in stretches."""

        def run(warm_up: WarmUp) -> Result:
            effects, told = warm_up.begin(), 0
            while warm_up.state.ended is None:
                self._adjust(effects)
                effects, told = self._stretch(warm_up, told)
            self._adjust(effects)
            self.talk.say(Passage(tuple(warm_up.rows[told:])))
            return self._closed(warm_up, triage)

        return run

    def _adjust(self, effects: tuple[CoachEffect, ...]) -> None:
        for effect in effects:
            if isinstance(effect, Adjust):
                self.adjust(effect)

    def _stretch(self, warm_up: WarmUp, told: int) -> tuple[tuple[CoachEffect, ...], int]:
        """Up to what is said into it, or after it. told: so many rows were handed out before."""
        stretch = Stretch.of(warm_up, tuple(warm_up.rows[told:]))
        if stretch.over:
            self.talk.say(stretch.passage)
            stretch.bring(warm_up, stretch.ends_seconds)
            return (), len(warm_up.rows)
        reply = Reply((stretch.passage,), None, stretch, not warm_up.state.paused)
        said = self.talk.ask(reply)
        at = self.talk.moment(stretch)
        stretch.bring(warm_up, at)
        told = len(warm_up.rows)
        if said.kind != "answer":
            return self._unanswered(warm_up), told
        warm_up.free_speech = not said.ours
        return warm_up.hear(stretch.answered_at(at, warm_up), said.text), told

    def _unanswered(self, warm_up: WarmUp) -> tuple[CoachEffect, ...]:
        """Silence: where there is a question, the time for its answer is over."""
        state = warm_up.state
        if state.paused:
            self.say(self.house.dialog.message("paused"))
        elif state.question is not None and state.due_seconds is not None:
            return warm_up.tick(max(state.due_seconds, warm_up.at_seconds))
        return ()

    def _closed(self, warm_up: WarmUp, triage: State) -> Result:
        closing = Closing.of(warm_up, triage)
        for line in closing.lines:
            self.say(line)
        if closing.questions is not None:
            self.check(closing.questions, closing.effects)
        return closing.result
