"""Where things are: the dialogs in the wheel or at the top of a checkout, what is cached."""

from pathlib import Path

import platformdirs

from voice_skill.errors import DialogError

_PACKAGE = Path(__file__).resolve().parent


def dialog_folder(language: str = "en") -> Path:
    """The folder of the shipped dialog. Raises DialogError where the installation is broken."""
    for root in (_PACKAGE / "data" / "dialogs", _PACKAGE.parent / "dialogs"):
        if (root / language / "dialog.yaml").is_file():
            return root / language
    raise DialogError(f"the dialog '{language}' is missing; install voice_skill again")


def cache_folder() -> Path:
    """Where spoken prompts are kept between sessions."""
    return Path(platformdirs.user_cache_dir("voice-skill")) / "prompts"
