"""A virtual person who answers by script: for demonstrations and tests."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from voice_skill.dialog.reader import read_as
from voice_skill.errors import UsageError
from voice_skill.near import did_you_mean

Said = str | int | tuple[str | int | dict[str, str | int | tuple[str | int, ...]], ...]


class PersonaFile(BaseModel):
    """What a persona file may hold; other keys are allowed and ignored here."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str = ""
    voice: str = "en-gb"
    default: str = "no"
    says: dict[str, str | int | tuple[str | int, ...]] = {}
    readback: str | None = None
    during_warmup: Said | dict[str, str | int | tuple[str | int, ...]] = ()
    """What is said in the warm-up: in turn at its questions, or by question, drill or second."""


def personas(folder: Path) -> list[str]:
    """The names of the personas of a dialog."""
    return sorted(path.stem for path in (folder / "personas").glob("*.yaml"))


@dataclass
class Persona:
    """Answers questions: the first answer first, the last one for ever."""

    file: PersonaFile
    asked: Counter[str] = field(default_factory=Counter)

    @classmethod
    def from_file(cls, path: Path) -> "Persona":
        """Read a persona. Raises DialogError with file:line:column."""
        file, _ = read_as(path, PersonaFile)
        return cls(file)

    @classmethod
    def named(cls, name: str, folder: Path) -> "Persona":
        """One of the dialog's personas by its name, or a file of one's own, `*.yaml`.

        Raises UsageError naming the personas that there are.
        """
        path = Path(name) if name.endswith(".yaml") else folder / "personas" / f"{name}.yaml"
        if not path.is_file():
            known, near = ", ".join(personas(folder)), did_you_mean(name, personas(folder))
            raise UsageError(f"there is no persona '{name}'; the personas: {known}{near}")
        return cls.from_file(path)

    def answer(self, name: str) -> str:
        """What the person says to this field now."""
        says = self.file.says.get(name)
        if says is None:
            own = {"readback": self.file.readback, "confirm": "yes"}.get(name)
            return own if own is not None else self.file.default
        lines = [says] if isinstance(says, str | int) else list(says)
        turn = min(self.asked[name], len(lines) - 1) if lines else 0
        self.asked[name] += 1
        return str(lines[turn]) if lines else self.file.default
