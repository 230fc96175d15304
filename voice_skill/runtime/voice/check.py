"""The spoken session: turn-taking by ear.

While the skill speaks the microphone stays open (`overhearing`); a settle time follows each prompt.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Adjust, Earcon, Effect, Finish, Listen, Say
from voice_skill.dialog.events import Device, NoInput
from voice_skill.errors import AudioError
from voice_skill.hearing.capture import DeviceLost, Microphone
from voice_skill.hearing.endpointer import Completeness, Patience
from voice_skill.hearing.listener import Floor, Utterance, listen
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.listening.answer_grammar import Ears
from voice_skill.listening.barge_in import BARGE_CONFIDENCE, overheard
from voice_skill.listening.echo_guard import OwnVoice
from voice_skill.runtime.voice.lost_devices import loudspeaker_back, microphone_back
from voice_skill.speaking.cue import Cue
from voice_skill.speaking.speaker import Speaker
from voice_skill.visit.conversation import Conversation

SETTLE_SECONDS = 0.3
"""After a prompt the room and the buffers still hold it: an estimate, not measured."""
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
    caption: told each line said or heard. adjust: told of a change of voice; False at the limit.
    """

    conversation: Conversation
    microphone: Microphone
    speaker: Speaker
    recogniser: Recogniser
    caption: Callable[[str], None]
    adjust: Callable[[Adjust], bool]
    on_floor: Callable[[Listen], None] = lambda floor: None
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

    @property
    def dialog(self) -> Dialog:
        """The dialog that is held."""
        return self.conversation.dialog

    def run(self, effects: tuple[Effect, ...]) -> None:
        """Carry the conversation to its end."""
        while True:
            more = self._perform(effects)
            if more is None:
                break
            effects = more
        finished = self.conversation.state.finished
        if finished and finished.care == "EMERGENCY":
            self._closing()
        elif finished and finished.care:
            self._plain(self.dialog.message("summary", spoken=self.conversation.summary))
        self._mouth.shutdown(wait=True)

    def _perform(self, effects: tuple[Effect, ...]) -> tuple[Effect, ...] | None:
        """Do what the machine asks. The next effects, or None at the end."""
        for effect in effects:
            if isinstance(effect, Finish):
                break
            more = self._do(effect)
            if more is None and self._went_mute():
                more = self.conversation.take(Device("output", False))
            if more is not None:
                return more
        return self._wait()

    def _do(self, effect: Effect) -> tuple[Effect, ...] | None:
        """One thing. The effects of what was heard meanwhile, if anything was."""
        if isinstance(effect, Say):
            return self._say(effect)
        if isinstance(effect, Listen):
            return self._listen(effect)
        if isinstance(effect, Earcon):
            self.speaker.earcon(effect.name)
        elif isinstance(effect, Adjust) and not self.adjust(effect):
            self._plain(self.dialog.message("at_limit"))
        return None

    def _went_mute(self) -> bool:
        """Whether the loudspeaker has gone just now, which another one may tell."""
        before, self._mute = self._mute, self.speaker.outputs.lost
        return self._mute and not before

    def _plain(self, line: str) -> None:
        self.caption(line)
        self.speaker.say((line,))

    def _say(self, effect: Say) -> tuple[Effect, ...] | None:
        """Speak, with an ear open. Effects of what was said into it, if anything was."""
        for line in effect.lines:
            self.caption(line)
        cue, hot = Cue(), self.ears.hotwords(effect.lines)
        self._own.say(effect.lines)
        spoken: Future[bool] = self._mouth.submit(self.speaker.say, effect.lines, cue)
        try:
            command = overheard(self.recogniser, self.microphone, hot, self._own, spoken)
        except DeviceLost:
            command = None  # said to the end; the loss is dealt with when listening
        if command is not None:
            self.speaker.stop()
        spoken.result()
        self._note_reply(cue.began_at)
        if command is None:
            return None
        self.caption(f"> {command}")
        self.speaker.earcon("heard")
        return self.conversation.hear(command, BARGE_CONFIDENCE, certain=False)

    def _note_reply(self, began: float | None) -> None:
        if self.word_ended is not None and began is not None:
            self.turn_times.append(TurnTime(self.word_ended, began))
        self.word_ended = None

    def _settle(self) -> None:
        time.sleep(SETTLE_SECONDS)
        self.microphone.flush()

    def _listen(self, floor: Listen) -> tuple[Effect, ...]:
        grammar = self.ears.grammar(floor.field, floor.previous)
        self.recogniser.listen_for(grammar.texts)
        self.speaker.earcon("listening")
        if self._went_mute():  # nor may anybody have heard the question
            return self.conversation.take(Device("output", False))
        try:
            self._settle()
            self.on_floor(floor)
            began = time.monotonic()
            heard = self._hear(grammar.completeness)
        except DeviceLost:
            return self.conversation.take(Device("input", False))
        self._report_overflows()
        if heard.kind == "noinput":
            self.caption("> (silence)")
            return self.conversation.take(NoInput())
        text = heard.hypothesis.text
        self.word_ended = began + heard.ended_seconds
        if heard.kind == "noise" or not grammar.covers(text):
            self.caption("> (not understood)")
            return self.conversation.hear_pieces(text)
        self.caption(f"> {text}")
        sure = heard.hypothesis.confidence
        return self.conversation.hear_spoken(text, sure, heard.certain, heard.alone)

    def _hear(self, completeness: Callable[[str], Completeness]) -> Utterance:
        return listen(self.recogniser, self._blocks(), completeness, Patience(), self.room)

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
