"""Who says what in a warm-up in virtual time: a file of moments, a script, or a persona.

Asked and not told what to say, a virtual person answers a check-in with "all good" and the last
question with the pain they started with; to every safety question they say nothing, which never
counts as fine.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from voice_skill.coaching.state import Coach
from voice_skill.coaching.wording import QuestionName
from voice_skill.errors import UsageError
from voice_skill.files import text_lines
from voice_skill.runtime.people.persona import Persona, Said
from voice_skill.runtime.typed.check import SILENCE

QUESTIONS = get_args(QuestionName)
SOON_SECONDS = 3.0
"""A line this soon after the usual answer stands for it; asked again, any line in time does."""
LONGEST_SECONDS = 4 * 3600.0
Answer = Callable[[str], str | None]
"""Asked this question: what is said, or None where nothing is told."""


@dataclass(frozen=True)
class Line:
    """Something said at a time. The text `<silence>`: nothing is said when asked next."""

    at_seconds: float
    text: str


def read_lines(path: Path) -> list[Line]:
    """The lines of an events file, by time. Raises UsageError with file and line."""
    found: list[Line] = []
    for number, row in enumerate(text_lines(path), 1):
        if not row.strip() or row.lstrip().startswith("#"):
            continue
        seconds, text = [*row.split(maxsplit=1), ""][:2]
        try:
            at = float(seconds)
        except ValueError:
            at = -1.0
        if not 0 <= at < LONGEST_SECONDS or not text.strip():
            raise UsageError(f"{path}:{number}: write SECONDS TEXT, such as: 12.5 slower")
        found.append(Line(at, text.strip()))
    return sorted(found, key=lambda line: line.at_seconds)


@dataclass
class Person:
    """Who says the lines.

    answer: to a question of the warm-up that no line answers; safety: to a safety question.
    in_drill: said once in the middle of a drill.
    """

    lines: list[Line] = field(default_factory=list)
    answer: Answer = lambda question: None
    safety: Answer = lambda field: None
    in_drill: dict[str, str] = field(default_factory=dict)

    def due(self) -> Line | None:
        """The next thing said by itself."""
        return next((line for line in self.lines if line.text != SILENCE), None)

    def reply(
        self,
        question: str,
        answer: Answer,
        window: tuple[float, float, float],
        again: bool = False,
    ) -> Line | None:
        """The answer to a question: None is silence, or that a line stands for it.

        window: when it was asked, when the usual answer is ready, and how long it is waited for.
        """
        asked, ready, until = window
        instead_until = until if again else ready + SOON_SECONDS
        for line in self.lines:
            if line.at_seconds >= until:
                break
            if line.text == SILENCE:
                self.lines.remove(line)
                return None
            if asked <= line.at_seconds < instead_until:
                return None  # said at its own time
        said = answer(question)
        return None if said in (None, SILENCE, "") else Line(ready, str(said))


def obliging(start_pain: int | None) -> Answer:
    """The answers of someone who is well, to the warm-up's own questions alone."""
    said = {"gate": "yes", "check_in": "all good", "floor": "no", "end": str(start_pain or 0)}
    return said.get


def scripted(lines: Sequence[str]) -> Person:
    """Somebody who answers every question with the next line, and then no more."""

    left = iter(lines)

    def answer(question: str) -> str | None:
        return next(left, None)

    return Person([], answer, answer)


def person_of(persona: Persona, coach: Coach) -> Person:
    """A persona in a warm-up. Raises UsageError for a moment that there is not."""
    lines: list[Line] = []
    in_drill: dict[str, str] = {}
    by_question: dict[str, list[str]] = {}
    in_turn: list[str] = []
    drills = {e.id for own in coach.exercises for e in (own, own.swap) if e}
    for when, text in _moments(persona.file.during_warmup):
        if when is None:
            in_turn.append(text)
        elif when in QUESTIONS:
            by_question.setdefault(when, []).append(text)
        elif when in drills:
            in_drill[when] = text
        elif when.replace(".", "", 1).isdecimal():
            lines.append(Line(float(when), text))
        else:
            raise UsageError(
                f"during_warmup: '{when}' is no question, no drill of {coach.routine.id}, no second"
            )
    lines.sort(key=lambda line: line.at_seconds)
    answer = _answers(in_turn, by_question, obliging(coach.start_pain))
    return Person(lines, answer, persona.answer, in_drill)


def _moments(during: Said | Mapping[str, Said]) -> Iterator[tuple[str | None, str]]:
    """(moment, text) pairs; moment None: at the next question, whichever it is."""
    if isinstance(during, Mapping):
        for when, said in during.items():
            for text in (said,) if isinstance(said, str | int) else said:
                yield str(when), str(text)
        return
    for item in (during,) if isinstance(during, str | int) else during:
        if isinstance(item, Mapping):
            yield from _moments(item)
        else:
            yield None, str(item)


def _answers(in_turn: list[str], by_question: dict[str, list[str]], usual: Answer) -> Answer:
    def answer(question: str) -> str | None:
        told = by_question.get(question) or in_turn
        return told.pop(0) if told else usual(question)

    return answer
