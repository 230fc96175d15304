"""All conversations of the service, by the name that the assistant gives each."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from voice_skill.dialog.effects import Adjust
from voice_skill.errors import StorageError
from voice_skill.log import LOG
from voice_skill.speaking.voice import Voice
from voice_skill.storage.settings import remember
from voice_skill.storage.store import Store
from voice_skill.surfaces.turns.holding import Holding, House
from voice_skill.surfaces.turns.passage import Passage
from voice_skill.surfaces.turns.talk import MAX_IDLE_SECONDS, Talk
from voice_skill.surfaces.turns.turn import Reply, Said
from voice_skill.surfaces.wyoming.ears import Target
from voice_skill.surfaces.wyoming.heard import Hearings
from voice_skill.surfaces.wyoming.speech import Speech
from voice_skill.understanding.understander import Understander
from voice_skill.visit.warm_up import Row

MAX_TALKS = 32
MAX_CHARACTERS = 1000
"""Of what somebody says: longer texts are no answer, and are searched for danger alone."""
LEAVE_SECONDS = 0.2
"""So long the end of the program waits for conversations to be closed, all together."""
MAX_LEAVE_SECONDS = 3.0
"""So long the next check by the same microphone waits for the first one to be kept."""


@dataclass(frozen=True)
class Floor:
    """Whom the ears hear. talk: the conversation, where there is no doubt which. open: whether
    there is one at all."""

    target: Target
    talk: str | None
    open: bool


@dataclass
class Talks:
    """Begins, finds and ends conversations. Thread-safe.

    prepare: told what will be listened for next.
    """

    house: House
    understander: Understander
    speech: Speech
    hearings: Hearings
    prepare: Callable[[Target], object]
    idle_seconds: float = MAX_IDLE_SECONDS
    _talks: dict[str, Talk] = field(default_factory=dict)
    _devices: dict[str, str] = field(default_factory=dict)
    _voices: dict[str, Voice] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def reply(self, text: str, name: str, device: str | None = None) -> Reply | None:
        """What is replied to these words. None: they are not for us. device: whose microphone."""
        talk = self._find(name)
        if talk is None:
            return self._begun(text, name, device)
        said = self._said(text, name)
        return self._noted(talk, talk.answer(said))

    def floor(self, name: str | None) -> Floor:
        """What is listened for. name: of the conversation, if that is known."""
        talks = self._open()
        asking = [talk for talk in talks if talk.last.floor or talk.last.stretch] or talks
        if name is None and len(asking) == 1:
            name = asking[0].name
        talk = next((talk for talk in talks if talk.name == name), None)
        if talk is not None:
            return Floor(_target(talk), name, True)
        if not talks or name is not None:
            return Floor(None, name, False)
        return Floor(_target(max(asking, key=lambda talk: talk.last_at)), None, True)

    def close(self) -> None:
        """Let all end; what was said so far is kept."""
        talks = self._open()
        for talk in talks:
            talk.leave()
        for talk in talks:
            talk.leave(LEAVE_SECONDS / len(talks))

    def _open(self) -> list[Talk]:
        with self._lock:
            over = [name for name, talk in self._talks.items() if talk.over]
            for name in over:
                self._forget(name)
            return list(self._talks.values())

    def _forget(self, name: str) -> None:
        self._talks.pop(name, None)
        self._voices.pop(name, None)
        self._devices = {d: n for d, n in self._devices.items() if n != name}

    def _find(self, name: str) -> Talk | None:
        return next((talk for talk in self._open() if talk.name == name), None)

    def _said(self, text: str, name: str) -> Said:
        if len(text) > MAX_CHARACTERS:
            return Said(text[:MAX_CHARACTERS], "pieces")
        return self.hearings.find(text.strip(), name)

    def _begun(self, text: str, name: str, device: str | None) -> Reply | None:
        """Begin where the words ask for it, or tell of a danger; else they are not for us."""
        dialog = self.house.dialog
        asks = self.house.begins(text)
        if not asks and not self._alarming(text):
            return None
        talk = self._new(name, device)
        if talk is None:
            return Reply((_line(dialog.message("too_many")),), over=True)
        reply = talk.begin()
        if not asks and not reply.over:
            intro = _line(dialog.text(dialog.intro))
            told = talk.answer(self._said(text, name))
            reply = replace(told, passages=(intro, *told.passages))
        return self._noted(talk, reply)

    def _alarming(self, text: str) -> bool:
        opening = self.house.dialog.by_role("opening")
        return self.understander.interpret(opening, text[:MAX_CHARACTERS]).outcome == "danger"

    def _new(self, name: str, device: str | None) -> Talk | None:
        """One of its own. Whoever began another by the same microphone has left that."""
        self._open()
        with self._lock:
            before = self._talks.get(self._devices.get(device or "", ""))
        if before is not None:
            before.leave(MAX_LEAVE_SECONDS)
        failed = self.house.dialog.message("service_failed")
        talk = Talk(name, self._hold, failed, self.idle_seconds)
        with self._lock:
            if len(self._talks) >= MAX_TALKS:
                return None
            talk = self._talks.setdefault(name, talk)
            self._voices[name] = self.speech.usual
            if device:
                self._devices[device] = name
        LOG.info("a conversation begins; %d are open", len(self._talks))
        return talk

    def _hold(self, talk: Talk) -> None:
        def adjust(effect: Adjust) -> bool:
            before = self._voices.get(talk.name, self.speech.usual)
            voice = before.adjusted(effect.setting, effect.step)
            self._voices[talk.name] = voice
            if voice != before and not self.house.guests:
                self._remember(voice)
            return voice != before

        Holding(self.house, talk, adjust).run()

    def _remember(self, voice: Voice) -> None:
        try:
            remember(Store.from_platform(), {"rate_wpm": voice.rate_wpm, "volume": voice.volume})
        except StorageError as error:  # it is spoken so today all the same
            LOG.warning("%s", error)

    def _noted(self, talk: Talk, reply: Reply) -> Reply | None:
        """The reply, known to the voice; None for one that says only that all was over before."""
        if not reply.passages and reply.over:
            return None
        self.speech.note(talk, reply, self._voices.get(talk.name, self.speech.usual))
        if reply.floor is not None:
            self.prepare(reply.floor)
        return reply


def _target(talk: Talk) -> Target:
    """What is listened for in a conversation now."""
    stretch = talk.last.stretch
    return stretch.at(talk.moment(stretch)) if stretch else talk.last.floor


def _line(text: str) -> Passage:
    return Passage((Row(0.0, "say", None, text),))
