"""One folder of content, read once: what is asked, said, understood, decided and led.

Everything else is handed this object or a part of it. It is never changed: one may serve many
conversations at a time, in as many threads. A part is read, and its code loaded, when it is first
used: a check needs no warm-up, and nobody but an author needs `safety`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.limits import Limits
from voice_skill.errors import UsageError
from voice_skill.paths import dialog_folder

if TYPE_CHECKING:
    from voice_skill.coaching.library import Library
    from voice_skill.dialog.safety import Safety
    from voice_skill.ladder.programme import Ladder
    from voice_skill.understanding.understander import Understander
    from voice_skill.visit.conversation import Conversation


@dataclass(frozen=True)
class Content:
    """A dialog with all that belongs to it. folder: where it was read from."""

    folder: Path
    dialog: Dialog

    @classmethod
    def load(
        cls, folder: Path | None = None, settings: Mapping[str, str] | None = None
    ) -> "Content":
        """Read a folder; None: the shipped dialog in English.

        settings: what stands in the braces of the texts, such as `{"emergency_number": "112"}`.
        Raises DialogError with file, line and column; UsageError for a setting that no text has.
        """
        content = cls.from_folder(folder or dialog_folder(), settings)
        known = content.dialog.settings
        for name in settings or {}:
            if name not in known:
                raise UsageError(f"there is no setting '{name}'; the settings: {', '.join(known)}")
        return content

    @classmethod
    def from_folder(cls, folder: Path, settings: Mapping[str, str] | None = None) -> "Content":
        """The same for the settings of a person: what this dialog does not use is left aside."""
        return cls(folder, Dialog.from_folder(folder, settings))

    @property
    def limits(self) -> Limits:
        """Every clinical number."""
        return self.dialog.limits

    @cached_property
    def understander(self) -> "Understander":
        """Understands the answers to every question."""
        from voice_skill.understanding.understander import Understander

        return Understander.from_dialog(self.dialog)

    def conversation(self, today_weekday: int | None = None) -> "Conversation":
        """A check that has not begun. today_weekday: 0 is Monday, for "since Sunday"."""
        from voice_skill.visit.conversation import Conversation

        return Conversation(self.dialog, self.understander, today_weekday=today_weekday)

    @property
    def has_warm_ups(self) -> bool:
        """Whether the folder has any: a dialog of one's own may do without."""
        from voice_skill.coaching.library import FILE

        return (self.folder / FILE).is_file()

    @property
    def has_ladder(self) -> bool:
        """Whether the folder has a way back to running."""
        from voice_skill.ladder.programme import FILE

        return (self.folder / FILE).is_file()

    @cached_property
    def library(self) -> "Library":
        """Drills and routines. Raises DialogError where they cannot be read, or are not there."""
        from voice_skill.coaching.library import Library

        return Library.from_folder(self.folder, self.dialog, self.understander)

    @cached_property
    def ladder(self) -> "Ladder":
        """The way back to running. Raises DialogError where it cannot be read, or is not there."""
        from voice_skill.ladder.programme import Ladder

        return Ladder.from_folder(self.folder, self.dialog, self.library)

    @cached_property
    def safety(self) -> "Safety":
        """The second entry, `safety.yaml`: for authors alone. Raises DialogError."""
        from voice_skill.dialog.safety import read_safety

        return read_safety(self.folder, self.dialog)[0]
