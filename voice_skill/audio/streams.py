"""The open streams of this process, and a new list of devices while there is none.

PortAudio lists devices when it is loaded: one that comes back under another number is not in that
list. Listing them anew takes 50 ms, and ends every stream.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from voice_skill.audio.devices import LIBRARY, list_devices, sound_library
from voice_skill.errors import AudioError

LOOK_TIMEOUT_SECONDS = 10.0
_NAMES = "import json, sounddevice as s; print(json.dumps([d['name'] for d in s.query_devices()]))"


class Streams:
    """Counts streams, so that none is open when the list is made anew."""

    def __init__(self) -> None:
        self._open = 0

    def start(self, make: Callable[[], Any]) -> Any:
        """Make a stream and start it. Raises what the sound library raises."""
        with LIBRARY:
            stream = make()
            try:
                stream.start()
            except BaseException:
                stream.close(ignore_errors=True)
                raise
            self._open += 1
            return stream

    def end(self, stream: Any) -> None:
        """Cut a stream and close it."""
        stream.abort(ignore_errors=True)
        stream.close(ignore_errors=True)
        with LIBRARY:
            self._open -= 1

    def renew(self) -> bool:
        """List the devices anew. False: a stream is open. Raises AudioError where none can be."""
        sound = sound_library()
        with LIBRARY:
            if self._open:
                return False
            try:
                sound._terminate()
                sound._initialize()
            except sound.PortAudioError as error:
                raise AudioError(f"the sound devices cannot be listed: {error}") from None
            return True


STREAMS = Streams()


def new_devices() -> bool:
    """Whether there are devices that are not in the list, as another process sees it."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", _NAMES],
            capture_output=True, text=True, timeout=LOOK_TIMEOUT_SECONDS, check=True,
        )  # fmt: skip
        names = set(json.loads(done.stdout))
    except (OSError, subprocess.SubprocessError, ValueError):
        return False
    return bool(names - {device.name for device in list_devices()})
