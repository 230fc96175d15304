"""Sound devices that went away, waited for as long as somebody may be looking for the plug."""

import contextlib
import time
from collections.abc import Callable

from voice_skill.errors import AudioError
from voice_skill.hearing.capture import Microphone
from voice_skill.speaking.outputs import Outputs

BACK_SECONDS = 120.0
"""How long a device that went away is waited for."""
LOOK_SECONDS = 1.0
"""How often a loudspeaker that went away is looked for."""
REOPEN_SECONDS = 0.5


def microphone_back(microphone: Microphone) -> bool:
    """Wait until it hears again, by whatever number. False: it did not come back in time."""
    until = time.monotonic() + BACK_SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(AudioError):
            microphone.reopen()
            microphone.read()
            return True
        time.sleep(REOPEN_SECONDS)
    return False


def loudspeaker_back(outputs: Outputs, microphone: Microphone) -> bool:
    """Wait until the chosen one plays again. False: it did not come back in time."""
    until = time.monotonic() + BACK_SECONDS
    while time.monotonic() < until:
        if outputs.look_for():
            return True
        if outputs.outdated:
            with contextlib.suppress(AudioError):  # a deaf ear is noticed when it listens
                list_anew(microphone, outputs.renew)
        time.sleep(LOOK_SECONDS)
    return False


def list_anew(microphone: Microphone, renew: Callable[[], None]) -> None:
    """Make the list of devices again; that ends all streams, so the ear is shut for a moment.

    Raises AudioError where the microphone does not come back.
    """
    microphone.close()
    renew()
    microphone.open()
