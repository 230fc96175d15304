"""What all clients of the service share: ears, a voice, conversations, and threads for them."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from wyoming.info import Info

from voice_skill.content import Content
from voice_skill.hearing.recogniser import Recogniser
from voice_skill.paths import cache_folder
from voice_skill.runtime.voice.impersonal import impersonal
from voice_skill.speaking.voice import Voice
from voice_skill.storage.settings import usable
from voice_skill.storage.store import Store
from voice_skill.surfaces.turns.holding import House
from voice_skill.surfaces.turns.talk import MAX_IDLE_SECONDS
from voice_skill.surfaces.turns.turn import Reply, Said
from voice_skill.surfaces.wyoming.ears import MAX_LISTENING, SharedEars, Target
from voice_skill.surfaces.wyoming.feed import Feed
from voice_skill.surfaces.wyoming.heard import Hearings
from voice_skill.surfaces.wyoming.info import info_of
from voice_skill.surfaces.wyoming.speech import Speech
from voice_skill.surfaces.wyoming.talks import MAX_TALKS, Floor, Talks

MAX_COUNT = 20
Result = TypeVar("Result")


class Service:
    """Made once. Raises ModelError where the ears cannot be made.

    model: a folder with a Vosk model. guests: see `House`.
    """

    def __init__(
        self,
        content: Content,
        model: Path,
        guests: bool = False,
        idle_seconds: float = MAX_IDLE_SECONDS,
    ) -> None:
        settings = {} if guests else usable(Store.from_platform())
        voice = Voice.from_settings(settings)
        dialog, understander = content.dialog, content.understander
        self._ears = SharedEars(dialog, Recogniser(model), understander)
        self._threads = ThreadPoolExecutor(MAX_TALKS, "service")
        self._listening = ThreadPoolExecutor(MAX_LISTENING, "ears")
        self.speech = Speech(cache_folder(), said_to_all(content), voice)
        self.hearings = Hearings()
        self.info: Info = info_of(dialog, voice.name)
        self.language = dialog.language
        self.how_to_begin = dialog.message("how_to_begin")
        house = House(content, guests)
        self.talks = Talks(
            house, understander, self.speech, self.hearings, self._prepare, idle_seconds
        )

    def _prepare(self, target: Target) -> None:
        self._listening.submit(self._ears.prepare, target)

    async def in_thread(self, work: Callable[..., Result], *arguments: object) -> Result:
        """Do what blocks, while others are served."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, work, *arguments)

    async def reply(self, text: str, name: str, device: str | None) -> Reply | None:
        """See `Talks.reply`."""
        return await self.in_thread(self.talks.reply, text, name, device)

    async def hear(self, feed: Feed, name: str | None) -> tuple[Floor, Said]:
        """One utterance of a stream, for a conversation by name or for whoever it may be."""
        floor = await self.in_thread(self.talks.floor, name)
        loop = asyncio.get_running_loop()
        said = await loop.run_in_executor(self._listening, self._ears.hear, floor.target, feed)
        return floor, said

    def close(self) -> None:
        """End all, at once."""
        self.talks.close()
        self.speech.close()
        for threads in (self._threads, self._listening):
            threads.shutdown(wait=False, cancel_futures=True)


def said_to_all(content: Content) -> frozenset[str]:
    """The lines that hold nothing of a person's: their sound may stay on the disk."""
    in_words = content.understander.language.numbers.in_words
    numbers = [in_words(number).capitalize() for number in range(1, MAX_COUNT + 1)]
    coached: tuple[object, ...] = ()
    if content.has_warm_ups:
        library = content.library
        coached = (library.drills, library.routines, library.wording)
    return frozenset((*impersonal(content.dialog, *coached), *numbers))
