"""The coach's and the ladder's files for a check: what is said and heard there, with its place."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, cast, get_args

from voice_skill.coaching.library import Library
from voice_skill.coaching.meaning import Meaning
from voice_skill.coaching.wording import QuestionName, Wording
from voice_skill.content import Content
from voice_skill.dialog.reader import Document, read_document
from voice_skill.ladder import programme as ladder
from voice_skill.understanding.grammar import MAX_WORDS
from voice_skill.understanding.templates import phrases_of

DRILLS = "drills.yaml"
UNSAID = frozenset(
    ("id", "variant", "title", "best", "forbidden", "drill", "swap", "sides", "then", "field",
     "value", "skip_when", "skip_said", "commands", "answers", "stop_rule", "not_listened_for",
     "asked_again_by_ear", "around_figures", "polite", "stop_words", "sentences",
     "clinician_decides")
)  # fmt: skip
"""Keys of what is understood, or stands for something: all else in these files is spoken."""
LAST = ("branches", "closed", "after_warm_up", "goodbye", "end_care", "travels_rule",
        "are_you_okay", "microphone_lost")  # fmt: skip
"""What is said when nothing is listened for any more."""


@dataclass(frozen=True)
class Line:
    """A sentence of the coach.

    about: where it stands, such as `coaching.messages.paused`. question: the one that it asks.
    drill: the one that it belongs to. listened: whether the ear is open while it is said.
    ends: whether nothing is said after it, so that an echo of it may be heard as an answer.
    """

    about: str
    text: str
    question: QuestionName | None = None
    drill: str | None = None
    listened: bool = True
    ends: bool = True


@dataclass(frozen=True)
class CoachText:
    """The library, with the drills of the ladder where there is one; every sentence and phrase.

    heard: the phrases that are listened for, by the place of their templates. way_back: None where
    the dialog has no way back to running.
    """

    library: Library
    lines: tuple[Line, ...]
    heard: Mapping[str, tuple[str, ...]]
    way_back: ladder.Ladder | None = None

    @cached_property
    def understand(self) -> Callable[[str, str | None, str | None], Meaning]:
        """The meaning of free speech, in a drill or at a question: each is worked out once."""
        ear = self.library.ear

        @cache
        def understand(said: str, drill: str | None, question: QuestionName | None) -> Meaning:
            return ear.understand(said, drill, question, free=True)

        found: Callable[[str, str | None, str | None], Meaning] = understand
        return found

    @classmethod
    def of(cls, content: Content) -> "CoachText | None":
        """Everything whole, or not at all; None for a dialog without drills.

        Raises DialogError that names every mistake with file, line and column.
        """
        if not content.has_warm_ups:
            return None
        way_back = content.ladder if content.has_ladder else None
        library = way_back.library if way_back else content.library
        assert library.ear.free  # its templates are expanded only where somebody may type
        files = documents(content.folder)
        lines = (line for stem, file in files.items() for line in _said(file.data, (stem,)))
        heard = {**_wordings(library.wording), **_own_words(files)}
        shut = frozenset(library.wording.not_listened_for)
        phrases = {
            about: tuple(" ".join(words) for words in phrases_of(templates, library.language)
                         if len(words) <= MAX_WORDS and " ".join(words) not in shut)
            for about, templates in heard.items()
        }  # fmt: skip
        return cls(library, tuple(lines), phrases, way_back)


def documents(folder: Path) -> dict[str, Document]:
    """The coach's and the ladder's files by their stem."""
    files = [folder / name for name in ("coaching.yaml", DRILLS, ladder.FILE)]
    files += sorted((folder / "routines").glob("*.yaml"))
    return {file.stem: read_document(file) for file in files if file.is_file()}


def _said(data: Any, path: tuple[str, ...]) -> Iterator[Line]:
    """Every sentence below a place."""
    if isinstance(data, str):
        drill = path[2] if path[1] == "drills" else None
        said_on = path[-1] in ("name", "before") or (path[-1] == "say" and len(path) == 4)
        listened = not {*path} & {*LAST} and path[:2] != ("ladder", "messages")
        yield Line(".".join(path), data, _question(path), drill, listened, not said_on)
    elif isinstance(data, Mapping):
        for key, item in data.items():
            if key not in UNSAID or path[-1] == "messages":
                yield from _said(item, (*path, key))
    elif isinstance(data, tuple):
        for index, item in enumerate(data):
            yield from _said(item, (*path, str(index)))


def _question(path: tuple[str, ...]) -> QuestionName | None:
    if path[-1] not in ("ask", "reask"):
        return None
    return cast(QuestionName, path[-2] if path[-2] in get_args(QuestionName) else "gate")


def _wordings(wording: Wording) -> dict[str, tuple[str, ...]]:
    """The templates of `coaching.yaml`, by their place."""
    rule = wording.stop_rule
    found = {f"coaching.commands.{name}": t for name, t in wording.commands.items()}
    found |= {f"coaching.answers.{name}": t for name, t in wording.answers}
    for name in ("complaint", "hurts", "travels", "moved_up"):
        if getattr(rule, name):
            found[f"coaching.stop_rule.{name}"] = getattr(rule, name)
    for index, danger in enumerate(rule.danger):
        found[f"coaching.stop_rule.danger.{index}"] = danger.phrases
    return found


def _own_words(files: Mapping[str, Document]) -> dict[str, tuple[str, ...]]:
    """The words of the drills themselves, by their place."""
    return {
        f"{stem}.drills.{name}.skip_said.{index}": said["phrases"]
        for stem, file in files.items()
        for name, drill in file.data.get("drills", {}).items()
        for index, said in enumerate(drill.get("skip_said", ()))
    }
