"""The spoken session: turn-taking by ear.

While the skill speaks the microphone stays open (`listening/barge_in.py`); a settle time follows
each prompt. A reply may begin before it is certain that the answer has ended (`turn.py`).
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from voice_skill.audio.sound import BLOCK_SECONDS
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Adjust, Earcon, Effect, Finish, Listen, Say
from voice_skill.dialog.events import Device
from voice_skill.errors import AudioError
from voice_skill.hearing.capture import DeviceLost, Microphone
from voice_skill.hearing.endpointer import Patience
from voice_skill.hearing.listener import Floor, Utterance, listen
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.hearing.second_ear import SecondEar
from voice_skill.listening.answer_grammar import Ears, Grammar
from voice_skill.listening.barge_in import BARGE_CONFIDENCE, overheard
from voice_skill.listening.echo_guard import OwnVoice
from voice_skill.listening.judging import judged
from voice_skill.listening.own_voice_gate import JustBegun
from voice_skill.runtime.voice.lost_devices import loudspeaker_back, microphone_back
from voice_skill.runtime.voice.prompt import Prompt
from voice_skill.runtime.voice.turn import Turn
from voice_skill.speaking.speaker import Speaker
from voice_skill.visit.conversation import Conversation
from voice_skill.visit.proposal import Proposal, asks_on

SETTLE_SECONDS = 0.3
"""After a prompt the room and the buffers still hold it: an estimate, not measured."""
BEHIND_SECONDS = 0.1
"""So much may wait to be read when a prompt ends; what waits longer on a busy machine was said into
it."""
CLOSING_SECONDS = 8.0
"""After an emergency "repeat" is still heard for so long."""


@dataclass(frozen=True)
class TurnTime:
    """When the person's last word ended and when the reply began to sound (monotonic seconds)."""

    word_ended: float
    reply_began: float


@dataclass
class Spoken:
    """A conversation with a microphone and a loudspeaker.

    on_floor: told when the skill begins to listen (the demonstration answers then).
    second_ear: looks again at an answer that the question's grammar did not settle.
    caption: told each line said or heard. adjust: told of a change of voice; False at the limit.
    """

    conversation: Conversation
    microphone: Microphone
    speaker: Speaker
    recogniser: Recogniser
    caption: Callable[[str], None]
    adjust: Callable[[Adjust], bool]
    on_floor: Callable[[Listen], None] = lambda floor: None
    second_ear: SecondEar | None = None
    room: Floor = field(default_factory=Floor)
    turn_times: list[TurnTime] = field(default_factory=list)
    word_ended: float | None = None

    def __post_init__(self) -> None:
        dialog = self.conversation.dialog
        self.ears = Ears.from_dialog(dialog, self.recogniser.words, self.conversation.understander)
        self._own = OwnVoice(self.microphone.own_echo)
        self._mouth = ThreadPoolExecutor(1, "mouth")
        self._reported_overflows = 0
        self._mute = False
        self._begun: Prompt | None = None
        self._shown = ""
        self._just_begun = JustBegun(self.microphone.own_echo, Floor())
        self._grammars: dict[tuple[str, str | None], Grammar] = {}

    @property
    def dialog(self) -> Dialog:
        """The dialog that is held."""
        return self.conversation.dialog

    def run(self, effects: tuple[Effect, ...]) -> None:
        """Carry the conversation to its end."""
        more: tuple[Effect, ...] | None = effects
        while more is not None:
            more = self._perform(more)
        finished = self.conversation.state.finished
        if finished and finished.care == "EMERGENCY":
            self._closing()
        elif finished and finished.care:
            self.say(self.dialog.message("summary", spoken=self.conversation.summary))
        self._mouth.shutdown(wait=True)

    def _perform(self, effects: tuple[Effect, ...]) -> tuple[Effect, ...] | None:
        """Do what the machine asks. The next effects, or None at the end."""
        begun, self._begun = self._begun, None
        if begun is not None and (begun.cue.cut or begun.effects != effects):
            begun.take_back()
            begun = None
        for number, effect in enumerate(effects):
            if isinstance(effect, Finish):
                break
            more = self._do(effect, effects[number:], begun)
            if more is None and self._went_mute():
                more = self.conversation.take(Device("output", False))
            if more is not None:
                return more
        return self._wait()

    def _do(
        self, effect: Effect, rest: tuple[Effect, ...], begun: Prompt | None
    ) -> tuple[Effect, ...] | None:
        """One thing, or all the rest where that is the question. The effects of what was heard.

        begun: the question, if it sounds already.
        """
        floor = rest[-1]
        last = sum(isinstance(e, Say) for e in rest) <= 1
        if isinstance(floor, Listen) and asks_on(rest) and (begun or last):
            return self._ask(begun or self._begin(rest), floor)
        if isinstance(effect, Say):
            return self.tell(effect)
        if isinstance(effect, Earcon):
            self.speaker.earcon(effect.name)
        elif isinstance(effect, Adjust) and not self.adjust(effect):
            self.say(self.dialog.message("at_limit"))
        return None

    def _went_mute(self) -> bool:
        """Whether the loudspeaker has gone just now, which another one may tell."""
        before, self._mute = self._mute, self.speaker.outputs.lost
        return self._mute and not before

    def say(self, line: str) -> None:
        """Say a line to its end."""
        self.caption(line)
        self.speaker.say((line,))

    def tell(self, effect: Say) -> tuple[Effect, ...] | None:
        """Speak, with an ear open. Effects of what was said into it, if anything was."""
        prompt = self._begin((effect,))
        return self._until(prompt)

    def _begin(self, effects: tuple[Effect, ...]) -> Prompt:
        """Begin to say and sound all of these; at the end that the floor is open."""
        prompt = Prompt.begun(effects, self.speaker, self._mouth)
        for line in prompt.lines:
            self.caption(line)
        self._own.say(prompt.lines)
        return prompt

    def _ask(self, prompt: Prompt, floor: Listen) -> tuple[Effect, ...]:
        """Hear what is said into a question, and the answer to it."""
        self._grammar(floor)
        more = self._until(prompt)
        if more is not None:
            return more
        if self._went_mute():  # nor may anybody have heard the question
            return self.conversation.take(Device("output", False))
        return self.listen(floor)

    def _grammar(self, floor: Listen) -> Grammar:
        """It takes a while to make, and so does the first reading of free speech."""
        key = (floor.field, floor.previous)
        if key not in self._grammars:
            self._grammars[key] = self.ears.grammar(*key)
            if self.dialog.fields[floor.field].role == "opening":
                self.conversation.understander.harvest("hello")
        return self._grammars[key]

    def _until(self, prompt: Prompt) -> tuple[Effect, ...] | None:
        """Hear commands and dangers that are said into a prompt. The effects, if there were any."""
        hot = self.ears.hotwords(prompt.lines)
        self._just_begun = JustBegun(self.microphone.own_echo, replace(self.room))
        try:
            command = overheard(
                self.recogniser, self._read, hot, self._own, self._all_heard(prompt)
            )
        except DeviceLost:
            prompt.done.result()
            command = None  # said to the end; the loss is dealt with when listening
        if command is not None:
            prompt.take_back()
            prompt.done.result()
        self._note_reply(prompt.cue.began_at)
        if command is None:
            return None
        self.caption(f"> {command}")
        self.speaker.earcon("heard")
        return self.conversation.hear(command, BARGE_CONFIDENCE, certain=False)

    def _read(self) -> bytes:
        return self._just_begun.hear(self.microphone.read())

    def _all_heard(self, prompt: Prompt) -> Callable[[], bool]:
        """Whether a prompt is over, and all that was heard until then is read."""
        return lambda: prompt.over and self.microphone.behind_seconds <= BEHIND_SECONDS

    def _note_reply(self, began: float | None) -> None:
        if self.word_ended is not None and began is not None:
            self.turn_times.append(TurnTime(self.word_ended, began))
        self.word_ended = None

    def _settle(self) -> None:
        time.sleep(SETTLE_SECONDS)
        self.microphone.flush()

    def listen(self, floor: Listen) -> tuple[Effect, ...]:
        """Hear one answer. What follows; the reply to it may sound already."""
        self._shown = ""
        grammar, before = self._grammar(floor), self._just_begun.sound
        try:
            if not self.microphone.own_echo.known:
                self._settle()
            self.on_floor(floor)
            began = time.monotonic() - self.microphone.behind_seconds - len(before) * BLOCK_SECONDS
            heard, _ = self._turn(grammar, before).hear()
        except DeviceLost:
            self._begun = None
            return self.conversation.take(Device("input", False))
        self._report_overflows()
        self._show_heard(grammar, heard)
        if heard.kind != "noinput":
            self.word_ended = began + heard.ended_seconds
        return self.conversation.take(
            judged(self.conversation, self.ears, grammar, heard, self.second_ear)
        )

    def _turn(self, grammar: Grammar, before: Sequence[bytes]) -> Turn:
        def propose(heard: Utterance) -> Proposal:
            return self.conversation.propose(judged(self.conversation, self.ears, grammar, heard))

        def begin(heard: Utterance) -> Prompt | None:
            proposal = propose(heard)
            return self._reply(grammar, heard, proposal.effects) if proposal.asks_on else None

        return Turn(
            self.recogniser,
            self.microphone.read,
            grammar,
            self.microphone.own_echo,
            self.room,
            lambda heard: propose(heard).asks_on,
            begin,
            before,
        )

    def _answers(self, grammar: Grammar, heard: Utterance) -> bool:
        return heard.kind == "heard" and grammar.covers(heard.hypothesis.text)

    def _reply(self, grammar: Grammar, heard: Utterance, effects: tuple[Effect, ...]) -> Prompt:
        """Begin the reply to what may be the whole answer."""
        self._show_heard(grammar, heard)
        self._begun = self._begin(effects)
        return self._begun

    def _show_heard(self, grammar: Grammar, heard: Utterance) -> None:
        """A caption of what was heard; not twice where the reply to it sounds already."""
        text = heard.hypothesis.text
        if heard.kind == "noinput":
            text = "(silence)"
        elif not self._answers(grammar, heard):
            text = "(not understood)"
        if self._shown != text:
            self.caption(f"> {text}")
        self._shown = text

    def _blocks(self) -> Iterator[bytes]:
        while True:
            yield self.microphone.read()

    def _report_overflows(self) -> None:
        if self.microphone.overflows > self._reported_overflows:
            self._reported_overflows = self.microphone.overflows
            self.caption(f"(the microphone lost sound {self._reported_overflows} times)")

    def _wait(self) -> tuple[Effect, ...] | None:
        """A device is away: wait until it is back. None: all is said, or can be said no more."""
        if self._mute and loudspeaker_back(self.speaker.outputs, self.microphone):
            self._mute = False
            return self.conversation.take(Device("output", True))
        if self.conversation.finished:
            return None
        if not self._mute and microphone_back(self.microphone):
            return self.conversation.take(Device("input", True))
        lost = "loudspeaker" if self._mute else "microphone"
        raise AudioError(f"the {lost} did not come back; start me again to go on")

    def _closing(self) -> None:
        """An emergency has been said; "repeat" is still heard for a while."""
        hot = self.ears.hotwords(())
        try:
            while True:
                self._settle()
                self.recogniser.listen_for(hot.texts)
                patience = Patience(noinput_seconds=CLOSING_SECONDS)
                heard = listen(self.recogniser, self._blocks(), lambda t: "partial", patience)
                if heard.hypothesis.text not in self.ears.repeats:
                    return
                for effect in self.conversation.hear(heard.hypothesis.text):
                    if isinstance(effect, Say):
                        for line in effect.lines:
                            self.caption(line)
                        self.speaker.say(effect.lines)
        except DeviceLost:
            return
