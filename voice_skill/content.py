"""One folder of content, read once: what is asked, said, understood, decided and led.

Everything else is handed this object or a part of it. It is never changed: one may serve many
conversations at a time, in as many threads.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from voice_skill.coaching.library import FILE as DRILLS
from voice_skill.coaching.library import Library
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.limits import Limits
from voice_skill.errors import UsageError
from voice_skill.ladder.programme import FILE as PROGRAMME
from voice_skill.ladder.programme import Ladder
from voice_skill.storage.paths import dialog_folder
from voice_skill.understanding.understander import Understander

if TYPE_CHECKING:
    from voice_skill.proof.safety import Safety


@dataclass(frozen=True)
class Content:
    """A dialog with all that belongs to it. The warm-ups and the ladder are read when first used.

    folder: where it was read from. understander: the words of every question.
    """

    folder: Path
    dialog: Dialog
    understander: Understander

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
        dialog = Dialog.from_folder(folder, settings)
        return cls(folder, dialog, Understander.from_dialog(dialog))

    @property
    def limits(self) -> Limits:
        """Every clinical number."""
        return self.dialog.limits

    @property
    def has_warm_ups(self) -> bool:
        """Whether the folder has any: a dialog of one's own may do without."""
        return (self.folder / DRILLS).is_file()

    @property
    def has_ladder(self) -> bool:
        """Whether the folder has a way back to running."""
        return (self.folder / PROGRAMME).is_file()

    @cached_property
    def library(self) -> Library:
        """Drills and routines. Raises DialogError where they cannot be read, or are not there."""
        return Library.from_folder(self.folder, self.dialog, self.understander)

    @cached_property
    def ladder(self) -> Ladder:
        """The way back to running. Raises DialogError where it cannot be read, or is not there."""
        return Ladder.from_folder(self.folder, self.dialog, self.library)

    @cached_property
    def safety(self) -> "Safety":
        """The second entry, `safety.yaml`: for authors alone. Raises DialogError."""
        from voice_skill.proof.safety import read_safety

        return read_safety(self.folder, self.dialog)[0]
