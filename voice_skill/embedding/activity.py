"""What a check and a warm-up have in common for whoever drives them."""

from typing import Protocol

from voice_skill.dialog.model import CareLevel
from voice_skill.embedding.reply import Reply
from voice_skill.embedding.talk import HEARD, DeviceName, Evidence


class Activity(Protocol):
    """Words, time and devices in, a `Reply` out. `Check` and `WarmUp` both are one.

    So one loop holds both, and the safety questions that a warm-up may come to are no third case.
    What is listened for is in the reply: `listens`, `asked`, `due_seconds`.
    """

    @property
    def reply(self) -> Reply:
        """The last reply."""

    @property
    def finished(self) -> bool:
        """Whether nothing more will be said."""

    @property
    def care(self) -> CareLevel | None:
        """The result, once it stands."""

    def begin(self, now: float = 0.0) -> Reply:
        """Once, before all else. now, here and below: seconds on your clock."""

    def hear(self, said: str, now: float, how: Evidence = HEARD) -> Reply:
        """Something was said."""

    def tick(self, now: float) -> Reply:
        """Time has passed."""

    def device(self, present: bool, device: DeviceName = "input", now: float = 0.0) -> Reply:
        """The microphone or the loudspeaker went away or came back."""
