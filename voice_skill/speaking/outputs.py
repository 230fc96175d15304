"""The chosen loudspeaker and, where it fails, any other: what is lost must still be told."""

from collections.abc import Callable, Iterator

from voice_skill.errors import AudioError
from voice_skill.hearing.devices import find_device, list_devices
from voice_skill.hearing.streams import STREAMS, new_devices
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

    def play(self, pcm: bytes, rate_hz: int) -> Playing | None:
        """Play to the end, or until `stop`. None if no device could."""
        if not self.lost:
            played = self._on(self._chosen, pcm, rate_hz)
            if played:
                return played
            self.lost, self._spare = True, None
            self._trouble("the loudspeaker went away")
            return self._elsewhere(pcm, rate_hz)
        return self._on(self._spare, pcm, rate_hz) if self._spare else None

    def _elsewhere(self, pcm: bytes, rate_hz: int) -> Playing | None:
        """The first other device that plays is the spare one until the chosen one is back."""
        for player in self._others():
            played = self._on(player, pcm, rate_hz)
            if played:
                self._spare = player
                return played
        return None

    def look_for(self) -> bool:
        """Whether the chosen device can play (again)."""
        self.lost = self._on(self._chosen, *PROBE) is None
        self.outdated = self.lost and new_devices()
        return not self.lost

    def renew(self) -> None:
        """List the devices anew, as far as no stream is open; raises AudioError."""
        self.outdated = not STREAMS.renew()

    def stop(self) -> None:
        """Cut the sound."""
        self._now.stop()

    def _on(self, player: Player, pcm: bytes, rate_hz: int) -> Playing | None:
        self._now = player
        try:
            playing = player.start(pcm, rate_hz)
        except AudioError:
            return None
        player.wait(playing)
        return playing if playing.whole or playing.cut else None

    def _others(self) -> Iterator[Player]:
        try:
            found = [device.name for device in list_devices() if device.outputs]
            chosen = find_device(self._chosen.name, "output").name
        except AudioError:
            return
        yield from (Player(name) for name in found if name != chosen)
