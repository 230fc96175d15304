"""The models installed for this user, and which of them is in use."""

import re
import shutil
from pathlib import Path

import platformdirs

from voice_skill.errors import ModelError, UsageError
from voice_skill.files import reason, shortened
from voice_skill.near import did_you_mean

STARTER = "starter"
"""The model that the project ships; it stands on no shelf."""
_CHOICE = "current.txt"
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+-]{0,99}")
_TAKEN = (STARTER, _CHOICE)
"""Names that mean something else here."""


class Shelf:
    """A folder with one folder for each model; `current.txt` names the one in use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def from_platform(cls) -> "Shelf":
        """Where this user's models are kept."""
        return cls(Path(platformdirs.user_data_dir("voice-skill")) / "models")

    def installed(self) -> list[str]:
        """Names, sorted."""
        return sorted(path.parent.parent.name for path in self.folder.glob("*/am/final.mdl"))

    def second_ears(self) -> list[str]:
        """The names of those that look a second time, sorted."""
        return sorted(path.parent.name for path in self.folder.glob("*/model.bin"))

    def place(self, name: str) -> Path:
        """The folder of a model. Raises UsageError for a name that is no plain name."""
        if not _PLAIN.fullmatch(name) or name in _TAKEN:
            raise UsageError(
                f"{shortened(ascii(name))} is no name for a model; use letters, figures, - . _"
            )
        return self.folder / name

    def current(self) -> str | None:
        """The name of the model in use, if one was chosen and is still there."""
        try:
            name = (self.folder / _CHOICE).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return name if name in self.installed() else None

    def use(self, name: str | None) -> None:
        """Choose an installed model; None: the starter.

        Raises UsageError if it is not there, ModelError where the choice cannot be kept.
        """
        if name is not None and name not in self.installed():
            names = [STARTER, *self.installed()]
            there, near = ", ".join(names), did_you_mean(name, names)
            raise UsageError(f"'{name}' is not installed; there is: {there}{near}")
        choice = self.folder / _CHOICE
        try:
            if name is None:
                choice.unlink(missing_ok=True)
                return
            part = choice.with_suffix(".part")
            part.write_text(name + "\n", encoding="utf-8")
            part.replace(choice)
        except OSError as error:
            raise ModelError(f"{choice}: cannot be written: {reason(error)}") from None

    def remove(self, name: str) -> None:
        """Delete an installed model, damaged or not; the starter is then in use if this one was."""
        if not self.place(name).is_dir():
            raise UsageError(f"'{name}' is not installed here; nothing was deleted")
        if self.current() == name:
            self.use(None)
        try:
            shutil.rmtree(self.place(name))
        except OSError as error:
            raise ModelError(f"{self.place(name)}: cannot be deleted: {reason(error)}") from None
