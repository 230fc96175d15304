"""Every clinical number of a dialog, as written in `limits.yaml`: its value, meaning and source.

The code has none of its own: what a warm-up stops at, how the way back goes on and how far the
diary looks back is read, signed (`drawing`) and held against a second entry (`proof/limits.py`).
"""

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field, model_validator

from voice_skill.dialog.fields import MAX_PAIN
from voice_skill.dialog.model import CareLevel
from voice_skill.dialog.node import Node
from voice_skill.dialog.reader import Document, read_as

FILE = "limits.yaml"
Number = int | str
"""What a limit may be: a number, a care level, or the name of a stage."""


class Limit(Node):
    """What every limit has. means: what it does, in words for a clinician."""

    means: str = Field(min_length=1)
    source: str = Field(min_length=1)


class Pain(Limit):
    """A pain score, or a rise of it."""

    value: int = Field(ge=0, le=MAX_PAIN)


class Times(Limit):
    """How often."""

    value: int = Field(ge=1, le=20)


class Days(Limit):
    """Days on the calendar."""

    value: int = Field(ge=1, le=366)


class Hour(Limit):
    """An hour of the day."""

    value: int = Field(ge=0, le=24)


class Seconds(Limit):
    """Seconds of a drill or a run."""

    value: int = Field(ge=30, le=540)


class Percent(Limit):
    """A share."""

    value: int = Field(ge=1, le=100)


class Care(Limit):
    """The least care."""

    value: CareLevel


class StageName(Limit):
    """A stage of the dialog, by its id."""

    value: str = Field(min_length=1)


class StopLimits(Node):
    """When a warm-up changes or stops, and what its end allows."""

    easy_pain: Pain
    rest_pain: Pain
    urgent_pain: Pain
    marked_rise: Pain
    end_rise: Pain
    moderate_times: Times
    unclear_answers: Times
    silences: Times
    left_out_percent: Percent
    early_from_hour: Hour
    early_until_hour: Hour

    @model_validator(mode="after")
    def _rises(self) -> "StopLimits":
        if not self.easy_pain.value < self.rest_pain.value < self.urgent_pain.value:
            raise ValueError("'easy_pain', 'rest_pain' and 'urgent_pain' must rise in this order")
        if min(self.marked_rise.value, self.end_rise.value) < 1:
            raise ValueError("a rise is at least 1")
        if self.early_from_hour.value >= self.early_until_hour.value:
            raise ValueError("'early_from_hour' must be before 'early_until_hour'")
        return self


class AskedAgain(Node):
    """What a warning sign in a warm-up re-opens, and the least care that comes of it."""

    stage: StageName
    further: Care | None = None
    """Only where pain has a `reach`: see `roles` of `dialog.yaml`."""
    furthest: Care | None = None
    any_sign: Care
    not_heard: Care


class LadderLimits(Node):
    """How fast somebody comes back to running."""

    good_pain: Pain
    hold_pain: Pain
    top_sessions: Times
    step_days: Days
    rest_days: Days
    gate_days: Days
    more_repeats: Times
    start_pain: Pain
    offer_days: Days
    piece_seconds: Seconds

    @model_validator(mode="after")
    def _rises(self) -> "LadderLimits":
        if self.good_pain.value > self.hold_pain.value:
            raise ValueError("'good_pain' must not be above 'hold_pain'")
        if self.rest_days.value >= self.gate_days.value:
            raise ValueError("'rest_days' must be less than 'gate_days'")
        return self


class DiaryLimits(Node):
    """How far the diary looks back, and when a rest is looked at again."""

    first_check_day: Days
    second_check_day: Days
    last_check_day: Days
    fresh_days: Days
    recent_days: Days
    pain_rise: Pain
    steady_days: Days
    steady_workouts: Times
    steady_felt: Times
    steady_percent: Percent

    @property
    def check_days(self) -> tuple[int, int, int]:
        """The days of the check-ins of a rest, from its begin."""
        return (self.first_check_day.value, self.second_check_day.value, self.last_check_day.value)

    @model_validator(mode="after")
    def _rises(self) -> "DiaryLimits":
        first, second, last = self.check_days
        if not first < second < last:
            raise ValueError("the check-in days must rise")
        if self.steady_felt.value > self.steady_workouts.value:
            raise ValueError("'steady_felt' must not be above 'steady_workouts'")
        if self.pain_rise.value < 1:
            raise ValueError("'pain_rise' is at least 1")
        return self


class Limits(Node):
    """All of `limits.yaml`."""

    stop_rule: StopLimits
    asked_again: AskedAgain
    ladder: LadderLimits | None = None
    """Absent: there is no way back to running."""
    looking_back: DiaryLimits | None = None
    """Absent: the diary says nothing about today."""

    def entries(self) -> Iterator[tuple[str, Number, Limit]]:
        """Each limit with its name, such as `stop_rule.easy_pain`, and its value."""
        for section, part in self:
            for name, limit in part or ():
                if limit is not None:
                    yield f"{section}.{name}", limit.value, limit

    def with_value(self, name: str, value: Number) -> "Limits":
        """The same with another value, unchecked: for the faults that a check must notice."""
        section, _, key = name.partition(".")
        part = getattr(self, section)
        limit = getattr(part, key).model_copy(update={"value": value})
        return self.model_copy(update={section: part.model_copy(update={key: limit})})


def read_limits(folder: Path) -> tuple[Limits, Document]:
    """Read the limits of a dialog folder. Raises DialogError with file, line and column."""
    return read_as(folder / FILE, Limits)
