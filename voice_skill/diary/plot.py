"""Where everything stands in the plot of the diary: pain over days, in true spacing. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from voice_skill.clock import is_possible
from voice_skill.dialog.fields import MAX_PAIN
from voice_skill.diary.days import day_of
from voice_skill.diary.entry import Entry

WIDTH, HEIGHT = 360, 250
"""Of the picture, in its own units: on a narrow telephone one is about a pixel."""
LEFT, RIGHT, TOP, BOTTOM = 28, 346, 14, 190
"""The field of the plot. Below it: the row of sessions without a score, and the dates."""
NO_SCORE_Y = 208
MAX_DATES = 5
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
"""Not by the system's language, since the page is in English."""
Shape = Literal["circle", "square", "triangle", "diamond"]
SHAPES: dict[str, Shape] = {
    "WARMUP": "circle", "REST": "square", "ROUTINE": "triangle", "SOON": "triangle",
    "OUT_OF_SCOPE": "triangle", "URGENT": "diamond", "EMERGENCY": "diamond",
}  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """One session. x, y: where it stands. scored: whether a pain score is known."""

    x: float
    y: float
    shape: Shape
    scored: bool


@dataclass(frozen=True)
class Tick:
    """A line of the grid with its label."""

    at: float
    label: str


@dataclass(frozen=True)
class Plot:
    """All of it. left_out: sessions whose day a clock without power made up."""

    marks: tuple[Mark, ...]
    dates: tuple[Tick, ...]
    scores: tuple[Tick, ...]
    left_out: int

    @property
    def line(self) -> str:
        """The points of the line through the known scores."""
        return " ".join(f"{mark.x:.1f},{mark.y:.1f}" for mark in self.marks if mark.scored)


def plot(entries: Sequence[Entry]) -> Plot:
    """The plot of these sessions. A day is placed by the calendar, whatever lies between."""
    shown = sorted((e for e in entries if is_possible(day_of(e))), key=lambda entry: entry.when)
    days = [day_of(entry) for entry in shown]
    first, last = (min(days), max(days)) if days else (date.min, date.min)
    marks = tuple(_mark(entry, _x(day_of(entry), first, last)) for entry in shown)
    scores = tuple(Tick(_y(pain), str(pain)) for pain in range(0, MAX_PAIN + 1, 2))
    dates = tuple(_dates(first, last)) if days else ()
    return Plot(marks, dates, scores, len(entries) - len(shown))


def _x(day: date, first: date, last: date) -> float:
    if first == last:
        return (LEFT + RIGHT) / 2
    inner = 10  # so that no mark lies on the edge
    share = (day - first).days / (last - first).days
    return LEFT + inner + share * (RIGHT - LEFT - 2 * inner)


def _y(pain: int) -> float:
    return BOTTOM - pain * (BOTTOM - TOP) / MAX_PAIN


def _mark(entry: Entry, x: float) -> Mark:
    shape = SHAPES[entry.care]
    if entry.pain is None:
        return Mark(x, NO_SCORE_Y, shape, scored=False)
    return Mark(x, _y(entry.pain), shape, scored=True)


def _dates(first: date, last: date) -> list[Tick]:
    """A line every so many whole days, at most `MAX_DATES` of them."""
    days = (last - first).days
    years = first.year != last.year
    most = MAX_DATES - 2 if years else MAX_DATES - 1  # a label with its year is wider
    step = max(1, -(-days // most))
    found = [first + timedelta(days=n) for n in range(0, days + 1, step)]
    return [Tick(_x(day, first, last), day_in_words(day, years)) for day in found]


def day_in_words(day: date, year: bool = True) -> str:
    """A day such as `3 Mar 2026`; without its year `3 Mar`."""
    month = MONTHS[day.month - 1]
    return f"{day.day} {month} {day.year}" if year else f"{day.day} {month}"
