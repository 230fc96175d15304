"""Which questions the warm-up, the way back and the diary read: `roles` of `dialog.yaml`.

The code names no question. A skill that lacks one leaves its role out, and what hangs on it is not
there: without `reach` no warm-up asks where pain goes, without `next_morning` the diary learns
nothing of the morning after.
"""

from collections.abc import Iterator, Mapping
from typing import Self

from pydantic import Field, model_validator

from voice_skill.dialog.expressions import Values, parse
from voice_skill.dialog.fields import (
    MAX_PAIN,
    AnyField,
    ChoiceField,
    NumberField,
    mildest,
    possible,
)
from voice_skill.dialog.interpretation import Value
from voice_skill.dialog.node import Node

Path_ = tuple[str | int, ...]


class Reach(Node):
    """The question of how far the pain reaches. A warm-up asks it too once pain travels."""

    field: str
    nowhere: str
    """The value with which a warm-up goes on: pain stays where it was."""
    further: str
    """Pain that travels; taken where the answer stays unclear."""
    furthest: str
    """Pain that travels as far as it can."""

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if len({self.nowhere, self.further, self.furthest}) < 3:
            raise ValueError("'nowhere', 'further' and 'furthest' are three values")
        return self


class AfterASign(Node):
    """What is known once a warm-up met a warning sign, and so is not asked again."""

    when: str | None = None
    """Expression of what the warm-up found; absent: after every sign."""
    sets: dict[str, str] = Field(min_length=1)
    """Question to value. A value that reassures is refused."""

    def holds(self, found: Values) -> bool:
        """Whether it is for what was found."""
        return self.when is None or parse(self.when).holds(found)


class Roles(Node):
    """The questions that play a part beside being asked. Each may be left out."""

    pain_score: str | None = None
    """How much it hurts, 0 to 10: where a warm-up begins, and what the diary notes."""
    reach: Reach | None = None
    """How far the pain reaches."""
    next_morning: str | None = None
    """Whether the morning after the last warm-up was at the level of the day before: yes or no."""
    since_rest: str | None = None
    """How it is since a rest began; noted in the diary."""

    def pain_of(self, values: Mapping[str, Value | None]) -> Value | None:
        """The pain among answers; None where it is not known, or never asked."""
        return values.get(self.pain_score) if self.pain_score else None

    def with_pain(self, pain: int | None) -> dict[str, Value]:
        """Answers that hold the pain alone; none where it is not known, or never asked."""
        return {} if pain is None or self.pain_score is None else {self.pain_score: pain}


def problems(
    roles: Roles, after: tuple[AfterASign, ...], fields: Mapping[str, AnyField]
) -> Iterator[tuple[Path_, str]]:
    """Roles of questions that there are not, or that cannot play them; signs that reassure."""
    for role, name in roles:
        named = name.field if isinstance(name, Reach) else name
        if named is not None and named not in fields:
            yield ("roles", role), f"there is no field '{named}'"
        elif named is not None:
            yield from ((("roles", role), text) for text in _unfit(role, name, fields[named]))
    for index, item in enumerate(after):
        for name, value in item.sets.items():
            here: Path_ = ("after_a_sign", index, "sets", name)
            if name not in fields:
                yield here, f"there is no field '{name}'"
            elif value not in (possible(fields[name]) or ()):
                yield here, f"'{name}' is never '{value}'"
            elif value == mildest(fields[name]):
                yield here, f"'{value}' reassures, and a sign never does"


def _unfit(role: str, part: object, field: AnyField) -> Iterator[str]:
    if role == "pain_score" and not (
        isinstance(field, NumberField) and (field.minimum, field.maximum) == (0, MAX_PAIN)
    ):
        yield f"the pain score is a number from 0 to {MAX_PAIN}"
    if isinstance(part, Reach):
        values = list(field.values) if isinstance(field, ChoiceField) else []
        named = (part.nowhere, part.further, part.furthest)
        missing = [value for value in named if value not in values]
        if missing:
            yield f"'{missing[0]}' is not one of the values of '{part.field}'"
        elif [*named] != sorted(named, key=values.index) or part.nowhere != values[0]:
            yield "'nowhere' is the mildest value, and 'further' is milder than 'furthest'"
    if role == "next_morning" and not {"yes", "no"} <= {*(possible(field) or ())}:
        yield "the morning after is answered with yes or no"
