"""What the first start asks and says, and the emergency numbers it may suggest: `setup.yaml`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from voice_skill.dialog.filling import mistake_in
from voice_skill.dialog.node import Node, Templates
from voice_skill.dialog.reader import read_as

FILE = "setup.yaml"
NAMES = ("region", "number", "emergency_number")
"""What the texts may have in braces: the region and number that are suggested or were said."""
Fact = Literal["suggestion", "no_suggestion", "model"]
Deed = Literal["louder", "take_suggested", "take_said", "fetch_model"]


class Route(Node):
    """Where an answer leads. then: the next step; without it the first start is over."""

    say: tuple[str, ...] = ()
    do: Deed | None = None
    then: str | None = None
    """The next step."""
    again: bool = False
    """The question is asked again, which counts as one of the attempts."""
    unfinished: bool = False
    """Whether the first start is offered again the next time."""


class SetupStep(Node):
    """One question of the first start."""

    kind: Literal["yes_no", "number"]
    needs: Fact | None = None
    """The question is passed over, as by "skip", unless this holds."""
    ask: str
    reask: tuple[str, ...] = ()
    help: str
    why: str
    on_yes: Route = Route()
    on_no: Route = Route()
    on_number: Route = Route()
    on_skip: Route
    on_unheard: Route

    @property
    def routes(self) -> tuple[Route, ...]:
        """All of them."""
        return (self.on_yes, self.on_no, self.on_number, self.on_skip, self.on_unheard)


class EmergencyNumber(Node):
    """One number. spoken: how it is said, figure by figure. heard: how people say it."""

    spoken: str
    heard: Templates


class Region(Node):
    """A country or territory, and the number to call there for an ambulance."""

    name: str
    number: str
    source: str


class SetupFile(Node):
    """All of `setup.yaml`."""

    intro: tuple[str, ...]
    attempts: int = Field(ge=1, le=5)
    """How often a question is asked in all before silence or noise ends it."""
    start: str
    """The step that comes first."""
    start_number: str
    """The step that comes first where only the emergency number is to be changed."""
    steps: Mapping[str, SetupStep]
    closing: tuple[str, ...]
    """Said at the end of it all."""
    number_kept: str
    """Said where a number is set, by now or before."""
    number_unknown: str
    """Said where none is set."""
    danger: str
    """Said where a sign of danger is named: the check begins at once and asks about it first."""
    model_coming: str
    model_there: str
    model_failed: str
    around_number: Templates
    """What may stand around a number: "it is"."""
    numbers: Mapping[str, EmergencyNumber]
    regions: Mapping[str, Region]
    """By ISO 3166 code."""

    @model_validator(mode="after")
    def _leads_somewhere(self) -> "SetupFile":
        lost = [name for name in self._named() if name not in self.steps]
        lost += [r.number for r in self.regions.values() if r.number not in self.numbers]
        if lost:
            raise ValueError(f"there is no {lost[0]}")
        for text in self._texts():
            mistake = mistake_in(text, NAMES)
            if mistake:
                raise ValueError(f"'{text}': {mistake}")
        return self

    def _named(self) -> Iterator[str]:
        yield from (self.start, self.start_number)
        yield from (r.then for s in self.steps.values() for r in s.routes if r.then is not None)

    def _texts(self) -> Iterator[str]:
        yield from (*self.intro, *self.closing, self.number_kept, self.number_unknown, self.danger)
        for step in self.steps.values():
            yield from (step.ask, *step.reask, step.help, step.why)
            yield from (text for route in step.routes for text in route.say)


def read_setup(folder: Path) -> SetupFile:
    """Read it. Raises DialogError with file, line and column."""
    return read_as(folder / FILE, SetupFile)[0]
