"""The chosen loudspeaker and, where it fails, any other: what is lost must still be told."""

from collections.abc import Callable, Iterator

from voice_skill.audio.devices import find_device, list_devices
from voice_skill.audio.streams import STREAMS, new_devices
from voice_skill.errors import AudioError
from voice_skill.speaking.cue import Cue
from voice_skill.speaking.playback import Player, Playing

PROBE = (bytes(2 * 2205), 22050)
"""A tenth of a second of silence."""


class Outputs:
    """Plays on the chosen device while it is there. lost: it failed, and was not found again.

    outdated: it may be among devices that came since they were listed. trouble: told of each
    failure, for the screen.
    """

    def __init__(self, chosen: Player, trouble: Callable[[str], None]) -> None:
        self.lost = self.outdated = False
        self._chosen, self._trouble = chosen, trouble
        self._now = chosen
        self._spare: Player | None = None

    def play(self, pcm: bytes, rate_hz: int, cue: Cue | None = None) -> Playing | None:
        """Play to the end, or until it is cut. None if no device could.

        The first other device that plays is the spare one until the chosen one is back. What had
        its moment is not played there: that is over.
        """
        cue = cue or Cue()
        if not self.lost:
            self._now = self._chosen
            played = self._on(self._now, pcm, rate_hz, cue)
            if played:
                return played
            self.lost = True
            self._trouble("the loudspeaker went away")
            self._spare = next((p for p in self._others() if self._works(p)), None)
        if self._spare is None or cue.at is not None:
            return None
        self._now = self._spare
        return self._on(self._now, pcm, rate_hz, cue)

    def look_for(self) -> bool:
        """Whether the chosen device can play (again)."""
        self.lost = not self._works(self._chosen)
        self.outdated = self.lost and new_devices()
        return not self.lost

    def renew(self) -> None:
        """List the devices anew, as far as no stream is open; raises AudioError."""
        self.outdated = not STREAMS.renew()

    def stop(self) -> None:
        """Cut the sound."""
        self._now.stop()

    def _works(self, player: Player) -> bool:
        """Whether it plays a little silence."""
        playing = self._on(player, *PROBE, Cue())
        return playing is not None and playing.whole

    def _on(self, player: Player, pcm: bytes, rate_hz: int, cue: Cue) -> Playing | None:
        try:
            playing = player.start(pcm, rate_hz, cue)
        except AudioError:
            return None
        player.wait(playing)
        return playing if playing.whole or cue.cut else None

    def _others(self) -> Iterator[Player]:
        try:
            found = [device.name for device in list_devices() if device.outputs]
            chosen = find_device(self._chosen.name, "output").name
        except AudioError:
            return
        yield from (Player(name, self._chosen.own_sound) for name in found if name != chosen)
