"""The words of English, for tests of what takes a language."""

from pathlib import Path

from voice_skill.dialog.language import FILE, Words
from voice_skill.dialog.reader import read_as
from voice_skill.understanding.language import Language

ENGLISH = Language.of(read_as(Path(__file__).parent.parent / "dialogs" / "en" / FILE, Words)[0])
