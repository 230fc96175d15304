"""Saying sentences aloud: the first one plays while the next are being made."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

from voice_skill.dialog.effects import EarconName
from voice_skill.errors import SpeechError
from voice_skill.speaking.cache import PromptCache
from voice_skill.speaking.cue import Cue
from voice_skill.speaking.earcons import earcon
from voice_skill.speaking.outputs import Outputs
from voice_skill.speaking.playback import Player
from voice_skill.speaking.synthesiser import Synthesiser
from voice_skill.speaking.voice import Voice

Sound = tuple[bytes, int]
LOOK_SECONDS = 0.05
"""So soon is noticed that a sentence which is still being made is not wanted any more."""


class Speaker:
    """The voice of the skill.

    apology: spoken from the cache when the synthesiser is broken. trouble: told of each failure,
    for the screen. impersonal: the lines whose sound may be kept on the disk, with those that are
    prepared; None: all.
    """

    def __init__(
        self,
        player: Player,
        folder: Path,
        voice: Voice,
        apology: str,
        trouble: Callable[[str], None],
        impersonal: Iterable[str] | None = None,
    ) -> None:
        self.outputs = Outputs(player, trouble)
        self.voice = voice
        self._folder, self._apology, self._trouble = folder, apology, trouble
        self._impersonal = None if impersonal is None else set(impersonal)
        self._cache = PromptCache(folder, Synthesiser(voice), self._impersonal)
        self._maker = ThreadPoolExecutor(1, "synthesis")
        self._cue = Cue()

    def say(self, lines: Sequence[str], cue: Cue | None = None) -> bool:
        """Speak sentence after sentence. False if it was cut short. Blocks until it ends."""
        cue = self._cue = cue or Cue()
        made = [self._make(line) for line in lines]
        for line, future in zip(lines, made, strict=True):
            sound = self._sound(line, future, cue)
            if sound and not cue.cut:
                self.outputs.play(*sound, cue)
            if cue.cut:
                return False
        return True

    def may_keep(self, lines: Iterable[str]) -> None:
        """Sentences that hold nothing of a person's, so that their sound may stay on the disk."""
        if self._impersonal is not None:
            self._impersonal.update(lines)

    def prepare(self, lines: Sequence[str]) -> None:
        """Make sentences in the background, for later. They are kept."""
        self.may_keep(lines)
        for line in lines:
            self._make(line)

    def earcon(self, name: EarconName, cue: Cue | None = None) -> bool:
        """Play a short sound to its end. False if it could not be, or was cut."""
        playing = self.outputs.play(*earcon(name), cue)
        return playing is not None and playing.whole

    def stop(self) -> None:
        """Be silent now: the rest of what was to be said is dropped."""
        self._cue.stop()
        self.outputs.stop()

    def set_voice(self, voice: Voice) -> bool:
        """Speak differently from now on. False where nothing changed."""
        if voice == self.voice:
            return False
        self.voice = voice
        old, self._cache = (
            self._cache,
            PromptCache(self._folder, Synthesiser(voice), self._impersonal),
        )
        self._maker.submit(old.close)
        return True

    def close(self) -> None:
        """Stop, and end the synthesiser, also one that hangs."""
        self.stop()
        self._cache.synthesiser.close()
        self._maker.shutdown(wait=True, cancel_futures=True)
        self._cache.close()
        self._cache.trim()

    def _make(self, line: str) -> "Future[Sound]":
        return self._maker.submit(self._cache.sound, line)

    def _sound(self, line: str, future: "Future[Sound]", cue: Cue) -> Sound | None:
        while not (future.done() or cue.cut):
            wait([future], LOOK_SECONDS)
        if cue.cut:
            return None
        try:
            return future.result()
        except SpeechError as error:
            self._trouble(f"{error} (unspoken: {line})")
            self.earcon("error")
            if self._cache.has(self._apology):
                return self._cache.sound(self._apology)
            return None
